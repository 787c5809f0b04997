using System.Buffers;
using System.Globalization;
using System.Text.Json;
using MedId.Core;
using MedId.Heart.Fhir.Scopes;
using MedId.OAuth;
using Microsoft.AspNetCore.Http;

namespace MedId.AspNetCore.ResourceServer;

/// <summary>A refusal as a FHIR server answers it: status, <c>WWW-Authenticate</c> by RFC 6750 §3, an OperationOutcome with the code. The one place where codes become HTTP.</summary>
internal sealed class FhirRefusal(MedIdError error, string? requiredScope = null) : IResult
{
    private const int RetryAfterSeconds = 5;

    public Task ExecuteAsync(HttpContext httpContext) => WriteAsync(httpContext, error, requiredScope);

    public static async Task WriteAsync(HttpContext context, MedIdError error, string? requiredScope = null)
    {
        var (status, issue) = Map(error);
        var response = context.Response;
        response.StatusCode = status;
        response.Headers.CacheControl = "no-store";
        if (Challenge(status, error, requiredScope) is { } challenge)
        {
            response.Headers.WWWAuthenticate = challenge;
        }

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
            or ResourceServerErrorCodes.IssuerMismatch or ResourceServerErrorCodes.TokenNotInTime or ResourceServerErrorCodes.TokenTypeNotBearer => (StatusCodes.Status401Unauthorized, "login"),
        ScopesErrorCodes.RequestMalformed or ScopesErrorCodes.LimitExceeded => (StatusCodes.Status400BadRequest, "invalid"),
        ScopesErrorCodes.TypeUnknown => (StatusCodes.Status404NotFound, "not-supported"),
        _ => (StatusCodes.Status403Forbidden, "forbidden"),
    };

    /// <summary>RFC 6750 §3: no error code for a call without any token; the needed scope for one with too little.</summary>
    private static string? Challenge(int status, MedIdError error, string? requiredScope) => status switch
    {
        StatusCodes.Status401Unauthorized when error.Code is ResourceServerErrorCodes.TokenMissing => "Bearer realm=\"fhir\"",
        StatusCodes.Status401Unauthorized => Describe(OAuthErrorNames.InvalidToken, error),
        StatusCodes.Status400BadRequest when error.Code is ResourceServerErrorCodes.TokenInUrl => Describe(OAuthErrorNames.InvalidRequest, error),
        StatusCodes.Status403Forbidden => Describe(OAuthErrorNames.InsufficientScope, error) + (requiredScope is null ? "" : $", scope=\"{requiredScope}\""),
        _ => null,
    };

    private static string Describe(string name, MedIdError error) => $"Bearer realm=\"fhir\", error=\"{name}\", error_description=\"{error.Code}\"";

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
