using System.Formats.Asn1;
using MedId.Cryptography;
using MedId.Pki;

namespace MedId.Signatures;

/// <summary>The first entry of a signingCertificate (RFC 2634 §5.4) or signingCertificateV2 attribute (RFC 5035 §3): which certificate the signer means.</summary>
/// <param name="Digest">The hash that names it.</param>
/// <param name="Hash">The certificate's hash.</param>
/// <param name="Issuer">Its issuer, when stated.</param>
/// <param name="SerialNumber">Content octets of its serial number, when stated.</param>
internal sealed record EssCertificateId(DigestAlgorithm Digest, ReadOnlyMemory<byte> Hash, DistinguishedName? Issuer, ReadOnlyMemory<byte> SerialNumber)
{
    private const int MaxEntries = 32;

    /// <summary>Reads an attribute value; null when it is not the structure in DER, or names a hash that is not in the table.</summary>
    public static EssCertificateId? Read(ReadOnlyMemory<byte> value, bool isVersion2)
    {
        try
        {
            var outer = new AsnReader(value, AsnEncodingRules.DER);
            var attribute = outer.ReadSequence();
            outer.ThrowIfNotEmpty();
            var entries = attribute.ReadSequence();
            if (attribute.HasData)
            {
                attribute.ReadSequence();
            }

            attribute.ThrowIfNotEmpty();
            var first = ReadEntry(entries.ReadSequence(), isVersion2);
            for (var count = 1; entries.HasData; count++)
            {
                if (count == MaxEntries || ReadEntry(entries.ReadSequence(), isVersion2) is null)
                {
                    return null;
                }
            }

            return first;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    /// <summary>RFC 5035 §4: the hash over the whole certificate, and issuer and serial number where stated.</summary>
    public bool Names(Certificate certificate) =>
        Digest.Compute(certificate.RawData.Span).AsSpan().SequenceEqual(Hash.Span)
        && (Issuer is null || (Issuer.Equals(certificate.Issuer) && SerialNumber.Span.SequenceEqual(certificate.SerialNumber.Span)));

    /// <summary>The value of a signingCertificateV2 attribute that names one certificate, with issuer and serial number; SHA-256 is the default and left out (X.690 §11.5).</summary>
    public static byte[] Write(Certificate certificate, DigestAlgorithm digest)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence())
        using (writer.PushSequence())
        {
            if (digest != DigestAlgorithm.Sha256)
            {
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(digest.Oid);
                }
            }

            writer.WriteOctetString(digest.Compute(certificate.RawData.Span));
            using (writer.PushSequence())
            {
                using (writer.PushSequence())
                using (writer.PushSequence(Asn.Context(4)))
                {
                    writer.WriteEncodedValue(certificate.Issuer.RawData.Span);
                }

                writer.WriteInteger(certificate.SerialNumber.Span);
            }
        }

        return writer.Encode();
    }

    private static EssCertificateId? ReadEntry(AsnReader entry, bool isVersion2)
    {
        var digest = isVersion2 ? DigestAlgorithm.Sha256 : DigestAlgorithm.Sha1;
        if (isVersion2 && entry.HasData && entry.PeekTag() == Asn1Tag.Sequence)
        {
            // SHA-256 stated although it is the default is not DER; producers that state it are many and say nothing wrong, so it is read.
            if (!DigestAlgorithm.TryFromX509(entry.ReadEncodedValue().Span, out var named))
            {
                return null;
            }

            digest = named;
        }

        var hash = entry.ReadOctetString();
        if (hash.Length != digest.Length)
        {
            return null;
        }

        if (!entry.HasData)
        {
            return new(digest, hash, null, default);
        }

        var issuerSerial = entry.ReadSequence();
        entry.ThrowIfNotEmpty();
        var names = issuerSerial.ReadSequence();
        var directory = names.ReadSequence(Asn.Context(4));
        var issuer = DistinguishedName.Parse(directory.ReadEncodedValue());
        directory.ThrowIfNotEmpty();
        names.ThrowIfNotEmpty();
        var serial = issuerSerial.ReadIntegerBytes();
        issuerSerial.ThrowIfNotEmpty();
        return issuer.Succeeded ? new(digest, hash, issuer.Value, serial) : null;
    }
}
