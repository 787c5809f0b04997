using System.Security.Cryptography;
using MedId.Cryptography;

namespace MedId.Pki;

/// <summary>Who issued a certificate, as far as OCSP needs to know: a name, a key, and the key's bits that CertID and ResponderID hash.</summary>
internal readonly record struct OcspIssuer(DistinguishedName Name, PublicKey Key, ReadOnlyMemory<byte> KeyBits)
{
    public static OcspIssuer Of(DistinguishedName name, PublicKey key, Certificate? certificate) =>
        new(name, key, BitsOf(certificate?.SubjectPublicKeyInfo ?? key.ExportSubjectPublicKeyInfo()));

    /// <summary>The bits of the subjectPublicKey BIT STRING (RFC 6960 §4.1.1: without tag, length and number of unused bits).</summary>
    public static ReadOnlyMemory<byte> BitsOf(ReadOnlyMemory<byte> subjectPublicKeyInfo)
    {
        var info = DerReader.Whole(subjectPublicKeyInfo);
        info.ReadEncodedValue();
        return info.ReadBitString(out _);
    }

    /// <summary>RFC 6960 §4.2.1: KeyHash is SHA-1 of the key's bits; a name for a key, not a proof of anything.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5350", Justification = "RFC 6960 §4.2.1 names responders by SHA-1 of their key; the signature is what proves.")]
    public static bool IsKeyHash(ReadOnlySpan<byte> hash, ReadOnlySpan<byte> keyBits)
    {
        Span<byte> own = stackalloc byte[SHA1.HashSizeInBytes];
        SHA1.HashData(keyBits, own);
        return own.SequenceEqual(hash);
    }
}
