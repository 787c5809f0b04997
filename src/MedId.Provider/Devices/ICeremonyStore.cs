using MedId.Core;

namespace MedId.Provider;

/// <summary>Acts asked for, each taken at most once.</summary>
public interface ICeremonyStore
{
    /// <summary>Stores an act that was asked for.</summary>
    /// <param name="ceremony">The act.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>Completion.</returns>
    ValueTask AddCeremonyAsync(Ceremony ceremony, CancellationToken cancellationToken = default);

    /// <summary>Takes an act out: whatever its answer turns out to be, it cannot be answered again.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="id">The <c>serverData</c>.</param>
    /// <param name="at">Now.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The act for exactly one caller; null when unknown, taken or expired.</returns>
    ValueTask<Ceremony?> TryTakeCeremonyAsync(TenantId tenant, string id, DateTimeOffset at, CancellationToken cancellationToken = default);
}
