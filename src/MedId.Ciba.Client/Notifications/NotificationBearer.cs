using MedId.Cryptography;

namespace MedId.Ciba.Client;

/// <summary>The <c>Authorization</c> header of a notification (CIBA Core §10.2, RFC 6750 §2.1).</summary>
internal static class NotificationBearer
{
    private const string Scheme = "Bearer ";
    private const int MaxLength = 1024;

    /// <summary>The token of the header; null when the header is absent or of another scheme or too long.</summary>
    public static string? Read(string? authorization) =>
        authorization is not null && authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) && authorization.Length - Scheme.Length is > 0 and <= MaxLength
            ? authorization[Scheme.Length..]
            : null;

    public static bool Matches(string? authorization, string token) => Read(authorization) is { } presented && SecretDigest.FixedTimeEquals(presented, token);
}
