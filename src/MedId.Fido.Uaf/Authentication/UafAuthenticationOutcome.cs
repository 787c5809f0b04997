using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using MedId.Core;

namespace MedId.Fido.Uaf;

/// <summary>What became of an authentication response, with a verdict for each assertion.</summary>
public sealed class UafAuthenticationOutcome
{
    internal UafAuthenticationOutcome(MedIdError? error, UafLeniencies leniencies, ImmutableArray<UafAuthenticationVerdict> verdicts)
    {
        Error = error;
        Verdicts = verdicts;
        LenienciesUsed = leniencies;
        var authentications = ImmutableArray.CreateBuilder<UafAuthentication>(error is null ? verdicts.Length : 0);
        foreach (var verdict in verdicts)
        {
            LenienciesUsed |= verdict.LenienciesUsed;
            Risks |= verdict.Authentication is not null ? verdict.Risks : verdict.Risks & UafRisks.CloneSuspected;
            if (error is null && verdict.Authentication is { } authentication)
            {
                authentications.Add(authentication);
            }
        }

        Authentications = authentications.DrainToImmutable();
    }

    /// <summary>Whether at least one assertion holds, all that hold are of one user, and they complete the policy.</summary>
    [MemberNotNullWhen(false, nameof(Error))]
    public bool Succeeded => Error is null;

    /// <summary>Why not; null when it succeeded.</summary>
    public MedIdError? Error { get; }

    /// <summary>The evidence; empty when refused.</summary>
    public ImmutableArray<UafAuthentication> Authentications { get; }

    /// <summary>One verdict for each assertion, in order; empty where the response was refused before.</summary>
    public ImmutableArray<UafAuthenticationVerdict> Verdicts { get; }

    /// <summary>Departures from the standard that the response needed.</summary>
    public UafLeniencies LenienciesUsed { get; }

    /// <summary>What the assertions say about risk; of refused ones only that a copy is suspected.</summary>
    public UafRisks Risks { get; }

    /// <summary>Whether an assertion of an authentic key had a counter that did not advance.</summary>
    public bool CloneSuspected => (Risks & UafRisks.CloneSuspected) != UafRisks.None;

    /// <summary>The status code for the client.</summary>
    /// <param name="mode">How much the code says.</param>
    public int StatusCode(UafStatusMode mode = UafStatusMode.Specific) => Succeeded ? UafStatusCodes.Ok : UafStatusCodes.FromError(Error, mode);
}
