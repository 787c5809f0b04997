using MedId.Core;

namespace MedId.OAuth.Server;

/// <summary>The token endpoint (RFC 6749 §3.2): authenticates the client, then hands the request to the handler of its grant type.</summary>
public sealed class TokenEndpoint
{
    private readonly ClientAuthenticator _clients;
    private readonly IGrantHandler[] _handlers;
    private readonly OAuthServerOptions _options;
    private readonly SenderConstraints _constraints;
    private readonly TimeProvider _time;

    /// <summary>Makes the endpoint.</summary>
    /// <param name="clients">Authenticates.</param>
    /// <param name="handlers">One handler a grant type; at least one.</param>
    /// <param name="options">Where the endpoint is.</param>
    /// <param name="time">The clock; the system's when null.</param>
    /// <exception cref="ArgumentException">No handler, or two of one grant type.</exception>
    public TokenEndpoint(ClientAuthenticator clients, IEnumerable<IGrantHandler> handlers, OAuthServerOptions options, TimeProvider? time = null)
    {
        _clients = clients;
        _handlers = [.. handlers];
        _options = options;
        _time = time ?? TimeProvider.System;
        _constraints = new(clients.Replay, options, _time);
        if (_handlers.Length == 0 || _handlers.DistinctBy(h => h.GrantType, StringComparer.Ordinal).Count() != _handlers.Length)
        {
            throw new ArgumentException("A token endpoint has at least one grant handler, and one for a grant type: add CIBA or another grant.", nameof(handlers));
        }
    }

    /// <summary>The grant types, in the handlers' order; for discovery.</summary>
    public IReadOnlyList<string> GrantTypes => [.. _handlers.Select(h => h.GrantType)];

    /// <summary>Answers a token request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<OAuthAnswer> HandleAsync(OAuthRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);

        // RFC 6749 §3.2.1: who asks comes first; nobody else learns anything.
        var client = await _clients.AuthenticateAsync(request, _options.TokenEndpoint, cancellationToken).ConfigureAwait(false);
        if (!client.Succeeded)
        {
            return OAuthAnswer.Refused(client.Error);
        }

        // §5.2: grant_type is there, known here, and this client's.
        var grantType = request.Form[OAuthParameters.GrantType];
        var handler = Array.Find(_handlers, h => string.Equals(h.GrantType, grantType, StringComparison.Ordinal));
        var wrong =
            grantType is null ? new MedIdError(OAuthServerErrorCodes.ParameterMissing, ErrorCategory.Protocol, "RFC 6749 §5.2", OAuthParameters.GrantType)
            : handler is null ? new MedIdError(OAuthServerErrorCodes.GrantTypeUnsupported, ErrorCategory.Unsupported, "RFC 6749 §5.2")
            : !client.Value.HasGrantType(grantType) ? new MedIdError(OAuthServerErrorCodes.GrantTypeNotRegistered, ErrorCategory.Policy, "RFC 6749 §5.2")
            : null;
        if (wrong is not null)
        {
            return OAuthAnswer.Refused(OAuthServerRefusals.Of(wrong), client.Value.ClientId);
        }

        // RFC 9449 §5, RFC 8705 §3: what the tokens are bound to, before a grant is looked at: nothing of it is used up by a bad proof.
        var constraint = await _constraints.JudgeAsync(request, client.Value, cancellationToken).ConfigureAwait(false);
        var answer = constraint.Error is { } refused
            ? OAuthAnswer.Refused(OAuthServerRefusals.Of(refused), client.Value.ClientId)
            : await handler!.HandleAsync(
                new() { Tenant = request.Tenant, Client = client.Value, Form = request.Form, At = _time.GetUtcNow(), Confirmation = constraint.Confirmation },
                cancellationToken).ConfigureAwait(false);
        return request.DPoP is not null || constraint.Error?.Code == OAuthServerErrorCodes.DpopProofMissing
            ? answer with { Headers = [.. answer.Headers, .. _constraints.Headers()] }
            : answer;
    }
}
