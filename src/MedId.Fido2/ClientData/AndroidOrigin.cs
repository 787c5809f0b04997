using MedId.Cryptography;

namespace MedId.Fido2;

/// <summary>The origin of an Android app: <c>android:apk-key-hash:</c> and the SHA-256 of the certificate that signs it, base64url without padding.</summary>
public static class AndroidOrigin
{
    /// <summary>What such an origin begins with.</summary>
    public const string Prefix = "android:apk-key-hash:";

    private const int HashBytes = 32;

    /// <summary>The origin of the app that a certificate signs.</summary>
    /// <param name="certificateSha256">SHA-256 of the signing certificate's DER, 32 bytes.</param>
    /// <exception cref="ArgumentException">Another length.</exception>
    public static string FromCertificateHash(ReadOnlySpan<byte> certificateSha256) => certificateSha256.Length == HashBytes
        ? Prefix + StrictBase64Url.Encode(certificateSha256)
        : throw new ArgumentException("A SHA-256 has 32 bytes.", nameof(certificateSha256));

    /// <summary>Whether a text is such an origin.</summary>
    /// <param name="origin">The text.</param>
    public static bool IsWellFormed(string? origin) => origin is not null
        && origin.StartsWith(Prefix, StringComparison.Ordinal)
        && StrictBase64Url.TryDecode(origin.AsSpan(Prefix.Length), out var hash)
        && hash.Length == HashBytes;
}
