using System.Diagnostics.CodeAnalysis;
using MedId.Core;

namespace MedId.Fido2;

/// <summary>The outcome of §7.2 for one response: the evidence, or the reason of the refusal; and every step on demand.</summary>
public sealed class AuthenticationVerification
{
    private readonly StepRecord _steps;

    internal AuthenticationVerification(AuthenticationEvidence? evidence, MedIdError? error, StepRecord steps)
    {
        (Evidence, Error, _steps) = (evidence, error, steps);
    }

    /// <summary>Whether the response was accepted.</summary>
    [MemberNotNullWhen(true, nameof(Evidence))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Error is null;

    /// <summary>The evidence; null when refused.</summary>
    public AuthenticationEvidence? Evidence { get; }

    /// <summary>The refusal of the first step that does not hold; null when accepted.</summary>
    public MedIdError? Error { get; }

    /// <summary>All 25 steps with their outcomes, made when asked for.</summary>
    public IReadOnlyList<CeremonyStep> Steps => CeremonySteps.Authentication(_steps, Error?.Code);

    /// <inheritdoc/>
    public override string ToString() => Succeeded ? "accepted" : Error.ToString();
}
