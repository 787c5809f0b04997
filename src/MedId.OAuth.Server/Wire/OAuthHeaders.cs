namespace MedId.OAuth.Server;

internal static class OAuthHeaders
{
    /// <summary>For everything that carries a token, an identifier or an error (RFC 6749 §5.1).</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> NoStore { get; } = [new("Cache-Control", "no-store")];

    /// <summary>For discovery and keys: long enough to spare the server, short enough for a key to be published an hour before it signs.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Cacheable { get; } = [new("Cache-Control", "public, max-age=900")];
}
