using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth;
using MedId.OAuth.Server;
using MedId.Samples.DoctorAuthOp;
using MedId.Samples.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

if (args is ["hash-password", var password])
{
    Console.WriteLine(PasswordHash.Make(password));
    return 0;
}

var arguments = HostArguments.Parse(
    "doctor-op",
    args,
    HostFlag.Needed("--issuer", "URL", "issuer identifier of this OP: how the others reach it"),
    HostFlag.Needed("--doctors", "FILE", "the doctors (see README.md)"),
    HostFlag.Needed("--clients", "FILE", "the clients, by the standards' registration names"),
    HostFlag.Needed("--patient-op", "URL;URL", "issuers of the patient OPs to which evidence may go"));
if (arguments is null)
{
    return HostArguments.UsageExitCode;
}

var tenant = TenantId.Single;
var options = new OAuthServerOptions { Issuer = arguments.Needed("--issuer").TrimEnd('/'), AllowHttpOnLoopback = true };
if (options.Validate() is { Count: > 0 } wrong)
{
    await Console.Error.WriteLineAsync(string.Join(Environment.NewLine, wrong));
    return HostArguments.UsageExitCode;
}

using var key = LocalSigningKey.Generate(SignatureAlgorithm.ES256);
var app = SampleHost.Build(arguments, _ => { });
var time = app.Services.GetRequiredService<TimeProvider>();
var steps = app.Services.GetRequiredService<StepReporter>();
var sessions = new SessionStore(time);
var signIn = new SignInEndpoint(DoctorDirectory.Load(arguments.Needed("--doctors")), sessions, new AttemptLimit(time), steps);
var patientOps = arguments.Needed("--patient-op").Split(';', StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.Ordinal);
var grant = new EvidenceGrantHandler(sessions, new EvidenceSigner(options.Issuer, key, time), patientOps, steps);
var authenticator = new ClientAuthenticator(ClientsFile.Load(arguments.Needed("--clients"), tenant), new ClientKeySource(), new ReplayMemory(time), options, time);
var tokens = new TokenEndpoint(authenticator, [grant], options, time);
var keys = new JwksDocument(new SingleKeyRing(new KeyRing([key])));
var discovery = Discovery.Document(options, key);

app.MapGet("/.well-known/openid-configuration", () => TypedResults.Text(discovery, "application/json"));
app.MapGet("/jwks", async context => await Forms.WriteAsync(context.Response, await keys.HandleAsync(tenant, context.RequestAborted)));
app.MapPost("/sign-in", signIn.HandleAsync);
app.MapPost("/token", async context =>
{
    var form = await Forms.ReadAsync(context.Request);
    var answer = form.Succeeded && context.Request.Headers.Authorization.Count <= 1
        ? await tokens.HandleAsync(new OAuthRequest { Tenant = tenant, Form = form.Value, Authorization = context.Request.Headers.Authorization }, context.RequestAborted)
        : OAuthAnswer.Refused(form.Error ?? new MedIdError(OAuthServerErrorCodes.ClientAuthenticationMultiple, ErrorCategory.Protocol, "RFC 6749 §2.3"));
    if (answer is { Error: { } error, ClientId: null })
    {
        // The grant's own handler reports what comes after authentication.
        steps.Begin(1, "a token exchange comes").Refused(error.Code);
    }

    await Forms.WriteAsync(context.Response, answer);
});
return await SampleHost.RunAsync(app);
