using System.Diagnostics.CodeAnalysis;
using System.Numerics;
using MedId.Core;

namespace MedId.Pki;

/// <summary>What CRLs say about one certificate, if they may be believed.</summary>
public sealed record CrlDecision
{
    internal CrlDecision()
    {
    }

    /// <summary>Accepted: the CRLs are authentic, in scope and current, whatever they say. Undetermined: they are not, and nothing is known.</summary>
    public VerificationOutcome Outcome => Error is null ? VerificationOutcome.Accepted : VerificationOutcome.Undetermined;

    /// <summary>Whether the CRLs may be believed; <see cref="Status"/> says what they say.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsAccepted => Error is null;

    /// <summary>Why the CRLs cannot be used; null when accepted.</summary>
    public MedIdError? Error { get; init; }

    /// <summary>Good or revoked; unknown when the CRLs cannot be used.</summary>
    public RevocationStatus Status { get; init; } = RevocationStatus.Unknown;

    /// <summary>Why it was revoked; null when it was not.</summary>
    public CrlReason? Reason { get; init; }

    /// <summary>Since when it is revoked; null when it is not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>For which reasons of revocation the CRLs were complete (RFC 5280 §6.3.2, reasons_mask).</summary>
    public RevocationReasons ReasonsCovered { get; init; }

    /// <summary>The number of the CRL that decided, of the delta where one was used; null when it has none or none was used.</summary>
    public BigInteger? CrlNumber { get; init; }

    /// <summary>thisUpdate of that CRL.</summary>
    public DateTimeOffset? ThisUpdate { get; init; }

    /// <summary>nextUpdate of that CRL.</summary>
    public DateTimeOffset? NextUpdate { get; init; }

    /// <summary>That CRL.</summary>
    public EvidenceSource? Source { get; init; }

    /// <summary>Whether a signature was accepted only because policy allows an algorithm or key that the default policy does not.</summary>
    public bool UsedWeakAlgorithm { get; init; }
}
