using System.Buffers;

namespace MedId.Ciba.Server;

/// <summary>The syntax of <c>client_notification_token</c> (CIBA Core §7.1, RFC 6750 §2.1): <c>1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" ) *"="</c>, and how much of it there is.</summary>
internal static class NotificationToken
{
    /// <summary>The most characters (CIBA Core §7.1).</summary>
    public const int MaxLength = 1024;

    /// <summary>The fewest characters: 128 bits in base64url are 22 (CIBA Core §7.1).</summary>
    public const int MinLength = 22;

    private static readonly SearchValues<char> Characters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/");

    public static bool IsValid(string token)
    {
        var letters = token.AsSpan().TrimEnd('=');
        return token.Length is >= MinLength and <= MaxLength && !letters.IsEmpty && !letters.ContainsAnyExcept(Characters);
    }
}
