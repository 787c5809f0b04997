using MedId.Core;
using MedId.Cryptography;
using MedId.Pki;

namespace MedId.OAuth.Server;

/// <summary>
/// Authenticates clients by secret in header or form (RFC 6749 §2.3.1), by assertion (RFC 7523 §2.2, OIDC Core §9) and by certificate (RFC 8705 §2), each by its registered
/// method only.
/// </summary>
/// <remarks>
/// Nobody is told whether a client exists: an unknown client, a wrong secret, a method that was not registered or is not taken here, a certificate of somebody else and an
/// assertion that the client's keys did not sign get one and the same answer after the same work. Defects of an assertion are named only to whoever holds the key.
/// </remarks>
public sealed class ClientAuthenticator
{
    private readonly IClientStore _clients;
    private readonly IClientKeySource _keys;
    private readonly IReplayStore _replay;
    private readonly OAuthServerOptions _options;
    private readonly TimeProvider _time;
    private readonly IClientAuthenticationLimit? _limit;

    /// <summary>Makes an authenticator.</summary>
    /// <param name="clients">The clients.</param>
    /// <param name="keys">Their keys.</param>
    /// <param name="replay">Remembers assertions.</param>
    /// <param name="options">Checked here.</param>
    /// <param name="time">The clock; the system's when null.</param>
    /// <param name="limit">Ends guessing; null: nobody does.</param>
    /// <exception cref="ArgumentException">The options do not stand.</exception>
    public ClientAuthenticator(
        IClientStore clients, IClientKeySource keys, IReplayStore replay, OAuthServerOptions options, TimeProvider? time = null, IClientAuthenticationLimit? limit = null)
    {
        OAuthServerOptions.ThrowIfWrong(options);
        _clients = clients;
        _keys = keys;
        _replay = replay;
        _options = options;
        _time = time ?? TimeProvider.System;
        _limit = limit;
    }

    /// <summary>For the endpoint that has it authenticate: what is used once there is remembered in the same place.</summary>
    internal IReplayStore Replay => _replay;

    /// <summary>Authenticates the client of a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="endpoint">The URL of the endpoint called; one of the accepted audiences.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The client; refused with <c>oauth_server.client_*</c> or, for the holder of the key, with the <c>jose.*</c> code of the assertion's defect.</returns>
    public async ValueTask<MedIdResult<ClientRegistration>> AuthenticateAsync(OAuthRequest request, string endpoint, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentException.ThrowIfNullOrEmpty(endpoint);

        // RFC 7523 §3 rule 2 with RFC 7521 §4.2: the issuer names the client; read once, and nothing is believed yet.
        MedIdResult<string>? issuer = request.Form[OAuthParameters.ClientAssertion] is { } assertion ? JwtVerifier.PeekUnverifiedIssuer(assertion) : null;
        if (_limit is null)
        {
            return await JudgeAsync(request, issuer, endpoint, cancellationToken).ConfigureAwait(false);
        }

        var claimed = Claimed(request, issuer);
        if (!await _limit.MayTryAsync(request, claimed, cancellationToken).ConfigureAwait(false))
        {
            return new MedIdError(OAuthServerErrorCodes.ClientAuthenticationLimited, ErrorCategory.Policy, "RFC 6819 §5.1.4.2.3");
        }

        var judged = await JudgeAsync(request, issuer, endpoint, cancellationToken).ConfigureAwait(false);
        if (!judged.Succeeded && IsGuess(judged.Error.Code))
        {
            await _limit.FailedAsync(request, claimed, cancellationToken).ConfigureAwait(false);
        }

        return judged;
    }

    /// <summary>Whether a refusal may be the answer to a guess; a request of a wrong form is none.</summary>
    private static bool IsGuess(string code) => code is not (OAuthServerErrorCodes.ClientAuthenticationMissing or OAuthServerErrorCodes.ClientAuthenticationMultiple
        or OAuthServerErrorCodes.ClientAssertionTypeUnsupported or OAuthServerErrorCodes.ParameterMissing);

    /// <summary>Whom a request claims to come from; nothing of it is believed.</summary>
    private static string? Claimed(OAuthRequest request, MedIdResult<string>? issuer) =>
        request.Authorization is { } authorization ? BasicCredential.Parse(authorization)?.ClientId
        : issuer is not null ? issuer.Value
        : request.Form[OAuthParameters.ClientId];

    private async ValueTask<MedIdResult<ClientRegistration>> JudgeAsync(OAuthRequest request, MedIdResult<string>? issuer, string endpoint, CancellationToken cancellationToken)
    {
        var form = request.Form;
        var assertion = form[OAuthParameters.ClientAssertion];

        // RFC 6749 §2.3: one method in a request. A lone client_assertion_type counts, so that nobody's typing error turns one method into another. A certificate beside another
        // method is none: tokens are bound to it (RFC 8705 §3).
        var hasAssertion = assertion is not null || form[OAuthParameters.ClientAssertionType] is not null;
        var methods = (hasAssertion ? 1 : 0) + (request.Authorization is null ? 0 : 1) + (form[OAuthParameters.ClientSecret] is null ? 0 : 1);
        if (methods > 1)
        {
            return new MedIdError(OAuthServerErrorCodes.ClientAuthenticationMultiple, ErrorCategory.Protocol, "RFC 6749 §2.3");
        }

        if (hasAssertion)
        {
            // RFC 7521 §4.2: the type says what the assertion is.
            return assertion is not null && issuer is not null && string.Equals(form[OAuthParameters.ClientAssertionType], TokenTypes.JwtBearerAssertion, StringComparison.Ordinal)
                ? await AuthenticateByAssertionAsync(request, assertion, issuer, endpoint, cancellationToken).ConfigureAwait(false)
                : new MedIdError(OAuthServerErrorCodes.ClientAssertionTypeUnsupported, ErrorCategory.Unsupported, "RFC 7521 §4.2");
        }

        if (request.Authorization is not null)
        {
            return BasicCredential.Parse(request.Authorization) is { } credential
                ? await AuthenticateBySecretAsync(request, credential.ClientId, credential.Secret, ClientAuthenticationMethod.ClientSecretBasic, cancellationToken).ConfigureAwait(false)
                : Failed("RFC 6749 §2.3.1");
        }

        if (form[OAuthParameters.ClientSecret] is { } secret)
        {
            return form[OAuthParameters.ClientId] is { } id
                ? await AuthenticateBySecretAsync(request, id, secret, ClientAuthenticationMethod.ClientSecretPost, cancellationToken).ConfigureAwait(false)
                : new MedIdError(OAuthServerErrorCodes.ParameterMissing, ErrorCategory.Protocol, "RFC 6749 §2.3.1", OAuthParameters.ClientId);
        }

        // RFC 8705 §2: who proves itself on the connection names itself in the body.
        return request.Certificate is { } certificate && form[OAuthParameters.ClientId] is { } named
            ? await AuthenticateByCertificateAsync(request, named, certificate, cancellationToken).ConfigureAwait(false)
            : new MedIdError(OAuthServerErrorCodes.ClientAuthenticationMissing, ErrorCategory.Protocol, "RFC 6749 §2.3");
    }

    private async ValueTask<MedIdResult<ClientRegistration>> AuthenticateBySecretAsync(
        OAuthRequest request, string clientId, string secret, ClientAuthenticationMethod method, CancellationToken cancellationToken)
    {
        if (IsOtherClient(request, clientId))
        {
            return IdMismatch();
        }

        var client = await _clients.FindClientAsync(request.Tenant, clientId, cancellationToken).ConfigureAwait(false);
        var matches = ClientSecret.Matches(secret, client?.SecretDigests ?? []);
        return client is not null && matches && IsBy(client, method) ? client : Failed("RFC 6749 §2.3.1");
    }

    private async ValueTask<MedIdResult<ClientRegistration>> AuthenticateByCertificateAsync(
        OAuthRequest request, string clientId, PresentedCertificate presented, CancellationToken cancellationToken)
    {
        var certificate = Certificate.Parse(presented.Der);
        var client = await _clients.FindClientAsync(request.Tenant, clientId, cancellationToken).ConfigureAwait(false);
        if (!certificate.Succeeded)
        {
            return Failed("RFC 8705 §2", certificate.Error.Code);
        }

        if (client is not null && IsBy(client, ClientAuthenticationMethod.TlsClientAuth))
        {
            var named = TlsClientVerifier.VerifyNamed(presented, certificate.Value, client.TlsSubject);
            return named.Succeeded ? client : named.Error;
        }

        if (client is not null && IsBy(client, ClientAuthenticationMethod.SelfSignedTlsClientAuth))
        {
            var registered = await _keys.VerifyAsync(client, keys => TlsClientVerifier.VerifyRegistered(certificate.Value, keys), cancellationToken).ConfigureAwait(false);
            return registered.Succeeded ? client : Failed("RFC 8705 §2.2", registered.Error.Code);
        }

        return Failed("RFC 8705 §2");
    }

    private async ValueTask<MedIdResult<ClientRegistration>> AuthenticateByAssertionAsync(
        OAuthRequest request, string assertion, MedIdResult<string> issuer, string endpoint, CancellationToken cancellationToken)
    {
        if (!issuer.Succeeded)
        {
            return issuer.Error;
        }

        if (IsOtherClient(request, issuer.Value))
        {
            return IdMismatch();
        }

        var now = _time.GetUtcNow();
        var client = await _clients.FindClientAsync(request.Tenant, issuer.Value, cancellationToken).ConfigureAwait(false);
        MedIdResult<ReplayKey> verified;
        if (client is not null && IsBy(client, ClientAuthenticationMethod.PrivateKeyJwt))
        {
            verified = await _keys.VerifyAsync(client, keys => ClientAssertionVerifier.Verify(assertion, client, keys, endpoint, _options, now), cancellationToken).ConfigureAwait(false);
        }
        else if (client is not null && IsBy(client, ClientAuthenticationMethod.ClientSecretJwt))
        {
            verified = ClientAssertionVerifier.VerifyHmac(assertion, client, endpoint, _options, now);
        }
        else
        {
            DecoyKeys.Verify(assertion);
            return Failed("RFC 7523 §3 rule 9");
        }

        if (!verified.Succeeded)
        {
            if (IsOfTheHolder(verified.Error.Code))
            {
                return verified.Error;
            }

            if (!string.Equals(verified.Error.Code, CryptographyErrorCodes.JoseSignatureInvalid, StringComparison.Ordinal))
            {
                DecoyKeys.Verify(assertion);
            }

            return Failed("RFC 7523 §3 rule 9", verified.Error.Code);
        }

        // RFC 7523 §3 rule 7: only now, so that nobody without the key can use up an identifier.
        return await _replay.TryConsumeAsync(request.Tenant, verified.Value, cancellationToken).ConfigureAwait(false)
            ? client!
            : new MedIdError(OAuthServerErrorCodes.ClientAssertionReplayed, ErrorCategory.State, "RFC 7523 §3 rule 7");
    }

    private bool IsBy(ClientRegistration client, ClientAuthenticationMethod method) => client.Metadata.TokenEndpointAuthMethod == method && _options.Accepts(method);

    /// <summary>Whether an assertion was refused for what stands in it after it was verified: what it says is then said to who made it. All else would say that the client exists.</summary>
    private static bool IsOfTheHolder(string code) => code is not (CryptographyErrorCodes.JoseAlgorithmNotAllowed or CryptographyErrorCodes.JoseKeyNotFound
            or CryptographyErrorCodes.JoseTypeNotAccepted or CryptographyErrorCodes.JoseSignatureInvalid)
        && (code.StartsWith("jose.", StringComparison.Ordinal) || string.Equals(code, OAuthServerErrorCodes.ClientAssertionAudience, StringComparison.Ordinal));

    private static bool IsOtherClient(OAuthRequest request, string clientId) =>
        request.Form[OAuthParameters.ClientId] is { } named && !string.Equals(named, clientId, StringComparison.Ordinal);

    private static MedIdError IdMismatch() => new(OAuthServerErrorCodes.ClientIdMismatch, ErrorCategory.Protocol, "RFC 7521 §4.2");

    private static MedIdError Failed(string section, string? detail = null) =>
        new(OAuthServerErrorCodes.ClientAuthenticationFailed, ErrorCategory.Untrusted, section, detail);
}
