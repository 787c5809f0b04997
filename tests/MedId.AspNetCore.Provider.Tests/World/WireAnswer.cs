using System.Text;
using System.Text.Json.Nodes;

namespace MedId.AspNetCore.Provider.Tests;

/// <summary>An answer as it came over the wire.</summary>
internal sealed record WireAnswer(int Status, string? MediaType, string? CacheControl, string Challenge, byte[] Body)
{
    public string? DpopNonce { get; init; }

    public string? RetryAfter { get; init; }

    public string Text => Encoding.UTF8.GetString(Body);

    public JsonNode Json => JsonNode.Parse(Body)!;

    /// <summary>The code of a refusal, wherever the endpoint says it: OAuth error_description, UAF description, problem code.</summary>
    public string? Code => Body.Length > 0 && Body[0] == '{' ? (string?)(Json["error_description"] ?? Json["description"] ?? Json["code"]) : null;

    /// <summary>The OAuth error.</summary>
    public string? Error => (string?)Json["error"];

    /// <summary>The UAF status code.</summary>
    public int UafStatus => (int)Json["statusCode"]!;

    public string this[string member] => (string?)Json[member] ?? throw new InvalidOperationException($"no {member} in {Status} {Text}");

    public static async Task<WireAnswer> ReadAsync(HttpResponseMessage response) => new(
        (int)response.StatusCode,
        response.Content.Headers.ContentType?.ToString(),
        response.Headers.TryGetValues("Cache-Control", out var cache) ? string.Join(", ", cache) : null,
        string.Join(", ", response.Headers.WwwAuthenticate),
        await response.Content.ReadAsByteArrayAsync())
    {
        DpopNonce = response.Headers.TryGetValues("DPoP-Nonce", out var nonces) ? nonces.Single() : null,
        RetryAfter = response.Headers.RetryAfter?.ToString(),
    };

    public WireAnswer Expect(int status) => Status == status ? this : throw new InvalidOperationException($"expected {status}, got {Status} {Text}");
}
