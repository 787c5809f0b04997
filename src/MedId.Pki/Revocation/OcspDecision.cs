using System.Diagnostics.CodeAnalysis;
using MedId.Core;

namespace MedId.Pki;

/// <summary>What an OCSP response says about one certificate, if it may be believed.</summary>
public sealed record OcspDecision
{
    internal OcspDecision()
    {
    }

    /// <summary>Accepted: the response is authentic, current and about the certificate, whatever it says. Undetermined: it is not, and nothing is known.</summary>
    public VerificationOutcome Outcome => Error is null ? VerificationOutcome.Accepted : VerificationOutcome.Undetermined;

    /// <summary>Whether the response may be believed; <see cref="Status"/> says what it says.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsAccepted => Error is null;

    /// <summary>Why the response cannot be used; null when accepted.</summary>
    public MedIdError? Error { get; init; }

    /// <summary>Good, revoked or unknown, as the responder says; unknown when the response cannot be used.</summary>
    public RevocationStatus Status { get; init; } = RevocationStatus.Unknown;

    /// <summary>Why it was revoked; null when it was not, or nobody said.</summary>
    public CrlReason? Reason { get; init; }

    /// <summary>Since when it is revoked; null when it is not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>Whether revoked means that the certificate was never issued (RFC 6960 §2.2: a hold since 1970-01-01 from a responder with extended revoke).</summary>
    public bool IsNotIssued { get; init; }

    /// <summary>When the status was true; null when no single response is about the certificate.</summary>
    public DateTimeOffset? ThisUpdate { get; init; }

    /// <summary>When something newer will be there; null when the responder does not say.</summary>
    public DateTimeOffset? NextUpdate { get; init; }

    /// <summary>When the response was signed; null when there is none.</summary>
    public DateTimeOffset? ProducedAt { get; init; }

    /// <summary>Who signed; null when nobody did who may.</summary>
    public OcspResponder? Responder { get; init; }

    /// <summary>Whether a signature was accepted only because policy allows an algorithm or key that the default policy does not.</summary>
    public bool UsedWeakAlgorithm { get; init; }

    /// <summary>What an authentic response says that is of another time; the judge asks whether it is revoked for good.</summary>
    internal CrlEntry? Entry { get; init; }
}
