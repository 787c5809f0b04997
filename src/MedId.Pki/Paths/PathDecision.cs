using System.Diagnostics.CodeAnalysis;
using MedId.Core;

namespace MedId.Pki;

/// <summary>What was decided about a certificate, on which path, and why.</summary>
public sealed class PathDecision
{
    internal PathDecision()
    {
    }

    /// <summary>Accepted only when everything required was proven; undetermined when all that is missing is evidence about revocation.</summary>
    public required VerificationOutcome Outcome { get; init; }

    /// <summary>Whether everything required was proven.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    [MemberNotNullWhen(true, nameof(Anchor))]
    public bool IsAccepted => Outcome == VerificationOutcome.Accepted;

    /// <summary>Why not; null when accepted.</summary>
    public MedIdError? Error { get; init; }

    /// <summary>Which certificate of <see cref="Path"/> the error is about; 0 is the target, the count of the path is the anchor. Null when accepted.</summary>
    public int? RefusedCertificate { get; init; }

    /// <summary>The path that was decided about: the target first, the anchor not among them. Of several paths, an accepted one, else the one that came furthest.</summary>
    public required IReadOnlyList<Certificate> Path { get; init; }

    /// <summary>The anchor above the path; null when no anchor was reached.</summary>
    public TrustAnchor? Anchor { get; init; }

    /// <summary>The policies, in the terms of the anchor, for which the path is valid and which are acceptable here (§6.1.6, user-constrained-policy-set); empty for none.</summary>
    /// <remarks>With no restriction by the caller this is the authority-constrained set and may hold anyPolicy.</remarks>
    public IReadOnlyList<string> Policies { get; init; } = [];

    /// <summary>One finding for each certificate of the path that was asked about, the target first; empty when the path broke before.</summary>
    public IReadOnlyList<RevocationFinding> Revocation { get; init; } = [];

    /// <summary>Every check in order; empty unless <see cref="PathPolicy.Explain"/>.</summary>
    public IReadOnlyList<PathStep> Steps { get; init; } = [];

    /// <summary>Whether a signature was accepted only because policy allows an algorithm or key that the default policy does not.</summary>
    public bool UsedWeakAlgorithm { get; init; }

    /// <summary>How many signatures of certificates were verified, over all paths tried.</summary>
    public int SignaturesVerified { get; internal set; }
}
