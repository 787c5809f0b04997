using MedId.Cryptography;

namespace MedId.Pki;

/// <summary>How evidence is gathered.</summary>
public sealed record EvidenceGatheringOptions
{
    /// <summary>Which algorithms may sign evidence. What fails here is not taken, so that the next address can be asked; the decision is the path's all the same.</summary>
    public AlgorithmPolicy Algorithms { get; init; } = AlgorithmPolicy.Default;

    /// <summary>For which certificates revocation evidence is asked; for the whole chain when not set.</summary>
    public RevocationScope Scope { get; init; } = RevocationScope.Chain;

    /// <summary>What is asked for first.</summary>
    public EvidencePreference Preference { get; init; }

    /// <summary>When earlier evidence is used again; until its nextUpdate when not set.</summary>
    public FreshnessPolicy Freshness { get; init; } = FreshnessPolicy.UntilNextUpdate;

    /// <summary>Which addresses may be asked.</summary>
    public EvidenceAddressRules Addresses { get; init; } = new();

    /// <summary>Whether OCSP requests carry a nonce. Not by default: it keeps responders from answering from stock, and requests from being short enough for GET (RFC 5019 §4).</summary>
    public bool UseNonce { get; init; }

    /// <summary>
    /// Whether OCSP is asked by POST alone. By default short requests go by GET (RFC 5019 §5), which caches can answer, and which puts the certificate's serial number into an address that proxies and
    /// servers log: about certificates of people ask by POST.
    /// </summary>
    public bool OcspByPostOnly { get; init; }

    /// <summary>The hash of the CertID in OCSP requests.</summary>
    public DigestAlgorithm CertIdHash { get; init; } = DigestAlgorithm.Sha1;

    /// <summary>The most time for one gathering, over all its queries; twenty seconds when not set.</summary>
    public TimeSpan TotalTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>The most queries that are on their way at once, over all gatherings; eight when not set.</summary>
    public int MaxConcurrency { get; init; } = 8;

    /// <summary>The most queries of one gathering; thirty-two when not set.</summary>
    public int MaxQueries { get; init; } = 32;

    /// <summary>How often one address is asked when it does not answer; once when not set. Each time is a line in the ledger.</summary>
    public int AttemptsPerAddress { get; init; } = 1;

    /// <summary>The most certificates above the target that are looked for; eight when not set.</summary>
    public int MaxPathLength { get; init; } = 8;

    /// <summary>How large CRLs may be.</summary>
    public CrlLimits CrlLimits { get; init; } = CrlLimits.Default;

    /// <summary>How many pieces of evidence are kept for later; 1024 when not set.</summary>
    public int CacheCapacity { get; init; } = 1024;

    /// <summary>How far the clocks of CAs and responders may be off; zero when not set.</summary>
    public TimeSpan ClockSkew { get; init; }

    /// <summary>Responders that are trusted whoever issued their certificates.</summary>
    public IReadOnlyList<Certificate> TrustedResponders { get; init; } = [];
}
