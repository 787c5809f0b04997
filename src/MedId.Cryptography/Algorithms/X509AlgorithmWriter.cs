using System.Formats.Asn1;

namespace MedId.Cryptography;

/// <summary>Writes what <see cref="X509AlgorithmReader"/> reads, in the preferred form.</summary>
internal static class X509AlgorithmWriter
{
    private const string Mgf1 = "1.2.840.113549.1.1.8";

    public static byte[] Write(SignatureAlgorithm algorithm)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(algorithm.X509Oid!);
            if (algorithm.IsRsaPkcs1)
            {
                writer.WriteNull();
            }
            else if (algorithm.KeyKind == KeyKind.Rsa)
            {
                WritePss(writer, DigestAlgorithm.Of(algorithm.Hash)!);
            }
        }

        return writer.Encode();
    }

    private static void WritePss(AsnWriter writer, DigestAlgorithm hash)
    {
        using (writer.PushSequence())
        {
            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 0)))
            {
                WriteHash(writer, hash);
            }

            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 1)))
            using (writer.PushSequence())
            {
                writer.WriteObjectIdentifier(Mgf1);
                WriteHash(writer, hash);
            }

            using (writer.PushSequence(new Asn1Tag(TagClass.ContextSpecific, 2)))
            {
                writer.WriteInteger(hash.Length);
            }
        }
    }

    private static void WriteHash(AsnWriter writer, DigestAlgorithm hash)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(hash.Oid);
            writer.WriteNull();
        }
    }
}
