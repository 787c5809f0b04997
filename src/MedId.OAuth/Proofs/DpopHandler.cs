using System.Net;

namespace MedId.OAuth;

/// <summary>
/// Sends requests to a protected resource with a proof each: put a bound token into <c>Authorization: DPoP</c> and this adds the proof. When the server asks for a nonce
/// the request is sent once more, if it has no body or one that can be sent again (RFC 9449 §9).
/// </summary>
public sealed class DpopHandler : DelegatingHandler
{
    private readonly DpopProofs _proofs;

    /// <summary>A handler; give it an inner handler, or hand it to <c>AddHttpMessageHandler</c>.</summary>
    /// <param name="proofs">The proofs of the key that the tokens are bound to.</param>
    public DpopHandler(DpopProofs proofs)
    {
        ArgumentNullException.ThrowIfNull(proofs);
        _proofs = proofs;
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Headers.Authorization is not { Parameter: { Length: > 0 } token } authorization || !string.Equals(authorization.Scheme, TokenTypes.DPoP, StringComparison.OrdinalIgnoreCase))
        {
            return await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        }

        // A body is read into memory before the first sending, so that a second one has it.
        if (request.Content is not null)
        {
            await request.Content.LoadIntoBufferAsync(cancellationToken).ConfigureAwait(false);
        }

        await _proofs.AuthorizeAsync(request, token, cancellationToken).ConfigureAwait(false);
        var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        var isNew = _proofs.Remember(request.RequestUri!, DpopProofs.NonceOf(response));
        if (response.StatusCode != HttpStatusCode.Unauthorized || !isNew || !AsksForNonce(response))
        {
            return response;
        }

        response.Dispose();
        await _proofs.AuthorizeAsync(request, token, cancellationToken).ConfigureAwait(false);
        response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        _proofs.Remember(request.RequestUri!, DpopProofs.NonceOf(response));
        return response;
    }

    private static bool AsksForNonce(HttpResponseMessage response) =>
        response.Headers.TryGetValues("WWW-Authenticate", out var values)
        && AuthenticationChallenge.ParseAll(values).Any(one => one.Is(TokenTypes.DPoP) && string.Equals(one["error"], OAuthErrorNames.UseDpopNonce, StringComparison.Ordinal));
}
