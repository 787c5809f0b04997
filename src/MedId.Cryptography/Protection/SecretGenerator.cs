using System.Security.Cryptography;

namespace MedId.Cryptography;

/// <summary>Makes random tokens and identifiers.</summary>
public static class SecretGenerator
{
    /// <summary>The fewest random bytes that a token may have: 128 bits (RFC 6749 §10.10, CIBA Core §7.3).</summary>
    public const int MinimumBytes = 16;

    /// <summary>Random bytes in base64url.</summary>
    /// <param name="bytes">How many; at least <see cref="MinimumBytes"/>, 32 unless told otherwise.</param>
    public static string Base64Url(int bytes = 32)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes, MinimumBytes);
        return StrictBase64Url.Encode(RandomNumberGenerator.GetBytes(bytes));
    }
}
