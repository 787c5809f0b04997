using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace MedId.Cryptography;

/// <summary>Digests under which random tokens are stored and found: SHA-256 with a label. For values of 128 random bits or more; else <see cref="KeyedDigest"/>.</summary>
public static class SecretDigest
{
    /// <summary>The digest of a token, base64url.</summary>
    /// <param name="label">What the token is (<c>auth_req_id</c>, <c>access_token</c>); the same token gives another digest under another label.</param>
    /// <param name="secret">The token.</param>
    public static string Compute(string label, string secret)
    {
        ArgumentException.ThrowIfNullOrEmpty(label);
        return StrictBase64Url.Encode(SHA256.HashData(LabelledBytes.Join("medid secret digest 1", label, secret)));
    }

    /// <summary>Whether a token has this digest, in a time that does not depend on where they differ.</summary>
    /// <param name="label">The same label.</param>
    /// <param name="secret">The token that came in.</param>
    /// <param name="digest">The stored digest.</param>
    public static bool Matches(string label, string secret, string digest) => FixedTimeEquals(Compute(label, secret), digest);

    /// <summary>Compares two texts in a time that depends on their lengths only.</summary>
    /// <param name="left">One.</param>
    /// <param name="right">The other.</param>
    public static bool FixedTimeEquals(ReadOnlySpan<char> left, ReadOnlySpan<char> right) =>
        CryptographicOperations.FixedTimeEquals(MemoryMarshal.AsBytes(left), MemoryMarshal.AsBytes(right));
}
