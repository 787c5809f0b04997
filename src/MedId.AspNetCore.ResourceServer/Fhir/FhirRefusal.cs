using System.Buffers;
using System.Globalization;
using System.Text.Json;
using MedId.Core;
using MedId.Heart.Fhir.Scopes;
using MedId.OAuth;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace MedId.AspNetCore.ResourceServer;

/// <summary>A refusal as a FHIR server answers it: status, <c>WWW-Authenticate</c> by RFC 6750 §3, RFC 9449 §7.1 and RFC 9470 §3, an OperationOutcome with the code. The one place where codes become HTTP.</summary>
internal sealed class FhirRefusal(MedIdError error, string? requiredScope = null) : IResult
{
    private const int RetryAfterSeconds = 5;

    public Task ExecuteAsync(HttpContext httpContext) => WriteAsync(httpContext, new CallRefusal(error, requiredScope));

    public static async Task WriteAsync(HttpContext context, CallRefusal refusal)
    {
        var error = refusal.Error;
        var (status, issue) = Map(error);
        var response = context.Response;
        response.StatusCode = status;
        response.Headers.CacheControl = "no-store";
        response.Headers.WWWAuthenticate = Challenges(status, refusal, context.Features.Get<ChallengeFacts>());

        if (status == StatusCodes.Status503ServiceUnavailable)
        {
            response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        }

        response.ContentType = FhirResults.MediaType;
        await response.Body.WriteAsync(OperationOutcome(issue, error.Code), context.RequestAborted).ConfigureAwait(false);
    }

    private static (int Status, string Issue) Map(MedIdError error) => error.Code switch
    {
        ResourceServerErrorCodes.IntrospectionUnavailable => (StatusCodes.Status503ServiceUnavailable, "transient"),
        ResourceServerErrorCodes.ResourceNotFound => (StatusCodes.Status404NotFound, "not-found"),
        ResourceServerErrorCodes.TokenInUrl => (StatusCodes.Status400BadRequest, "security"),
        ResourceServerErrorCodes.TokenMissing or ResourceServerErrorCodes.TokenMalformed or ResourceServerErrorCodes.TokenInactive or ResourceServerErrorCodes.AudienceMismatch
            or ResourceServerErrorCodes.IssuerMismatch or ResourceServerErrorCodes.TokenNotInTime or ResourceServerErrorCodes.TokenTypeNotBearer
            or ResourceServerErrorCodes.TokenBoundToKey or ResourceServerErrorCodes.TokenNotBound or ResourceServerErrorCodes.CertificateMissing
            or ResourceServerErrorCodes.CertificateMismatch or ResourceServerErrorCodes.ProofReplayed or ResourceServerErrorCodes.AuthenticationInsufficient => (StatusCodes.Status401Unauthorized, "login"),
        _ when IsProof(error) => (StatusCodes.Status401Unauthorized, "login"),
        OAuthErrorCodes.ForwardedCertificateUntrusted or OAuthErrorCodes.ForwardedCertificateMalformed => (StatusCodes.Status400BadRequest, "security"),
        ScopesErrorCodes.RequestMalformed or ScopesErrorCodes.LimitExceeded => (StatusCodes.Status400BadRequest, "invalid"),
        ScopesErrorCodes.TypeUnknown => (StatusCodes.Status404NotFound, "not-supported"),
        _ => (StatusCodes.Status403Forbidden, "forbidden"),
    };

    /// <summary>RFC 6750 §3: no error code for a call without any token; the needed scope for one with too little. RFC 9449 §7.1: a challenge for each scheme that is taken.</summary>
    private static StringValues Challenges(int status, CallRefusal refusal, ChallengeFacts? facts)
    {
        var algorithms = facts is null ? "" : $", algs=\"{facts.Algorithms}\"";
        var isDpop = facts?.TriedScheme == TokenTypes.DPoP;
        var details = status switch
        {
            StatusCodes.Status401Unauthorized when refusal.Error.Code is ResourceServerErrorCodes.TokenMissing => "",
            StatusCodes.Status401Unauthorized => Describe(NameOf(refusal.Error), refusal.Error) + StepUp(refusal.StepUp),
            StatusCodes.Status400BadRequest when refusal.Error.Code is ResourceServerErrorCodes.TokenInUrl => Describe(OAuthErrorNames.InvalidRequest, refusal.Error),
            StatusCodes.Status403Forbidden => Describe(OAuthErrorNames.InsufficientScope, refusal.Error) + (refusal.RequiredScope is null ? "" : $", scope=\"{refusal.RequiredScope}\""),
            _ => null,
        };
        if (details is null)
        {
            return StringValues.Empty;
        }

        var (bearer, dpop) = (Realm(TokenTypes.Bearer) + (isDpop ? "" : details), Realm(TokenTypes.DPoP) + (isDpop ? details : "") + algorithms);
        return status != StatusCodes.Status401Unauthorized || facts is null ? (isDpop ? dpop : bearer) : new StringValues([bearer, dpop]);
    }

    private static string Realm(string scheme) => scheme + " realm=\"fhir\"";

    private static string Describe(string name, MedIdError error) => $", error=\"{name}\", error_description=\"{error.Code}\"";

    private static string NameOf(MedIdError error) => error.Code switch
    {
        ResourceServerErrorCodes.AuthenticationInsufficient => OAuthErrorNames.InsufficientUserAuthentication,
        OAuthErrorCodes.DpopNonceNeeded => OAuthErrorNames.UseDpopNonce,
        ResourceServerErrorCodes.ProofReplayed => OAuthErrorNames.InvalidDpopProof,
        _ when IsProof(error) => OAuthErrorNames.InvalidDpopProof,
        _ => OAuthErrorNames.InvalidToken,
    };

    private static bool IsProof(MedIdError error) => error.Code.StartsWith("oauth.dpop_", StringComparison.Ordinal);

    /// <summary>RFC 9470 §3: what would do.</summary>
    private static string StepUp(StepUpRequirement? requirement) => requirement is null ? ""
        : (requirement.AcrValues.Count == 0 ? "" : $", acr_values=\"{string.Join(' ', requirement.AcrValues)}\"")
            + (requirement.MaxAge is { } age ? string.Create(CultureInfo.InvariantCulture, $", max_age={(long)age.TotalSeconds}") : "");

    private static ReadOnlyMemory<byte> OperationOutcome(string issue, string code)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("resourceType"u8, "OperationOutcome"u8);
            writer.WriteStartArray("issue"u8);
            writer.WriteStartObject();
            writer.WriteString("severity"u8, "error"u8);
            writer.WriteString("code"u8, issue);
            writer.WriteString("diagnostics"u8, code);
            writer.WriteEndObject();
            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        return buffer.WrittenMemory;
    }
}
