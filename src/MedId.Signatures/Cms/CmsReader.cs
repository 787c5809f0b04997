using System.Formats.Asn1;
using MedId.Core;
using MedId.Pki;

namespace MedId.Signatures;

/// <summary>Reads RFC 5652 §5.1; what is inside a signer is read by <see cref="CmsSignerReader"/>.</summary>
internal static class CmsReader
{
    public static MedIdResult<CmsSignedData> Read(ReadOnlyMemory<byte> contentInfo, CmsLimits limits)
    {
        if (contentInfo.Length > limits.MaxBytes)
        {
            return TooLarge("more bytes than the limit");
        }

        try
        {
            var outer = new AsnReader(contentInfo, AsnEncodingRules.BER);
            var info = outer.ReadSequence();
            outer.ThrowIfNotEmpty();
            var type = Asn.ReadOid(info);
            if (!string.Equals(type, CmsOids.SignedData, StringComparison.Ordinal))
            {
                return new MedIdError(SignaturesErrorCodes.CmsNotSignedData, ErrorCategory.Unsupported, "RFC 5652 §3", "the content info holds something else");
            }

            var content = info.ReadSequence(Asn.Context(0));
            info.ThrowIfNotEmpty();
            var signedData = content.ReadSequence();
            content.ThrowIfNotEmpty();
            return ReadSignedData(contentInfo, signedData, limits);
        }
        catch (AsnContentException)
        {
            return Malformed("not the structure in BER");
        }
    }

    internal static MedIdError Malformed(string detail) => new(SignaturesErrorCodes.CmsMalformed, ErrorCategory.Malformed, "RFC 5652 §5.1", detail);

    internal static MedIdError TooLarge(string detail) => new(SignaturesErrorCodes.CmsTooLarge, ErrorCategory.Policy, "RFC 5652 §5.1", detail);

    private static MedIdResult<CmsSignedData> ReadSignedData(ReadOnlyMemory<byte> contentInfo, AsnReader reader, CmsLimits limits)
    {
        if (!reader.TryReadInt32(out var version))
        {
            return Malformed("the version is no small number");
        }

        var rawDigestAlgorithms = reader.PeekEncodedValue();
        var digestAlgorithms = ReadAlgorithms(reader, limits);
        var rawContent = reader.PeekEncodedValue();
        var (contentType, content) = ReadEncapsulatedContent(reader.ReadSequence());
        var certificates = Elements(reader, 0, limits.MaxCertificates);
        var revocation = Elements(reader, 1, limits.MaxRevocationInfos);
        var signerInfos = Elements(reader.ReadSetOf(skipSortOrderValidation: true), limits.MaxSigners);
        reader.ThrowIfNotEmpty();
        if (certificates is null || revocation is null || signerInfos is null || digestAlgorithms is null)
        {
            return TooLarge("more elements than the limit");
        }

        var signers = new List<CmsSignerInfo>(signerInfos.Count);
        foreach (var raw in signerInfos)
        {
            var signer = CmsSignerReader.Read(raw, limits);
            if (!signer.Succeeded)
            {
                return signer.Error;
            }

            signers.Add(signer.Value);
        }

        var embedded = CmsEmbeddedEvidence.Read(certificates, revocation);
        return new CmsSignedData
        {
            RawData = contentInfo,
            Version = version,
            RequiredVersion = RequiredVersion(contentType, certificates, revocation, signers),
            DigestAlgorithms = digestAlgorithms,
            RawDigestAlgorithms = rawDigestAlgorithms,
            ContentType = contentType,
            Content = content,
            RawEncapsulatedContent = rawContent,
            Certificates = embedded.Certificates,
            Crls = embedded.Crls,
            OcspResponses = embedded.OcspResponses,
            NotRead = embedded.NotRead,
            RawCertificates = certificates,
            RawRevocationInfos = revocation,
            Signers = signers,
        };
    }

    private static List<AlgorithmIdentifier>? ReadAlgorithms(AsnReader reader, CmsLimits limits)
    {
        var raw = Elements(reader.ReadSetOf(skipSortOrderValidation: true), limits.MaxSigners);
        return raw?.ConvertAll(a => AlgorithmIdentifier.Parse(a).Value ?? throw new AsnContentException("No algorithm identifier."));
    }

    private static (string Type, ReadOnlyMemory<byte>? Content) ReadEncapsulatedContent(AsnReader reader)
    {
        var type = Asn.ReadOid(reader);
        if (!reader.HasData)
        {
            return (type, null);
        }

        var wrapper = reader.ReadSequence(Asn.Context(0));
        reader.ThrowIfNotEmpty();
        if (!wrapper.TryReadPrimitiveOctetString(out var content))
        {
            content = wrapper.ReadOctetString();
        }

        wrapper.ThrowIfNotEmpty();
        return (type, content);
    }

    /// <summary>RFC 5652 §5.1, the rule of version.</summary>
    private static int RequiredVersion(string contentType, List<ReadOnlyMemory<byte>> certificates, List<ReadOnlyMemory<byte>> revocation, List<CmsSignerInfo> signers)
    {
        if (certificates.Exists(c => IsContext(c, 3)) || revocation.Exists(r => IsContext(r, 1)))
        {
            return 5;
        }

        if (certificates.Exists(c => IsContext(c, 2)))
        {
            return 4;
        }

        return certificates.Exists(c => IsContext(c, 1)) || signers.Exists(s => s.Version == 3) || !string.Equals(contentType, CmsOids.Data, StringComparison.Ordinal) ? 3 : 1;
    }

    private static bool IsContext(ReadOnlyMemory<byte> element, int number) => element.Span[0] == (0xA0 | number);

    private static List<ReadOnlyMemory<byte>>? Elements(AsnReader reader, int tag, int limit) =>
        Asn.NextIs(reader, Asn.Context(tag)) ? Elements(reader.ReadSetOf(skipSortOrderValidation: true, Asn.Context(tag)), limit) : [];

    /// <summary>The elements as they lie there; null when there are more than the limit.</summary>
    private static List<ReadOnlyMemory<byte>>? Elements(AsnReader reader, int limit)
    {
        var elements = new List<ReadOnlyMemory<byte>>();
        while (reader.HasData)
        {
            if (elements.Count == limit)
            {
                return null;
            }

            elements.Add(reader.ReadEncodedValue());
        }

        return elements;
    }
}
