using MedId.Core;

namespace MedId.OAuth.Server;

/// <summary>Remembers what may be used once: assertion and request identifiers, evidence, challenges.</summary>
public interface IReplayStore
{
    /// <summary>Consumes a key, atomically over all nodes.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="key">Issuer, identifier and until when to remember it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>True for exactly one caller per key; false for every other.</returns>
    ValueTask<bool> TryConsumeAsync(TenantId tenant, ReplayKey key, CancellationToken cancellationToken = default);
}
