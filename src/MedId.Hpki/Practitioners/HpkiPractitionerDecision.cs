using System.Diagnostics.CodeAnalysis;
using MedId.Core;

namespace MedId.Hpki;

/// <summary>What was decided about a doctor's own evidence.</summary>
public sealed class HpkiPractitionerDecision
{
    internal HpkiPractitionerDecision()
    {
    }

    /// <summary>Accepted only when everything required was proven.</summary>
    public required VerificationOutcome Outcome { get; init; }

    /// <summary>Whether everything required was proven; the replay key is still to be consumed.</summary>
    [MemberNotNullWhen(true, nameof(Evidence))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsAccepted => Outcome == VerificationOutcome.Accepted;

    /// <summary>Why not; null when accepted.</summary>
    public MedIdError? Error { get; init; }

    /// <summary>The evidence; null unless accepted.</summary>
    public HpkiPractitionerEvidence? Evidence { get; init; }

    /// <summary>The decision about the certificate; null when it did not come to that.</summary>
    public HpkiDecision? Certificate { get; init; }

    internal static HpkiPractitionerDecision Refuse(MedIdError error) => new() { Outcome = VerificationOutcome.Refused, Error = error };
}
