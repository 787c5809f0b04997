using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using MedId.Core;

namespace MedId.Fido.Uaf;

/// <summary>What became of a registration response, with a verdict for each assertion.</summary>
public sealed class UafRegistrationOutcome
{
    internal UafRegistrationOutcome(MedIdError? error, UafLeniencies leniencies, ImmutableArray<UafRegistrationVerdict> verdicts)
    {
        Error = error;
        Verdicts = verdicts;
        LenienciesUsed = leniencies;
        var registrations = ImmutableArray.CreateBuilder<UafRegistration>(verdicts.Length);
        foreach (var verdict in verdicts)
        {
            LenienciesUsed |= verdict.LenienciesUsed;
            if (error is null && verdict.Registration is { } registration)
            {
                registrations.Add(registration);
                Risks |= verdict.Risks;
            }
        }

        Registrations = registrations.DrainToImmutable();
    }

    /// <summary>Whether at least one assertion holds and those that hold complete the policy.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Error is null;

    /// <summary>Why not; null when it succeeded.</summary>
    public MedIdError? Error { get; }

    /// <summary>The registrations to store; empty when refused.</summary>
    public ImmutableArray<UafRegistration> Registrations { get; }

    /// <summary>One verdict for each assertion, in order; empty where the response was refused before.</summary>
    public ImmutableArray<UafRegistrationVerdict> Verdicts { get; }

    /// <summary>Departures from the standard that the response needed.</summary>
    public UafLeniencies LenienciesUsed { get; }

    /// <summary>What the accepted assertions say about risk.</summary>
    public UafRisks Risks { get; }

    /// <summary>The status code for the client.</summary>
    /// <param name="mode">How much the code says.</param>
    public int StatusCode(UafStatusMode mode = UafStatusMode.Specific) => Succeeded ? UafStatusCodes.Ok : UafStatusCodes.FromError(Error, mode);
}
