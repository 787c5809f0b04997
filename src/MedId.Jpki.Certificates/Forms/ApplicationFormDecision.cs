using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using MedId.Core;
using MedId.Signatures;

namespace MedId.Jpki.Certificates;

/// <summary>How the verification of an application form ended.</summary>
[JsonConverter(typeof(NeverSerialized))]
public sealed class ApplicationFormDecision
{
    internal ApplicationFormDecision()
    {
    }

    /// <summary>Accepted only when signature, certificate and attributes all hold; undetermined when evidence is missing or a person has to look at a character.</summary>
    public required VerificationOutcome Outcome { get; init; }

    /// <summary>Whether the form is accepted.</summary>
    [MemberNotNullWhen(true, nameof(Evidence))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsAccepted => Outcome == VerificationOutcome.Accepted;

    /// <summary>Why not; null when accepted.</summary>
    public MedIdError? Error { get; init; }

    /// <summary>Under which standing it was asked.</summary>
    public required JpkiStanding Standing { get; init; }

    /// <summary>The evidence; null unless accepted.</summary>
    public ApplicationFormEvidence? Evidence { get; init; }

    /// <summary>The decision about the certificate; null when none could be read.</summary>
    public JpkiDecision? Certificate { get; init; }

    /// <summary>What was found out about a CMS or XML signature; null for a bare one.</summary>
    public DocumentVerification? Signature { get; init; }

    /// <summary>How the form stands to the certificate; null when it did not come to that.</summary>
    public FormComparison? Comparison { get; init; }

    /// <summary>The outcome and the code.</summary>
    public override string ToString() => Error is null ? $"{Outcome} {Standing}" : $"{Outcome} {Standing} {Error.Code}";
}
