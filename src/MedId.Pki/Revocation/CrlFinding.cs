using MedId.Core;

namespace MedId.Pki;

/// <summary>What the CRLs say about one certificate.</summary>
internal sealed record CrlFinding
{
    public required RevocationStatus Status { get; init; }

    public CrlEntry? Entry { get; init; }

    /// <summary>The complete CRL that decided, or the newest that was used.</summary>
    public CertificateRevocationList? Crl { get; init; }

    /// <summary>The delta that was used on top of it.</summary>
    public CertificateRevocationList? Delta { get; init; }

    /// <summary>Whether the entry that decided stands in the delta.</summary>
    public bool ByDelta { get; init; }

    public RevocationReasons ReasonsCovered { get; init; }

    public bool UsedWeakAlgorithm { get; init; }

    /// <summary>Why nothing is known; null otherwise.</summary>
    public MedIdError? Error { get; init; }

    public EvidenceSource? Source => Crl is null ? null : Delta is null
        ? new(EvidenceSourceKind.Crl, Crl.Sha256, Crl.ThisUpdate, Crl.NextUpdate)
        : new(EvidenceSourceKind.DeltaCrl, Delta.Sha256, Delta.ThisUpdate, Delta.NextUpdate);
}
