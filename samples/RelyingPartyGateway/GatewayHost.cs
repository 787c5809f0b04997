using MedId.Ciba.Client;
using MedId.Cryptography;
using MedId.OAuth;
using MedId.Samples.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.Samples.RelyingPartyGateway;

/// <summary>A relying party beside an EHR that is not written in .NET: it asks, waits, holds the tokens and their keys, and reads records for the EHR. Tokens never leave it.</summary>
internal static class GatewayHost
{
    /// <summary>Name of the HTTP client that reads records; the names of its requests are patients', so nothing of it is logged or traced.</summary>
    public const string RecordClient = "records";

    public static HostFlag[] Flags { get; } =
    [
        HostFlag.Needed("--op", "URL", "issuer of the patient OP"),
        HostFlag.Needed("--api", "URL", "FHIR base of the health data API; also the resource that tokens are asked for"),
        HostFlag.Needed("--state", "FOLDER", "keys, the callers' secret and what waits; made when it is not there, for its owner only"),
        HostFlag.Optional("--client-id", "ID", "client id at the OP (default ehr-clinic-a)"),
        HostFlag.Optional("--client-jwks-out", "FILE", "write the client's public key there, as a JWK Set"),
        HostFlag.Switch("--dpop", "bind tokens to a key of this gateway (RFC 9449)"),
    ];

    public static WebApplication Build(HostArguments arguments, GatewaySetup setup)
    {
        var app = SampleHost.Build(arguments, builder =>
        {
            var services = builder.Services;
            services.AddMedIdCibaClient(options =>
            {
                options.Issuer = setup.Op;
                options.Credential = new PrivateKeyJwtCredential(setup.ClientId, setup.Key);
                options.RequestSigningKey = setup.Key;
                options.DpopKey = setup.DpopKey;
                options.Http.AllowHttpOnLoopback = true;
            });
            services.AddMedIdCibaScheduler(
                _ => FileCibaPendingStore.Open(setup.StoreFolder!),
                scheduler => scheduler.Cipher = new FieldCipher("rp-gateway", new FieldKey("gateway", setup.StoreKey)));
            services.AddMedIdProcessingConsents(static _ => new InMemoryProcessingConsentStore());
            services.AddSingleton(setup);
            services.AddSingleton<AccessBook>();
            services.AddSingleton<ICibaOutcomeHandler>(static provider => provider.GetRequiredService<AccessBook>());
            services.AddSingleton<IRunningAccesses>(static provider => provider.GetRequiredService<AccessBook>());
            services.AddSingleton<AccessEndpoints>();
            services.AddSingleton<RecordEndpoint>();
            services.AddHealthChecks().AddMedIdCibaScheduler();
            services.AddHttpClient(RecordClient, static client =>
                {
                    client.Timeout = TimeSpan.FromSeconds(15);
                    client.MaxResponseContentBufferSize = RecordEndpoint.MaxBytes;
                })
                .UseSocketsHttpHandler(static (handler, _) =>
                {
                    handler.AllowAutoRedirect = false;
                    handler.UseCookies = false;
                    handler.ActivityHeadersPropagator = null;
                })
                .RemoveAllLoggers();
        });
        app.UseMiddleware<CallerMiddleware>();
        var accesses = app.Services.GetRequiredService<AccessEndpoints>();
        app.MapPost("/v1/processing-consents", (Delegate)accesses.TakeConsentAsync);
        app.MapPost("/v1/processing-consents/withdrawal", (Delegate)accesses.WithdrawConsentAsync);
        app.MapPost("/v1/accesses", (Delegate)accesses.StartAsync);
        app.MapGet("/v1/accesses/{access}", accesses.ShowAsync);
        app.MapPost("/v1/accesses/{access}/refresh", accesses.RefreshAsync);
        app.MapDelete("/v1/accesses/{access}", accesses.EndAsync);
        app.MapGet("/v1/accesses/{access}/fhir/{**path}", app.Services.GetRequiredService<RecordEndpoint>().ReadAsync);
        app.MapGet("/openapi.json", static () => Results.Stream(typeof(GatewayHost).Assembly.GetManifestResourceStream("openapi.json")!, "application/json"));
        app.MapHealthChecks("/health");
        return app;
    }
}
