using System.Globalization;

namespace MedId.OAuth.Server;

internal static class OAuthHeaders
{
    private const int ServiceUnavailable = 503;

    // What an operator needs to decide, or a list of revoked certificates to be fetched.
    private static readonly TimeSpan UsualPause = TimeSpan.FromMinutes(1);

    /// <summary>For everything that carries a token, an identifier or an error (RFC 6749 §5.1).</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> NoStore { get; } = [new("Cache-Control", "no-store")];

    /// <summary>Of an error: the challenge (RFC 9110 §11.6.1) and when to ask again (§10.2.3), where there are such.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Of(OAuthRefusal refusal)
    {
        var retryAfter = refusal.RetryAfter ?? (refusal.Status == ServiceUnavailable ? UsualPause : null);
        if (refusal.Challenge is null && retryAfter is null)
        {
            return NoStore;
        }

        List<KeyValuePair<string, string>> headers = [.. NoStore];
        if (refusal.Challenge is { } challenge)
        {
            headers.Add(new("WWW-Authenticate", challenge));
        }

        if (retryAfter is { } pause)
        {
            headers.Add(new("Retry-After", ((long)pause.TotalSeconds).ToString(CultureInfo.InvariantCulture)));
        }

        return headers;
    }

    /// <summary>For discovery and keys: long enough to spare the server, short enough for a key to be published an hour before it signs.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> Cacheable { get; } = [new("Cache-Control", "public, max-age=900")];
}
