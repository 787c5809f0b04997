using MedId.Pki;

namespace MedId.Jpki.Certificates;

/// <summary>What is known about the revocation of a person's certificate, and what to do about it.</summary>
public sealed record JpkiRevocation
{
    /// <summary>What is known.</summary>
    public required RevocationStatus Status { get; init; }

    /// <summary>Why; null when it is not revoked or nobody said.</summary>
    public CrlReason? Reason { get; init; }

    /// <summary>Since when; null when it is not revoked.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Which evidence says so; null when none did, and from a platform operator. Names a digest: as evidence it falls under the standing's rules of keeping.</summary>
    public EvidenceSource? Source { get; init; }

    /// <summary>When the information was made; null when nobody said.</summary>
    public DateTimeOffset? AsOf { get; init; }

    /// <summary>What to do.</summary>
    public JpkiAction Action => Status switch
    {
        RevocationStatus.Good => JpkiAction.None,
        RevocationStatus.Revoked => ActionFor(Reason),
        _ => JpkiAction.AskAgain,
    };

    /// <summary>What a reason asks for, after the meanings that the authority's practice statement gives them.</summary>
    /// <param name="reason">The reason of a revoked certificate; null and those that JPKI does not use lock the account.</param>
    public static JpkiAction ActionFor(CrlReason? reason) => reason switch
    {
        CrlReason.AffiliationChanged or CrlReason.Superseded => JpkiAction.CollectAttributesAgain,
        CrlReason.CessationOfOperation => JpkiAction.AskForAnotherCertificate,
        CrlReason.CertificateHold => JpkiAction.SuspendAccount,

        // keyCompromise, cACompromise; unspecified is a certificate discarded before it was handed over, so that nobody should be able to present it.
        _ => JpkiAction.LockAccount,
    };

    internal static JpkiRevocation Of(RevocationFinding? finding) => finding is null
        ? new() { Status = RevocationStatus.NotChecked }
        : new() { Status = finding.Status, Reason = finding.Reason, RevokedAt = finding.RevokedAt, Source = finding.Source, AsOf = finding.Source?.ThisUpdate };
}
