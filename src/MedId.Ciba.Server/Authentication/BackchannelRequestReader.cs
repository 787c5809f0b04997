using MedId.Core;
using MedId.OAuth;
using MedId.OAuth.Server;

namespace MedId.Ciba.Server;

/// <summary>Reads what an authenticated client asks: the signed request where there is one, then the parameters (CIBA Core §7.2 steps 2, 3 and 6).</summary>
public sealed class BackchannelRequestReader
{
    // §7.1.1: beside the signed request stands client authentication and nothing else.
    private static readonly string[] BesideSignedRequest =
        [OAuthParameters.Request, OAuthParameters.ClientId, OAuthParameters.ClientSecret, OAuthParameters.ClientAssertion, OAuthParameters.ClientAssertionType];

    private readonly IClientKeySource _keys;
    private readonly IReplayStore _replay;
    private readonly ParameterRules _rules;
    private readonly OAuthServerOptions _server;
    private readonly CibaOptions _options;

    /// <summary>Makes a reader.</summary>
    /// <param name="keys">The clients' keys.</param>
    /// <param name="replay">Remembers signed requests.</param>
    /// <param name="acrs">The classes that this OP knows.</param>
    /// <param name="server">Issuer, algorithms, clock skew.</param>
    /// <param name="options">Checked here.</param>
    /// <param name="scopes">Which scopes a client may ask for; <see cref="RegisteredScopes"/> when null.</param>
    /// <exception cref="ArgumentException">The options do not stand.</exception>
    public BackchannelRequestReader(
        IClientKeySource keys, IReplayStore replay, AcrTable acrs, OAuthServerOptions server, CibaOptions options, IScopePolicy? scopes = null)
    {
        CibaOptions.ThrowIfWrong(options, server);
        _keys = keys;
        _replay = replay;
        _rules = new(acrs, scopes ?? new RegisteredScopes(), options);
        _server = server;
        _options = options;
    }

    /// <summary>Reads a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="client">Its authenticated client.</param>
    /// <param name="at">The time that counts.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The parameters; refused with <c>ciba.*</c> or, for a defect of the signature, with <c>jose.*</c>.</returns>
    public async ValueTask<MedIdResult<BackchannelParameters>> ReadAsync(
        OAuthRequest request, ClientRegistration client, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(client);
        var raw = await ReadRawAsync(request, client, at, cancellationToken).ConfigureAwait(false);
        return raw.Then(parameters => _rules.Apply(parameters, client));
    }

    private async ValueTask<MedIdResult<RawParameters>> ReadRawAsync(OAuthRequest request, ClientRegistration client, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var form = request.Form;

        // §7.1.1: by value only.
        if (form["request_uri"] is not null)
        {
            return new MedIdError(CibaErrorCodes.RequestUriUnsupported, ErrorCategory.Unsupported, "CIBA Core §7.1.1");
        }

        // §4: who registered an algorithm signs; who did not, does not.
        var registered = client.Metadata.BackchannelAuthenticationRequestSigningAlg is not null;
        if (form[OAuthParameters.Request] is not { } signed)
        {
            return registered || _options.RequireSignedRequests
                ? new MedIdError(CibaErrorCodes.RequestUnsigned, ErrorCategory.Protocol, "CIBA Core §7.1.1")
                : RawParameters.Of(form);
        }

        if (!registered)
        {
            return new MedIdError(CibaErrorCodes.RequestSigningNotRegistered, ErrorCategory.Protocol, "CIBA Core §4");
        }

        if (form.Names.FirstOrDefault(n => !BesideSignedRequest.Contains(n, StringComparer.Ordinal)) is not null)
        {
            return new MedIdError(CibaErrorCodes.RequestParameterOutside, ErrorCategory.Protocol, "CIBA Core §7.1.1");
        }

        var verified = await _keys.VerifyAsync(
            client, keys => SignedRequestVerifier.Verify(signed, client, keys, _server, _options.MaxSignedRequestLifetime, at), cancellationToken).ConfigureAwait(false);
        if (!verified.Succeeded)
        {
            return verified.Error;
        }

        // §7.1.1: jti, once the signature is known to be the client's.
        return await _replay.TryConsumeAsync(request.Tenant, verified.Value.ReplayKey, cancellationToken).ConfigureAwait(false)
            ? RawParameters.Of(signed, verified.Value.Claims)
            : new MedIdError(CibaErrorCodes.RequestReplayed, ErrorCategory.State, "CIBA Core §7.1.1");
    }
}
