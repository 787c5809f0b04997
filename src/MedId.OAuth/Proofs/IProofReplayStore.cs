using MedId.Core;

namespace MedId.OAuth;

/// <summary>Remembers proofs that were used, for servers that are not an OP with a store of its own (RFC 9449 §11.1).</summary>
public interface IProofReplayStore
{
    /// <summary>Consumes a proof, atomically over all nodes that take proofs for the same URIs.</summary>
    /// <param name="key">The proof's <see cref="VerifiedDpopProof.ReplayKey"/>.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>True for exactly one caller per key; false for every other.</returns>
    ValueTask<bool> TryConsumeAsync(ReplayKey key, CancellationToken cancellationToken = default);
}
