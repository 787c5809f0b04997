using System.Diagnostics.CodeAnalysis;
using MedId.Core;
using MedId.Pki;

namespace MedId.Hpki;

/// <summary>What was decided about an HPKI certificate, and why.</summary>
public sealed class HpkiDecision
{
    internal HpkiDecision()
    {
    }

    /// <summary>Accepted only when everything required was proven; undetermined when all that is missing is revocation evidence.</summary>
    public required VerificationOutcome Outcome { get; init; }

    /// <summary>Whether everything required was proven.</summary>
    [MemberNotNullWhen(true, nameof(Evidence))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsAccepted => Outcome == VerificationOutcome.Accepted;

    /// <summary>Why not; null when accepted.</summary>
    public MedIdError? Error { get; init; }

    /// <summary>The proof; null unless accepted.</summary>
    public HpkiEvidence? Evidence { get; init; }

    /// <summary>What the certificate says of itself; also when it was refused, for looking into it. Null when the bytes were no certificate.</summary>
    public HpkiCertificate? Certificate { get; init; }

    /// <summary>The decision about the path; null when the bytes were no certificate.</summary>
    public PathDecision? Path { get; init; }

    /// <summary>What is known of revocation, for each certificate of the path.</summary>
    public IReadOnlyList<RevocationFinding> Revocation => Path?.Revocation ?? [];

    /// <summary>Whether an algorithm was used that the default policy does not allow.</summary>
    public bool UsedWeakAlgorithm => Path?.UsedWeakAlgorithm ?? false;

    /// <summary>Every check in order, those of the path first; empty unless <see cref="HpkiPolicy.Explain"/>.</summary>
    public IReadOnlyList<PathStep> Steps { get; init; } = [];
}
