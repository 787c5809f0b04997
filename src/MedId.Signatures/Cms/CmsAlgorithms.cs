using System.Formats.Asn1;
using MedId.Cryptography;

namespace MedId.Signatures;

/// <summary>From the algorithm that a key signs with to what CMS calls it and how it lays the signature out.</summary>
internal static class CmsAlgorithms
{
    /// <summary>The row of the same key, hash and padding that X.509 names; null when there is none.</summary>
    public static SignatureAlgorithm? Find(SignatureAlgorithm algorithm) => SignatureAlgorithm.All.FirstOrDefault(a =>
        a.X509Oid is not null && a.KeyKind == algorithm.KeyKind && a.Hash == algorithm.Hash && a.IsRsaPkcs1 == algorithm.IsRsaPkcs1
        && DigestAlgorithm.All.Any(d => d.Hash == a.Hash && !d.IsWeak));

    /// <summary>A signature in the layout of CMS: ECDSA in DER (RFC 5753 §2.1.1), RSA and EdDSA as they are.</summary>
    public static byte[] ToCms(SignatureAlgorithm madeWith, byte[] signature)
    {
        switch (madeWith.Encoding)
        {
            case SignatureEncoding.FixedFields:
                var half = signature.Length / 2;
                return CmsWriter.Encode(w =>
                {
                    using (w.PushSequence())
                    {
                        w.WriteIntegerUnsigned(Minimal(signature.AsSpan(0, half)));
                        w.WriteIntegerUnsigned(Minimal(signature.AsSpan(half)));
                    }
                });
            case SignatureEncoding.DerOctetString:
                return new AsnReader(signature, AsnEncodingRules.DER).ReadOctetString();
            default:
                return signature;
        }
    }

    /// <summary>RFC 5754 §2: parameters of SHA-2 are left out.</summary>
    public static byte[] Identifier(DigestAlgorithm digest) => CmsWriter.Encode(w =>
    {
        using (w.PushSequence())
        {
            w.WriteObjectIdentifier(digest.Oid);
        }
    });

    private static ReadOnlySpan<byte> Minimal(ReadOnlySpan<byte> number)
    {
        var first = number.IndexOfAnyExcept((byte)0);
        return first < 0 ? number[^1..] : number[first..];
    }
}
