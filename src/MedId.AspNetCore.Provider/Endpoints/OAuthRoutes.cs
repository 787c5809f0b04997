using MedId.Ciba.Server;
using MedId.Core;
using MedId.OAuth;
using MedId.OAuth.Server;
using MedId.Provider;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.AspNetCore.Provider;

/// <summary>Reads forms into the rule packages and writes their answers; decides nothing.</summary>
internal static class OAuthRoutes
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/.well-known/openid-configuration", DiscoveryAsync);
        group.MapGet("/.well-known/oauth-authorization-server", DiscoveryAsync);
        group.MapGet("/jwks", static (HttpContext http) => Answers.WriteAsync(http, http.RequestServices.GetRequiredService<JwksDocument>().HandleAsync(Tenant(http), http.RequestAborted)));
        group.MapPost("/bc-authorize", static (HttpContext http) => FormAsync(http, static (h, r) => h.RequestServices.GetRequiredService<BackchannelAuthenticationEndpoint>().HandleAsync(r, h.RequestAborted)));
        group.MapPost("/token", static (HttpContext http) => FormAsync(http, static (h, r) => h.RequestServices.GetRequiredService<TokenEndpoint>().HandleAsync(r, h.RequestAborted)));
        group.MapPost("/introspect", static (HttpContext http) => FormAsync(http, static (h, r) => h.RequestServices.GetRequiredService<IntrospectionEndpoint>().HandleAsync(r, h.RequestAborted)));
        group.MapPost("/revoke", static (HttpContext http) => FormAsync(http, static (h, r) => h.RequestServices.GetRequiredService<RevocationEndpoint>().HandleAsync(r, h.RequestAborted)));
        group.MapPost("/consent-artefact", static (HttpContext http) => FormAsync(http, static (h, r) => h.RequestServices.GetRequiredService<ConsentArtefactEndpoint>().HandleAsync(r, h.RequestAborted)));
        group.MapMethods("/userinfo", ["GET", "POST"], UserInfoAsync);
    }

    private static Task DiscoveryAsync(HttpContext http) =>
        Answers.WriteAsync(http, http.RequestServices.GetRequiredService<DiscoveryDocument>().HandleAsync(Tenant(http), http.RequestAborted));

    /// <summary>Reads a form, has it handled, writes the answer.</summary>
    public static async Task FormAsync(HttpContext http, Func<HttpContext, OAuthRequest, ValueTask<OAuthAnswer>> handle)
    {
        var body = await Body.ReadAsync(http, OAuthForm.MaxBytes).ConfigureAwait(false);
        if (!body.IsRead)
        {
            var refused = OAuthAnswer.Refused(new MedIdError(OAuthServerErrorCodes.FormMalformed, ErrorCategory.Malformed, "RFC 9110 §15.5", body.Why));
            await Answers.WriteAsync(http, ValueTask.FromResult(refused with { Status = body.Status })).ConfigureAwait(false);
            return;
        }

        var shown = await CertificateAsync(http).ConfigureAwait(false);
        if (shown.Refusal is { } refusal)
        {
            await Answers.WriteAsync(http, ValueTask.FromResult(OAuthAnswer.Refused(refusal))).ConfigureAwait(false);
            return;
        }

        // What came twice is not judged: two readers would take two different credentials.
        var form = http.Request.Headers.Authorization.Count > 1
            ? new MedIdError(OAuthServerErrorCodes.ClientAuthenticationMultiple, ErrorCategory.Protocol, "RFC 6749 §2.3", "one Authorization header")
            : http.Request.Headers[DpopProofs.HeaderName].Count > 1 ? new MedIdError(OAuthErrorCodes.DpopMalformed, ErrorCategory.Protocol, "RFC 9449 §4.3 step 1", "one DPoP header")
            : OAuthForm.Read(http.Request.ContentType, body.Bytes);
        var answer = form.Succeeded
            ? handle(http, new()
            {
                Tenant = Tenant(http),
                Form = form.Value,
                Authorization = Header(http, "Authorization"),
                Accept = http.Request.Headers.Accept.ToString(),
                Certificate = shown.Certificate,
                DPoP = Header(http, DpopProofs.HeaderName),
                Address = http.Connection.RemoteIpAddress?.ToString(),
            })
            : ValueTask.FromResult(OAuthAnswer.Refused(form.Error));
        await Answers.WriteAsync(http, answer).ConfigureAwait(false);
    }

    /// <summary>The certificate that the client showed, where this OP takes any.</summary>
    public static ValueTask<ClientCertificateReading> CertificateAsync(HttpContext http) =>
        http.RequestServices.GetService<IClientCertificateSource>()?.ReadAsync(http, http.RequestAborted) ?? default;

    private static async Task UserInfoAsync(HttpContext http)
    {
        var shown = await CertificateAsync(http).ConfigureAwait(false);
        var answer = shown.Refusal is { } refusal
            ? ValueTask.FromResult(OAuthAnswer.Refused(refusal))
            : http.RequestServices.GetRequiredService<UserInfoEndpoint>().HandleAsync(Protected(http, shown.Certificate), http.RequestAborted);
        await Answers.WriteAsync(http, answer).ConfigureAwait(false);
    }

    private static ProtectedRequest Protected(HttpContext http, PresentedCertificate? certificate) => new()
    {
        Tenant = Tenant(http),
        Method = http.Request.Method,
        Authorization = Header(http, "Authorization"),
        DPoP = [.. http.Request.Headers[DpopProofs.HeaderName]],
        Certificate = certificate,
    };

    private static TenantId Tenant(HttpContext http) => http.RequestServices.GetRequiredService<ProviderOptions>().Tenant;

    private static string? Header(HttpContext http, string name) => http.Request.Headers[name] is [{ } only] ? only : null;
}
