namespace MedId.Pki;

/// <summary>What a responder says about one certificate (RFC 6960 §4.2.1).</summary>
public sealed record OcspSingleResponse
{
    /// <summary>Which certificate.</summary>
    public required OcspCertId CertId { get; init; }

    /// <summary>Good, revoked, or unknown to the responder. Good does not say that the certificate was ever issued (§2.2).</summary>
    public required RevocationStatus Status { get; init; }

    /// <summary>Since when it is revoked; null when it is not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Why it was revoked; null when it was not, or nobody said.</summary>
    public CrlReason? Reason { get; init; }

    /// <summary>Since when the key was doubtful (§4.4.5, RFC 5280 §5.3.2); null when nobody said.</summary>
    public DateTimeOffset? InvalidityDate { get; init; }

    /// <summary>When this was true.</summary>
    public required DateTimeOffset ThisUpdate { get; init; }

    /// <summary>When something newer will be there; null when that is always so.</summary>
    public DateTimeOffset? NextUpdate { get; init; }

    /// <summary>How far back the responder keeps what it knows of expired certificates (§4.4.4); null when it does not say.</summary>
    public DateTimeOffset? ArchiveCutoff { get; init; }

    /// <summary>Whether there is a critical extension that is not understood.</summary>
    public bool HasUnknownCriticalExtension { get; init; }
}
