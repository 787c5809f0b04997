using System.Text.Json.Nodes;
using MedId.Samples.Hosting;
using MedId.Samples.PatientAuthOp;
using Microsoft.AspNetCore.Builder;

var arguments = HostArguments.Parse(
    "patient-op",
    LabSetup.WithPort(args),
    HostFlag.NeededUnless("--lab", "--clients", "FILE", "JSON array of registrations, the standards' names"),
    HostFlag.NeededUnless("--lab", "--users", "FILE", "JSON array of synthetic accounts"),
    HostFlag.NeededUnless("--lab", "--doctor-op", "URL", "issuer of the doctor OP whose evidence is accepted"),
    HostFlag.Optional("--issuer", "URL", "issuer identifier (default: where it listens)"),
    HostFlag.Optional("--storage", "STORE", "memory, sqlite:FILE or postgres:CONNECTION (default memory)"),
    HostFlag.Optional("--keys", "FILE", "the OP's own keys, made there when the file is not there; needed with postgres: and the same for all nodes (default with sqlite: FILE.keys.json)"),
    HostFlag.Optional("--metadata", "FILE", "JSON array of UAF metadata statements (default: the software authenticator, surrogate attestation)"),
    HostFlag.Optional("--access", "SECONDS", "how long data may be read after the patient agreed (default 600)"),
    HostFlag.Optional("--interval", "SECONDS", "polling interval (default 1 in this sample)"),
    HostFlag.Optional("--reuse", "each-time|access-token|refresh-token", "whether one act serves one access or many (default each-time)"),
    HostFlag.Optional("--tsa", "URL", "time-stamping service (RFC 3161) for the heads of consent histories (default: none, no receipts)"),
    HostFlag.Optional("--tsa-root", "FILE", "PEM certificates of the roots of that service: stamps of nobody else are kept"),
    HostFlag.Optional("--notices", "FILE", "what is said about recipients, in versions (see README.md); a later one with a material change asks again"),
    HostFlag.Optional("--reads-apart", "SECONDS", "reads closer together are one line of the history (default 60)"),
    HostFlag.Optional("--passkeys", "RP-ID", "let people act by passkeys too, with the page /passkey; a browser on this machine needs localhost and http://localhost:PORT"),
    HostFlag.Optional("--passkey-origin", "URL", "the origin of the page that asks for passkeys (default: that of the issuer)"),
    HostFlag.Optional("--trust-framework", "FILE", "a trust framework with its assessor's keys: consents given beforehand count for its vetted services (see README.md)"),
    HostFlag.Optional("--break-glass", "CLIENT-ID", "let this client's physicians open records in an emergency, without consent, and tell the patient afterwards"),
    HostFlag.Optional("--profile", "core|fapi|fapi2|heart", "which choices hold where the standards disagree (default core; fapi and fapi2 want https)"),
    HostFlag.Optional("--tls-cert", "FILE", "PEM certificate with its chain: listen on https"),
    HostFlag.Optional("--tls-key", "FILE", "PEM private key of the certificate"),
    HostFlag.Optional("--client-ca", "FILE", "PEM certificates of the authorities whose client certificates are trusted (tls_client_auth)"),
    HostFlag.Switch("--lab", "open the lab hook /_lab, on loopback only: anybody on this machine decides for everybody (see README.md)"),
    HostFlag.Switch("--proofing-desk", "open POST /sample/tickets, on loopback only: gives enrolment tickets for the accounts"));
if (arguments is null)
{
    return HostArguments.UsageExitCode;
}

if (LabSetup.Mistake(arguments) is { } mistake)
{
    Console.Error.WriteLine("patient-op: " + mistake);
    return HostArguments.UsageExitCode;
}

var setup = await OpSetup.ReadAsync(arguments);
var app = SampleHost.Build(arguments, setup.Configure);
app.UseMiddleware<StepMiddleware>();
app.MapMedIdProvider();
if (arguments.Has("--lab"))
{
    app.MapMedIdLab();
}

if (arguments.Has("--passkeys"))
{
    PasskeyPage.Map(app);
}

ConsentPage.Map(app, setup.IsSecure, arguments.Has("--passkeys"));
if (arguments.Has("--proofing-desk"))
{
    ProofingDesk.Map(app);
    SampleProxyDesk.Map(app);
}

await setup.SeedAsync(app.Services);
return await SampleHost.RunAsync(app, addresses => new JsonObject { ["issuer"] = setup.IssuerFor(addresses), ["durability"] = setup.Durability(app.Services) });
