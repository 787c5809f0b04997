using MedId.Core;

namespace MedId.Signatures;

/// <summary>The result of verifying a signed document: who signed, what exactly is covered, when.</summary>
public sealed record DocumentVerification
{
    /// <summary>Accepted only when there is a signer and every signer is accepted; refused as soon as one is refused.</summary>
    public required VerificationOutcome Outcome { get; init; }

    /// <summary>Whether the document is accepted.</summary>
    public bool IsAccepted => Outcome == VerificationOutcome.Accepted;

    /// <summary>Why it is not accepted: the document's own fault, or that of the first signer that is not accepted.</summary>
    public MedIdError? Error { get; init; }

    /// <summary>The same in the words of EN 319 102-1.</summary>
    public required ValidationIndication Indication { get; init; }

    /// <summary>Every signer, in the order of the document. Empty when the document itself could not be read.</summary>
    public IReadOnlyList<SignerReport> Signers { get; init; } = [];

    /// <summary>The lowest level of the signers.</summary>
    public SignatureLevel Level { get; init; }

    /// <summary>The evidence that the decision had, the document's own marked as such.</summary>
    public ValidationEvidence Evidence { get; init; } = ValidationEvidence.None;

    /// <summary>The whole from its signers.</summary>
    internal static DocumentVerification Of(IReadOnlyList<SignerReport> signers, ValidationEvidence evidence)
    {
        var worst = signers.FirstOrDefault(s => s.Outcome == VerificationOutcome.Refused) ?? signers.FirstOrDefault(s => s.Outcome != VerificationOutcome.Accepted) ?? signers[0];
        return new()
        {
            Outcome = worst.Outcome,
            Error = worst.Error,
            Indication = worst.Indication,
            Signers = signers,
            Level = signers.Min(s => s.Level),
            Evidence = evidence,
        };
    }

    /// <summary>A document that could not be read far enough to judge a signer: FORMAT_FAILURE unless another sub-indication is given.</summary>
    internal static DocumentVerification Unreadable(MedIdError error, string subIndication = SubIndications.FormatFailure) => new()
    {
        Outcome = VerificationOutcome.Refused,
        Error = error,
        Indication = new(MainIndication.TotalFailed, subIndication),
    };
}
