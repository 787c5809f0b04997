using MedId.Cryptography;
using MedId.Pki;

namespace MedId.Fido.Metadata;

/// <summary>What a metadata BLOB is judged by. Everything that had to be fetched was fetched before.</summary>
public sealed record MetadataBlobRules
{
    /// <summary>The name in the signer's certificate.</summary>
    public const string DefaultSignerName = "mds.fidoalliance.org";

    /// <summary>The roots; the path has to end at any one that counts at <see cref="At"/>.</summary>
    public required IReadOnlyCollection<MetadataRoot> Roots { get; init; }

    /// <summary>Now.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Revocation lists, OCSP responses and certificates that were gathered for the path.</summary>
    public PathEvidence Evidence { get; init; } = PathEvidence.Empty;

    /// <summary>What has to be proven about revocation; for every certificate of the path by default, as the standard asks. <see cref="RevocationRequirement.NotRequired"/> is the loud way out.</summary>
    public RevocationRequirement Revocation { get; init; } = RevocationRequirement.Chain;

    /// <summary>Which algorithms may sign; <see cref="SignatureUse.FidoMetadata"/> and <see cref="SignatureUse.Certificate"/> are asked.</summary>
    public AlgorithmPolicy Algorithms { get; init; } = AlgorithmPolicy.Default;

    /// <summary>
    /// The DNS name that the signer's certificate has to carry, exactly; <see cref="DefaultSignerName"/> by default. Null for any, where the roots sign for metadata alone:
    /// under a root of the web everybody with a certificate would be the metadata service.
    /// </summary>
    public string? SignerName { get; init; } = DefaultSignerName;

    /// <summary>The BLOB in use; null for none. A lower number, or the same with other bytes, is refused.</summary>
    public MetadataBlob? Current { get; init; }

    /// <summary>How long after <c>nextUpdate</c> the BLOB is still taken; null for ever. Past <c>nextUpdate</c> it is stale, and says so.</summary>
    public TimeSpan? MaximumStaleness { get; init; }

    /// <summary>Whether the certificates may be named by address (<c>x5u</c>) on the origin of <see cref="Address"/>; not by default.</summary>
    public bool AllowCertificateAddress { get; init; }

    /// <summary>Where the BLOB was got; needed for <see cref="AllowCertificateAddress"/> only.</summary>
    public Uri? Address { get; init; }

    /// <summary>The certificates that stood at <c>x5u</c>, the signer's first; needed for <see cref="AllowCertificateAddress"/> only.</summary>
    public IReadOnlyList<Certificate> FetchedCertificates { get; init; } = [];
}
