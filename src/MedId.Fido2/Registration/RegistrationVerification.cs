using System.Diagnostics.CodeAnalysis;
using MedId.Core;

namespace MedId.Fido2;

/// <summary>The outcome of §7.1 for one response: the evidence, or the reason of the refusal; and every step on demand.</summary>
public sealed class RegistrationVerification
{
    private readonly StepRecord _steps;

    internal RegistrationVerification(RegistrationEvidence? evidence, MedIdError? error, StepRecord steps)
    {
        (Evidence, Error, _steps) = (evidence, error, steps);
    }

    /// <summary>Whether the response was accepted.</summary>
    [MemberNotNullWhen(true, nameof(Evidence))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Error is null;

    /// <summary>The evidence, with the record to store; null when refused.</summary>
    public RegistrationEvidence? Evidence { get; }

    /// <summary>The refusal of the first step that does not hold; null when accepted.</summary>
    public MedIdError? Error { get; }

    /// <summary>All 29 steps with their outcomes, made when asked for.</summary>
    public IReadOnlyList<CeremonyStep> Steps => CeremonySteps.Registration(_steps, Error?.Code);

    /// <inheritdoc/>
    public override string ToString() => Succeeded ? "accepted" : Error.ToString();
}
