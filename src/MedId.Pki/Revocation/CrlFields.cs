using System.Numerics;

namespace MedId.Pki;

/// <summary>What <see cref="CrlReader"/> found.</summary>
internal sealed class CrlFields
{
    public required ReadOnlyMemory<byte> RawData { get; init; }

    public required ReadOnlyMemory<byte> TbsCertList { get; init; }

    public ReadOnlyMemory<byte> Signature { get; set; }

    public required AlgorithmIdentifier SignatureAlgorithm { get; init; }

    public required DistinguishedName Issuer { get; init; }

    public required DateTimeOffset ThisUpdate { get; init; }

    public required DateTimeOffset NextUpdate { get; init; }

    public CrlEntryIndex Index { get; set; } = CrlEntryIndex.Empty;

    public BigInteger? Number { get; set; }

    public BigInteger? BaseNumber { get; set; }

    public IssuingDistributionPoint? IssuingDistributionPoint { get; set; }

    public AuthorityKeyIdentifier? AuthorityKeyIdentifier { get; set; }

    public IReadOnlyList<DistributionPoint>? FreshestCrl { get; set; }

    public DateTimeOffset? ExpiredCertificatesSince { get; set; }

    public bool HasUnknownCriticalExtension { get; set; }
}
