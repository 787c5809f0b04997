using MedId.Core;
using MedId.Signatures;

namespace MedId.Hpki;

/// <summary>What was decided about a signed document.</summary>
public sealed class HpkiDocumentDecision
{
    internal HpkiDocumentDecision()
    {
    }

    /// <summary>Accepted only when every judged signature stands, was made with an HPKI signature certificate that was good, and by somebody who may sign documents of the type.</summary>
    public required VerificationOutcome Outcome { get; init; }

    /// <summary>Whether the document is accepted.</summary>
    public bool IsAccepted => Outcome == VerificationOutcome.Accepted;

    /// <summary>Why not; null when accepted.</summary>
    public MedIdError? Error { get; init; }

    /// <summary>What was found out about the signatures.</summary>
    public required DocumentVerification Signatures { get; init; }

    /// <summary>The signers, in the order of the document.</summary>
    public IReadOnlyList<HpkiDocumentSigner> Signers { get; init; } = [];
}
