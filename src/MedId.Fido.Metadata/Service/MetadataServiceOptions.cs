using MedId.Cryptography;
using MedId.Pki;

namespace MedId.Fido.Metadata;

/// <summary>How <see cref="MetadataService"/> gets and judges the BLOB.</summary>
public sealed record MetadataServiceOptions
{
    /// <summary>Where the BLOB is; the service of the FIDO Alliance by default. HTTPS only.</summary>
    public Uri Address { get; init; } = new("https://mds3.fidoalliance.org/");

    /// <summary>The roots: <see cref="MetadataRoot.Admit"/> for those of trust data.</summary>
    public required IReadOnlyCollection<MetadataRoot> Roots { get; init; }

    /// <summary>Where the last good BLOB is kept, and read again after a restart; null to keep it in memory only. In a closed network an operator puts the BLOB here.</summary>
    public string? File { get; init; }

    /// <summary>As <see cref="MetadataBlobRules.Revocation"/>.</summary>
    public RevocationRequirement Revocation { get; init; } = RevocationRequirement.Chain;

    /// <summary>
    /// Whether the file is taken without proof about revocation; false by default. The service writes it only after it verified everything, so the loud word is for hosts that have to start
    /// without a network; evidence that says revoked refuses all the same.
    /// </summary>
    public bool ReadFileWithoutRevocation { get; init; }

    /// <summary>Evidence of the operator's, e.g. from <see cref="EvidenceFiles"/> in a closed network.</summary>
    public PathEvidence Evidence { get; init; } = PathEvidence.Empty;

    /// <summary>As <see cref="MetadataBlobRules.Algorithms"/>.</summary>
    public AlgorithmPolicy Algorithms { get; init; } = AlgorithmPolicy.Default;

    /// <summary>As <see cref="MetadataBlobRules.SignerName"/>.</summary>
    public string SignerName { get; init; } = MetadataBlobRules.DefaultSignerName;

    /// <summary>As <see cref="MetadataBlobRules.MaximumStaleness"/>; a BLOB that gets older than that while it is in use makes a <see cref="MetadataEntry.Problem"/> of every model.</summary>
    public TimeSpan? MaximumStaleness { get; init; }

    /// <summary>As <see cref="MetadataBlobRules.AllowCertificateAddress"/>; the address is then fetched under the same limits.</summary>
    public bool AllowCertificateAddress { get; init; }

    /// <summary>The most time for one answer, to its last byte; one minute by default.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The most bytes of one answer or file; <see cref="MetadataBlob.MaxLength"/> by default.</summary>
    public int MaxBytes { get; init; } = MetadataBlob.MaxLength;

    /// <summary>How long after an attempt that failed, or brought nothing new, the next one is made; one hour by default.</summary>
    public TimeSpan RetryAfter { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Whether HTTP to the loopback interface is allowed, for tests.</summary>
    public bool DangerouslyAllowLoopback { get; init; }
}
