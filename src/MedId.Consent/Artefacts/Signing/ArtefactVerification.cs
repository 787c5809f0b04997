using System.Diagnostics.CodeAnalysis;
using MedId.Core;

namespace MedId.Consent;

/// <summary>Who signed an artefact, and what exactly. <see cref="Content"/> was read from the signed octets alone.</summary>
/// <typeparam name="T">What is signed.</typeparam>
public sealed record ArtefactVerification<T>
    where T : class
{
    /// <summary>Accepted when every signature is, every required role has signed, and all signed the same. Undetermined where only evidence is missing.</summary>
    public required VerificationOutcome Outcome { get; init; }

    /// <summary>Whether it is accepted. That it still holds is another question: look at its end, its status, and the log.</summary>
    [MemberNotNullWhen(true, nameof(Content))]
    public bool IsAccepted => Outcome == VerificationOutcome.Accepted;

    /// <summary>Why it is not accepted.</summary>
    public MedIdError? Error { get; init; }

    /// <summary>What is signed; null unless accepted.</summary>
    public T? Content { get; init; }

    /// <summary>The signatures, in the order in which they stand.</summary>
    public IReadOnlyList<ArtefactSignature> Signatures { get; init; } = [];
}
