using MedId.Core;
using MedId.Cryptography;

namespace MedId.OAuth.Server;

/// <summary>Gathers a client's public keys for a pure verifier.</summary>
public interface IClientKeySource
{
    /// <summary>Verifies with the client's keys; where they are fetched, looks again when the verifier says that the key is not there.</summary>
    /// <typeparam name="T">What the verifier gives.</typeparam>
    /// <param name="client">The client.</param>
    /// <param name="verify">A pure verifier; may run twice.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The verifier's result, or why there are no keys.</returns>
    ValueTask<MedIdResult<T>> VerifyAsync<T>(ClientRegistration client, Func<JsonWebKeySet, MedIdResult<T>> verify, CancellationToken cancellationToken = default)
        where T : notnull;
}
