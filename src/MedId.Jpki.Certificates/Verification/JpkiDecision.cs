using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using MedId.Core;
using MedId.Pki;

namespace MedId.Jpki.Certificates;

/// <summary>How the verification of a certificate ended. The standing is named in every result.</summary>
[JsonConverter(typeof(NeverSerialized))]
public sealed class JpkiDecision
{
    internal JpkiDecision()
    {
    }

    /// <summary>Accepted only when everything required was proven; undetermined when evidence about revocation is missing, stale or unusable.</summary>
    public required VerificationOutcome Outcome { get; init; }

    /// <summary>Whether the certificate is accepted.</summary>
    [MemberNotNullWhen(true, nameof(Evidence))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsAccepted => Outcome == VerificationOutcome.Accepted;

    /// <summary>Why not; null when accepted.</summary>
    public MedIdError? Error { get; init; }

    /// <summary>Under which standing it was asked.</summary>
    public required JpkiStanding Standing { get; init; }

    /// <summary>The evidence; null unless accepted.</summary>
    public JpkiEvidence? Evidence { get; init; }

    /// <summary>The profile that the certificate keeps to; null when it keeps to none, and from a platform operator.</summary>
    public JpkiCertificateProfile? Profile { get; init; }

    /// <summary>What is known of its revocation, and what to do. Also of a refused one: a revoked certificate asks for something.</summary>
    public JpkiRevocation Revocation { get; init; } = new() { Status = RevocationStatus.NotChecked };

    /// <summary>The path decision; null when it did not come to that, and from a platform operator.</summary>
    public PathDecision? Path { get; init; }

    /// <summary>Whether an algorithm was needed that only a loudly named option allows.</summary>
    public bool UsedWeakAlgorithm { get; init; }

    /// <summary>Every check in order; empty unless the policy asks for it.</summary>
    public IReadOnlyList<PathStep> Steps { get; init; } = [];

    /// <summary>The outcome and the code; nothing of the person.</summary>
    public override string ToString() => Error is null ? $"{Outcome} {Standing}" : $"{Outcome} {Standing} {Error.Code}";

    internal static JpkiDecision Of(JpkiStanding standing, MedIdError error, VerificationOutcome outcome = VerificationOutcome.Refused) =>
        new() { Outcome = outcome, Error = error, Standing = standing };
}
