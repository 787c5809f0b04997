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
            services.AddSingleton<AccessFinder>();
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
        var v1 = app.MapGroup("/v1").AddEndpointFilter(UnreachableAsync);
        v1.MapPost("/processing-consents", (Delegate)accesses.TakeConsentAsync);
        v1.MapPost("/processing-consents/withdrawal", (Delegate)accesses.WithdrawConsentAsync);
        v1.MapPost("/accesses", (Delegate)accesses.StartAsync);
        v1.MapGet("/accesses/{access}", accesses.ShowAsync);
        v1.MapPost("/accesses/{access}/refresh", accesses.RefreshAsync);
        v1.MapDelete("/accesses/{access}", accesses.EndAsync);
        v1.MapGet("/accesses/{access}/fhir/{**path}", app.Services.GetRequiredService<RecordEndpoint>().ReadAsync);
        app.MapGet("/openapi.json", static () => Results.Stream(typeof(GatewayHost).Assembly.GetManifestResourceStream("openapi.json")!, "application/json"));
        app.MapHealthChecks("/health");
        return app;
    }

    /// <summary>The OP, the API or the folder of what waits cannot be reached: the caller may ask again.</summary>
    private static async ValueTask<object?> UnreachableAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        try
        {
            return await next(context);
        }
        catch (Exception e) when (e is HttpRequestException or TimeoutException || (e is TaskCanceledException && !context.HttpContext.RequestAborted.IsCancellationRequested))
        {
            return GatewayAnswers.Refused(GatewayErrorCodes.Unreachable, StatusCodes.Status503ServiceUnavailable);
        }
    }
}
