using MedId.Core;

namespace MedId.Fido.Uaf;

/// <summary>What became of one assertion of an authentication response.</summary>
public sealed record UafAuthenticationVerdict
{
    /// <summary>The model that the assertion names; null where it could not be read. Proved only where <see cref="Authentication"/> is there.</summary>
    public Aaid? Aaid { get; init; }

    /// <summary>The key that the assertion names; null where it could not be read.</summary>
    public UafKeyId? KeyId { get; init; }

    /// <summary>Why the assertion was passed over; null when it holds.</summary>
    public MedIdError? Error { get; init; }

    /// <summary>The evidence; null when the assertion was passed over. It counts only where the whole response was accepted.</summary>
    public UafAuthentication? Authentication { get; init; }

    /// <summary>Departures from the standard that were needed.</summary>
    public UafLeniencies LenienciesUsed { get; init; }

    /// <summary>What it says about risk. <see cref="UafRisks.CloneSuspected"/> is said of refused assertions too: flag the registration.</summary>
    public UafRisks Risks { get; init; }
}
