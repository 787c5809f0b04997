using MedId.Core;

namespace MedId.Fido.Uaf;

/// <summary>What became of one assertion of a registration response.</summary>
public sealed record UafRegistrationVerdict
{
    /// <summary>The model that the assertion names; null where it could not be read. Proved only where <see cref="Registration"/> is there.</summary>
    public Aaid? Aaid { get; init; }

    /// <summary>The key that the assertion names; null where it could not be read.</summary>
    public UafKeyId? KeyId { get; init; }

    /// <summary>Why the assertion was passed over; null when it holds.</summary>
    public MedIdError? Error { get; init; }

    /// <summary>The registration; null when the assertion was passed over. To be stored only where the whole response was accepted.</summary>
    public UafRegistration? Registration { get; init; }

    /// <summary>Departures from the standard that were needed.</summary>
    public UafLeniencies LenienciesUsed { get; init; }

    /// <summary>What it says about risk.</summary>
    public UafRisks Risks { get; init; }
}
