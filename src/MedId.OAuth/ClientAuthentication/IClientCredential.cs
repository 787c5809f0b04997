namespace MedId.OAuth;

/// <summary>Proves to an authorization server who a client is.</summary>
public interface IClientCredential
{
    /// <summary>The client id at that server.</summary>
    string ClientId { get; }

    /// <summary>Adds the proof to a request: a fresh one each time.</summary>
    /// <param name="request">The request, complete but for the proof.</param>
    /// <param name="cancellationToken">Ends a remote signature.</param>
    ValueTask AuthenticateAsync(ClientRequest request, CancellationToken cancellationToken = default);
}
