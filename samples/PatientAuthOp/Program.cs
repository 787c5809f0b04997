using System.Text.Json.Nodes;
using MedId.Samples.Hosting;
using MedId.Samples.PatientAuthOp;
using Microsoft.AspNetCore.Builder;

var arguments = HostArguments.Parse(
    "patient-op",
    args,
    HostFlag.Needed("--clients", "FILE", "JSON array of registrations, the standards' names"),
    HostFlag.Needed("--users", "FILE", "JSON array of synthetic accounts"),
    HostFlag.Needed("--doctor-op", "URL", "issuer of the doctor OP whose evidence is accepted"),
    HostFlag.Optional("--issuer", "URL", "issuer identifier (default: where it listens)"),
    HostFlag.Optional("--storage", "STORE", "memory or sqlite:FILE (default memory)"),
    HostFlag.Optional("--metadata", "FILE", "JSON array of UAF metadata statements (default: the software authenticator, surrogate attestation)"),
    HostFlag.Optional("--access", "SECONDS", "how long data may be read after the patient agreed (default 600)"),
    HostFlag.Optional("--interval", "SECONDS", "polling interval (default 1 in this sample)"),
    HostFlag.Optional("--reuse", "each-time|access-token|refresh-token", "whether one act serves one access or many (default each-time)"),
    HostFlag.Optional("--tsa", "URL", "time-stamping service (RFC 3161) for the heads of consent histories (default: none, no receipts)"),
    HostFlag.Optional("--notices", "FILE", "what is said about recipients, in versions (see README.md); a later one with a material change asks again"),
    HostFlag.Optional("--reads-apart", "SECONDS", "reads closer together are one line of the history (default 60)"),
    HostFlag.Optional("--passkeys", "RP-ID", "let people act by passkeys too, with the page /passkey; a browser on this machine needs localhost and http://localhost:PORT"),
    HostFlag.Optional("--passkey-origin", "URL", "the origin of the page that asks for passkeys (default: that of the issuer)"),
    HostFlag.Optional("--trust-framework", "FILE", "a trust framework with its assessor's keys: consents given beforehand count for its vetted services (see README.md)"),
    HostFlag.Optional("--break-glass", "CLIENT-ID", "let this client's physicians open records in an emergency, without consent, and tell the patient afterwards"),
    HostFlag.Switch("--proofing-desk", "open POST /sample/tickets, on loopback only: gives enrolment tickets for the accounts"));
if (arguments is null)
{
    return HostArguments.UsageExitCode;
}

var setup = await OpSetup.ReadAsync(arguments);
var app = SampleHost.Build(arguments, setup.Configure);
app.UseMiddleware<StepMiddleware>();
app.MapMedIdProvider();
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
