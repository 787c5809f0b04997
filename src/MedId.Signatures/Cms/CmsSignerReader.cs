using System.Formats.Asn1;
using MedId.Core;
using MedId.Pki;

namespace MedId.Signatures;

/// <summary>Reads RFC 5652 §5.3.</summary>
internal static class CmsSignerReader
{
    /// <summary>Reads one SignerInfo; throws AsnContentException where the structure is broken.</summary>
    public static MedIdResult<CmsSignerInfo> Read(ReadOnlyMemory<byte> raw, CmsLimits limits)
    {
        var outer = new AsnReader(raw, AsnEncodingRules.BER);
        var reader = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        var parts = new List<ReadOnlyMemory<byte>>(6) { reader.PeekEncodedValue() };
        if (!reader.TryReadInt32(out var version))
        {
            return CmsReader.Malformed("the signer's version is no small number");
        }

        parts.Add(reader.PeekEncodedValue());
        var signer = ReadIdentifier(reader);

        // RFC 5652 §5.3: the version follows from the choice of the identifier.
        if (version != (signer.SubjectKeyIdentifier is null ? 1 : 3))
        {
            return new MedIdError(SignaturesErrorCodes.CmsVersion, ErrorCategory.Malformed, "RFC 5652 §5.3", "the signer's version does not go with how it names its certificate");
        }

        parts.Add(reader.PeekEncodedValue());
        var digestAlgorithm = ReadAlgorithm(reader);
        ReadOnlyMemory<byte> rawSigned = default;
        List<CmsAttribute>? signed = null;
        if (Asn.NextIs(reader, Asn.Context(0)))
        {
            rawSigned = reader.PeekEncodedValue();
            parts.Add(rawSigned);
            if (rawSigned.Length > limits.MaxSignedAttributeBytes)
            {
                return CmsReader.TooLarge("longer signed attributes than the limit");
            }

            if (!TryReadAttributes(reader.ReadSetOf(skipSortOrderValidation: true, Asn.Context(0)), limits, out signed, out _))
            {
                return CmsReader.TooLarge("more attributes than the limit");
            }
        }

        parts.Add(reader.PeekEncodedValue());
        var signatureAlgorithm = ReadAlgorithm(reader);
        parts.Add(reader.PeekEncodedValue());
        if (!reader.TryReadPrimitiveOctetString(out var signature))
        {
            signature = reader.ReadOctetString();
        }

        List<CmsAttribute> unsigned = [];
        List<ReadOnlyMemory<byte>> rawUnsigned = [];
        if (reader.HasData && !TryReadAttributes(reader.ReadSetOf(skipSortOrderValidation: true, Asn.Context(1)), limits, out unsigned, out rawUnsigned))
        {
            return CmsReader.TooLarge("more attributes than the limit");
        }

        reader.ThrowIfNotEmpty();
        return new CmsSignerInfo
        {
            Version = version,
            Signer = signer,
            DigestAlgorithm = digestAlgorithm,
            SignedAttributes = signed,
            RawSignedAttributes = rawSigned,
            SignatureAlgorithm = signatureAlgorithm,
            Signature = signature,
            UnsignedAttributes = unsigned,
            RawUnsignedAttributes = rawUnsigned,
            SignedParts = parts,
            RawData = raw,
        };
    }

    private static CmsSignerIdentifier ReadIdentifier(AsnReader reader)
    {
        if (Asn.NextIs(reader, Asn.Context(0, constructed: false)))
        {
            return new(reader.ReadOctetString(Asn.Context(0, constructed: false)));
        }

        var sequence = reader.ReadSequence();
        var issuer = DistinguishedName.Parse(sequence.ReadEncodedValue()).Value ?? throw new AsnContentException("The issuer is no name.");
        var serial = sequence.ReadIntegerBytes();
        sequence.ThrowIfNotEmpty();
        return new(issuer, serial);
    }

    private static AlgorithmIdentifier ReadAlgorithm(AsnReader reader) =>
        AlgorithmIdentifier.Parse(reader.ReadEncodedValue()).Value ?? throw new AsnContentException("No algorithm identifier.");

    /// <summary>False when there are more than the limit. A set of attributes is never empty, an attribute is never without a value (RFC 5652 §5.3).</summary>
    private static bool TryReadAttributes(AsnReader reader, CmsLimits limits, out List<CmsAttribute> attributes, out List<ReadOnlyMemory<byte>> raw)
    {
        attributes = [];
        raw = [];
        do
        {
            if (attributes.Count == limits.MaxAttributes)
            {
                return false;
            }

            raw.Add(reader.PeekEncodedValue());
            var attribute = reader.ReadSequence();
            var oid = Asn.ReadOid(attribute);
            var set = attribute.ReadSetOf(skipSortOrderValidation: true);
            attribute.ThrowIfNotEmpty();
            var values = new List<ReadOnlyMemory<byte>>();
            do
            {
                if (values.Count == limits.MaxAttributes)
                {
                    return false;
                }

                values.Add(set.ReadEncodedValue());
            }
            while (set.HasData);
            attributes.Add(new(oid, values));
        }
        while (reader.HasData);
        return true;
    }
}
