using MedId.Core;

namespace MedId.OAuth.Server;

/// <summary>The answer of a protocol endpoint as a value; the roof writes it and logs <see cref="Error"/>.</summary>
public sealed record OAuthAnswer
{
    /// <summary>HTTP status.</summary>
    public required int Status { get; init; }

    /// <summary>Media type of <see cref="Body"/>; null when there is no body.</summary>
    public string? ContentType { get; init; }

    /// <summary>The body as it goes over the wire.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Every header besides <c>Content-Type</c> and <c>Content-Length</c>, <c>Cache-Control</c> included.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; }

    /// <summary>Why the request was refused; null when it was not. Safe to log.</summary>
    public MedIdError? Error { get; init; }

    /// <summary>What went wrong beside an answer that stands, e.g. a notification that did not go out; null when nothing did. Safe to log.</summary>
    public MedIdError? Warning { get; init; }

    /// <summary>The authenticated client; null before authentication. Safe to log.</summary>
    public string? ClientId { get; init; }

    /// <summary>An answer with a body that must not be stored.</summary>
    /// <param name="contentType">Its media type.</param>
    /// <param name="body">The body.</param>
    /// <param name="clientId">The authenticated client.</param>
    public static OAuthAnswer NotStored(string contentType, ReadOnlyMemory<byte> body, string? clientId = null) =>
        new() { Status = 200, ContentType = contentType, Body = body, Headers = OAuthHeaders.NoStore, ClientId = clientId };

    /// <summary>An answer with a JSON body that must not be stored.</summary>
    /// <param name="body">The JSON in UTF-8.</param>
    /// <param name="clientId">The authenticated client.</param>
    public static OAuthAnswer Json(ReadOnlyMemory<byte> body, string? clientId = null) =>
        NotStored("application/json", body, clientId);

    /// <summary>An error answer (RFC 6749 §5.2): <c>error</c>, and our code as <c>error_description</c>.</summary>
    /// <param name="refusal">Why, and how the protocol says it.</param>
    /// <param name="clientId">The authenticated client.</param>
    public static OAuthAnswer Refused(OAuthRefusal refusal, string? clientId = null)
    {
        ArgumentNullException.ThrowIfNull(refusal);
        return new()
        {
            Status = refusal.Status,
            ContentType = "application/json",
            Body = refusal.ToJson(),
            Headers = OAuthHeaders.Of(refusal),
            Error = refusal.Error,
            ClientId = clientId,
        };
    }

    /// <summary>An error answer for a body that <see cref="OAuthForm.Read"/> refused: <c>invalid_request</c>.</summary>
    /// <param name="error">The refusal.</param>
    public static OAuthAnswer Refused(MedIdError error) => Refused(OAuthServerRefusals.Of(error));

    /// <summary>Status and code; never the body, which holds tokens.</summary>
    public override string ToString() => Error is null ? $"{Status}" : $"{Status} {Error.Code}";
}
