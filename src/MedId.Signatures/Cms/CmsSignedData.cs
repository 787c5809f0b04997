using MedId.Core;
using MedId.Pki;

namespace MedId.Signatures;

/// <summary>A CMS SignedData structure (RFC 5652 §5.1) as it was read; its original bytes are kept, nothing of it is verified.</summary>
/// <remarks>
/// BER is read where the standard allows it. Verify with <see cref="CmsVerifier"/>. Adding a time-stamp or validation data gives new bytes and leaves every
/// byte that others signed as it was.
/// </remarks>
public sealed partial class CmsSignedData
{
    internal CmsSignedData()
    {
    }

    /// <summary>1, 3, 4 or 5.</summary>
    public required int Version { get; init; }

    /// <summary>The hashes that the structure announces.</summary>
    public required IReadOnlyList<AlgorithmIdentifier> DigestAlgorithms { get; init; }

    /// <summary>What the content is.</summary>
    public required string ContentType { get; init; }

    /// <summary>The content's octets without tag and length; null when it lies elsewhere (detached).</summary>
    public required ReadOnlyMemory<byte>? Content { get; init; }

    /// <summary>The X.509 certificates that could be read, in order.</summary>
    public required IReadOnlyList<Certificate> Certificates { get; init; }

    /// <summary>The CRLs that could be read, in order.</summary>
    public required IReadOnlyList<CertificateRevocationList> Crls { get; init; }

    /// <summary>The OCSP responses that could be read, in order (RFC 5940).</summary>
    public required IReadOnlyList<OcspResponse> OcspResponses { get; init; }

    /// <summary>Certificates and revocation data of other kinds, or of no readable form. They decide nothing.</summary>
    public required IReadOnlyList<UnjudgedElement> NotRead { get; init; }

    /// <summary>The signers, in order.</summary>
    public required IReadOnlyList<CmsSignerInfo> Signers { get; init; }

    /// <summary>The whole structure as it was given.</summary>
    public required ReadOnlyMemory<byte> RawData { get; init; }

    /// <summary>The version that RFC 5652 §5.1 asks for.</summary>
    internal int RequiredVersion { get; init; }

    internal ReadOnlyMemory<byte> RawDigestAlgorithms { get; init; }

    internal ReadOnlyMemory<byte> RawEncapsulatedContent { get; init; }

    internal IReadOnlyList<ReadOnlyMemory<byte>> RawCertificates { get; init; } = [];

    internal IReadOnlyList<ReadOnlyMemory<byte>> RawRevocationInfos { get; init; } = [];

    /// <summary>Everything in it that helps a path, as evidence.</summary>
    internal PathEvidence Evidence => new() { Certificates = Certificates, Crls = Crls, OcspResponses = OcspResponses };

    /// <summary>Reads a ContentInfo with SignedData (RFC 5652 §3, §5.1).</summary>
    /// <param name="contentInfo">The whole structure in BER or DER, nothing after it.</param>
    /// <param name="limits">How much is read; <see cref="CmsLimits.Default"/> when null.</param>
    /// <returns>The structure, or <c>cms.malformed</c>, <c>cms.too_large</c>, <c>cms.content_type_not_signed_data</c>.</returns>
    public static MedIdResult<CmsSignedData> Parse(ReadOnlyMemory<byte> contentInfo, CmsLimits? limits = null) => CmsReader.Read(contentInfo, limits ?? CmsLimits.Default);
}
