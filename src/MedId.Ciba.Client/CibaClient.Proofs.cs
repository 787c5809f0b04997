using MedId.Core;
using MedId.OAuth;

namespace MedId.Ciba.Client;

/// <content>Requests for tokens, with the proof that they are to be bound to.</content>
public sealed partial class CibaClient
{
    private async Task<MedIdResult<ProtocolHttpResponse>> PostForTokensAsync(
        string operation, AuthorizationServerMetadata metadata, Func<ClientRequest, ClientRequest> fill, CancellationToken cancellationToken)
    {
        var form = fill(new ClientRequest(metadata.TokenEndpoint, metadata.Issuer));
        return await _http.PostAsync(operation, form, _credential, cancellationToken).ConfigureAwait(false);
    }
}
