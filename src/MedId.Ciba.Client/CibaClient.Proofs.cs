using MedId.Core;
using MedId.OAuth;

namespace MedId.Ciba.Client;

/// <content>Requests for tokens, with the proof that they are to be bound to.</content>
public sealed partial class CibaClient
{
    private readonly DpopProofs? _proofs;

    /// <summary>
    /// The proofs of the key that this client's tokens are bound to; null without <see cref="CibaClientOptions.DpopKey"/>. For the resource: <see cref="DpopHandler"/> or <see cref="DpopProofs.AuthorizeAsync"/> show the
    /// token together with a proof of the same key.
    /// </summary>
    public DpopProofs? Proofs => _proofs;

    /// <summary>Asks the token endpoint; with DPoP by a fresh proof each time, and once more at once where the OP asks for a nonce (RFC 9449 §8).</summary>
    private Task<MedIdResult<ProtocolHttpResponse>> PostForTokensAsync(
        string operation, AuthorizationServerMetadata metadata, Func<ClientRequest, ClientRequest> fill, CancellationToken cancellationToken) =>
        _http.PostAsync(operation, () => fill(new ClientRequest(metadata.TokenEndpoint, metadata.Issuer)), _credential, _proofs, cancellationToken);
}
