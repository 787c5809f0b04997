using MedId.Ciba.Client;
using MedId.Cryptography;
using MedId.OAuth;
using MedId.Samples.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.Samples.DoctorEhr;

/// <summary>The medical service of the walk (RP): the doctor asks, the patient's phone rings, the record comes. Steered over loopback.</summary>
internal static class EhrHost
{
    /// <summary>Name of the HTTP client that reads records; the names of its requests are patients', so nothing of it is logged or traced.</summary>
    public const string FhirClient = "fhir";

    /// <summary>Name of the HTTP client that talks to the doctor OP.</summary>
    public const string DoctorOpClient = "doctor-op";

    public static HostFlag[] Flags { get; } =
    [
        HostFlag.Needed("--op", "URL", "issuer of the patient OP"),
        HostFlag.Needed("--doctor-op", "URL", "issuer of the doctor OP"),
        HostFlag.Needed("--api", "URL", "health data API; its FHIR base is URL/fhir"),
        HostFlag.Optional("--client-id", "ID", "client id at both OPs (default ehr-clinic-a)"),
        HostFlag.Optional("--acr", "VALUE", "requested acr (default urn:cibatest:auth:fido)"),
        HostFlag.Optional("--trust-statement", "FILE", "what a trust framework's assessor signed about this EHR, a compact JWS; sent with a statement that the patient is there"),
        HostFlag.Optional("--processing-consents", "FILE", "keep consents to process there, as JSON (default: in memory)"),
        HostFlag.Optional("--key", "FILE", "private key, PKCS#8 PEM, P-256 (default: a new one)"),
        HostFlag.Optional("--client-jwks-out", "FILE", "write the public key there, as a JWK Set"),
    ];

    public static WebApplication Build(HostArguments arguments, SigningKey key)
    {
        var settings = EhrSettings.Of(arguments);
        var credential = new PrivateKeyJwtCredential(settings.ClientId, key);
        var app = SampleHost.Build(arguments, builder =>
        {
            var services = builder.Services;
            services.AddMedIdCibaClient(options =>
            {
                options.Issuer = settings.PatientOp;
                options.Credential = credential;
                options.RequestSigningKey = key;
                options.Http.AllowHttpOnLoopback = true;
            });
            services.AddSingleton(settings);
            services.AddSingleton<IClientCredential>(credential);
            services.AddSingleton(key);
            services.AddSingleton<PresenceSigner>();
            services.AddSingleton<DoctorSession>();
            services.AddSingleton<DoctorOp>();
            services.AddSingleton<RecordReader>();
            services.AddSingleton<AccessBook>();
            services.AddMedIdProcessingConsents(_ => arguments["--processing-consents"] is { } file ? new FileConsentStore(file) : new InMemoryProcessingConsentStore());
            services.AddSingleton<IRunningAccesses, RunningAccesses>();
            services.AddSingleton<ProcessingSteering>();
            services.AddSingleton<AccessRunner>();
            services.AddSingleton<Steering>();
            AddQuietClient(services, FhirClient);
            AddQuietClient(services, DoctorOpClient);
        });
        var steering = app.Services.GetRequiredService<Steering>();
        app.MapPost("/doctor/sign-in", (Delegate)steering.SignInAsync);
        app.MapPost("/accesses", (Delegate)steering.StartAsync);
        app.MapGet("/accesses/{access}", steering.Show);
        app.MapPost("/accesses/{access}/read", steering.ReadAgainAsync);
        app.MapPost("/accesses/{access}/refresh", steering.RefreshAsync);
        var reception = app.Services.GetRequiredService<ProcessingSteering>();
        app.MapPost("/processing-consents", (Delegate)reception.TakeAsync);
        app.MapPost("/processing-consents/withdrawal", (Delegate)reception.WithdrawAsync);
        return app;
    }

    private static void AddQuietClient(IServiceCollection services, string name) => services
        .AddHttpClient(name, static client =>
        {
            client.Timeout = TimeSpan.FromSeconds(10);
            client.MaxResponseContentBufferSize = 1024 * 1024;
        })
        .UseSocketsHttpHandler(static (handler, _) =>
        {
            handler.AllowAutoRedirect = false;
            handler.UseCookies = false;

            // No activity per request: its url.full would name the patient.
            handler.ActivityHeadersPropagator = null;
        })
        .RemoveAllLoggers();
}
