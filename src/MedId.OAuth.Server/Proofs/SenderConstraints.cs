using MedId.Core;
using MedId.Cryptography;

namespace MedId.OAuth.Server;

/// <summary>
/// Binds tokens to a key of their client: to a DPoP key (RFC 9449) where the request proves one, to the certificate of the connection (RFC 8705 §3) where the client
/// registered that; never to both. And judges what comes back with a bound token at this server's own protected endpoints.
/// </summary>
/// <remarks>What is judged here comes before anything of a grant is looked at: a bad proof costs the client neither its request nor its pace.</remarks>
public sealed class SenderConstraints
{
    private readonly IReplayStore _replay;
    private readonly OAuthServerOptions _options;
    private readonly TimeProvider _time;
    private readonly DpopKeyCache _keys = new();

    /// <summary>Makes the judge.</summary>
    /// <param name="replay">Remembers proofs.</param>
    /// <param name="options">Which proofs are taken; <see cref="OAuthServerOptions.DpopNonces"/> asks for nonces.</param>
    /// <param name="time">The clock; the system's when null.</param>
    public SenderConstraints(IReplayStore replay, OAuthServerOptions options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(replay);
        ArgumentNullException.ThrowIfNull(options);
        _replay = replay;
        _options = options;
        _time = time ?? TimeProvider.System;
    }

    /// <summary>The algorithms of proofs, as challenges and metadata name them (RFC 9449 §5.1).</summary>
    /// <param name="options">The server.</param>
    /// <param name="now">Now.</param>
    public static IReadOnlyList<string> AlgorithmNames(OAuthServerOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(options);

        // RFC 9864 §2.2: Ed25519 is the name now; clients of before know it as EdDSA.
        return [.. options.Algorithms.For(SignatureUse.ProofOfPossession, now).Algorithms
            .SelectMany(one => one == SignatureAlgorithm.Ed25519 ? (string[])["Ed25519", "EdDSA"] : [one.JoseName!])];
    }

    /// <summary>The key that the tokens of a request are bound to.</summary>
    /// <param name="request">The token request of an authenticated client.</param>
    /// <param name="client">The client.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The key or none; refused with <c>oauth.dpop_*</c> or a code of this package. The proof is used up only where it is good.</returns>
    public async ValueTask<SenderConstraint> JudgeAsync(OAuthRequest request, ClientRegistration client, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(client);
        if (request.DPoP is not { } proof)
        {
            // RFC 8705 §3: bound where the client registered it, whatever method it authenticates by. RFC 9449 §5.2: no proof where one is always sent.
            TokenConfirmation? confirmation = client.Metadata.TlsClientCertificateBoundAccessTokens && request.Certificate is { } certificate
                ? new() { CertificateThumbprint = certificate.Thumbprint }
                : null;
            return RefuseUnbound(client.Metadata, confirmation) is { } unbound ? new(null, unbound) : new(confirmation, null);
        }

        // A token is bound to one key; which of the two, the client has to say.
        if (client.Metadata.TlsClientCertificateBoundAccessTokens)
        {
            return new(null, new(OAuthServerErrorCodes.BindingAmbiguous, ErrorCategory.Protocol, "RFC 8705 §3", "a DPoP proof of a client whose tokens are bound to its certificate"));
        }

        var verified = Verify([proof], Expect("POST", _options.TokenEndpoint));
        if (!verified.Succeeded)
        {
            return new(null, verified.Error);
        }

        return await ConsumeAsync(request.Tenant, verified.Value, cancellationToken).ConfigureAwait(false) is { } replayed
            ? new(null, replayed)
            : new(new() { KeyThumbprint = verified.Value.KeyThumbprint }, null);
    }

    /// <summary>Whether a request to a protected endpoint of this server proves the key that its token is bound to (RFC 9449 §7, RFC 8705 §3).</summary>
    /// <param name="request">The request.</param>
    /// <param name="uri">The endpoint's URI.</param>
    /// <param name="scheme">The scheme that the token came in: <c>Bearer</c> or <c>DPoP</c>.</param>
    /// <param name="accessToken">The token as it came.</param>
    /// <param name="token">The token, read.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The refusal; null when there is none.</returns>
    public async ValueTask<MedIdError?> JudgeAsync(
        ProtectedRequest request, string uri, string scheme, string accessToken, AccessToken token, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(token);
        var isDpop = string.Equals(scheme, TokenTypes.DPoP, StringComparison.OrdinalIgnoreCase);

        // RFC 9449 §7.2: a token bound to a DPoP key is no bearer token, and no other token goes by that scheme.
        if (isDpop != token.Confirmation?.KeyThumbprint is not null)
        {
            return Binding("RFC 9449 §7.2", isDpop ? "the token is not bound to a DPoP key" : "the token is bound to a DPoP key");
        }

        if (token.Confirmation?.CertificateThumbprint is { } bound)
        {
            return request.Certificate is { } shown && string.Equals(shown.Thumbprint, bound, StringComparison.Ordinal)
                ? null
                : Binding("RFC 8705 §3", request.Certificate is null ? "no certificate" : "another certificate");
        }

        if (!isDpop)
        {
            return _options.RequireSenderConstrainedTokens ? Binding("FAPI 2.0 §5.3.4", "the token is not bound") : null;
        }

        var expected = Expect(request.Method, uri) with { AccessToken = accessToken, KeyThumbprint = token.Confirmation!.KeyThumbprint };
        var verified = Verify(request.DPoP, expected);
        return verified.Succeeded ? await ConsumeAsync(request.Tenant, verified.Value, cancellationToken).ConfigureAwait(false) : verified.Error;
    }

    /// <summary>The headers that an answer to a request with a proof has besides: the nonce for the next one (RFC 9449 §8, §8.2).</summary>
    internal IReadOnlyList<KeyValuePair<string, string>> Headers() =>
        _options.DpopNonces is { } nonces ? [new(DpopProofs.NonceHeaderName, nonces.Current(_time.GetUtcNow()))] : [];

    /// <summary>A token that has to be bound and is not; also where no token request was made for it.</summary>
    internal MedIdError? RefuseUnbound(ClientMetadata client, TokenConfirmation? confirmation) => RefuseUnbound(client, confirmation, _options);

    /// <summary>A token that has to be bound and is not.</summary>
    internal static MedIdError? RefuseUnbound(ClientMetadata client, TokenConfirmation? confirmation, OAuthServerOptions options) =>
        client.TlsClientCertificateBoundAccessTokens && confirmation?.CertificateThumbprint is null
            ? new(OAuthServerErrorCodes.CertificateMissing, ErrorCategory.Protocol, "RFC 8705 §3")
        : (client.DpopBoundAccessTokens && confirmation?.KeyThumbprint is null) || (options.RequireSenderConstrainedTokens && confirmation is null)
            ? new(OAuthServerErrorCodes.DpopProofMissing, ErrorCategory.Protocol, "RFC 9449 §5.2")
        : null;

    /// <summary>A proof for the endpoint, or for the same endpoint where connections are asked for a certificate (RFC 8705 §5).</summary>
    private MedIdResult<VerifiedDpopProof> Verify(IReadOnlyList<string?> headers, DpopExpectations expected)
    {
        var verified = DpopProofVerifier.Verify(headers, expected, _keys);
        return verified.Error?.Code == OAuthErrorCodes.DpopUriMismatch && _options.MtlsBaseUrl is not null
            ? DpopProofVerifier.Verify(headers, expected with { Uri = _options.MtlsAliasOf(expected.Uri) }, _keys)
            : verified;
    }

    private DpopExpectations Expect(string method, string uri)
    {
        var now = _time.GetUtcNow();
        return new()
        {
            Method = method,
            Uri = uri,
            Algorithms = _options.Algorithms.For(SignatureUse.ProofOfPossession, now),
            Now = now,
            MaxAge = _options.MaxDpopProofAge,
            ClockSkew = _options.ClockSkew,
            Nonces = _options.DpopNonces,
        };
    }

    /// <summary>RFC 9449 §11.1: only a good proof is remembered, so that nobody without the key can use one up.</summary>
    private async ValueTask<MedIdError?> ConsumeAsync(TenantId tenant, VerifiedDpopProof proof, CancellationToken cancellationToken) =>
        await _replay.TryConsumeAsync(tenant, proof.ReplayKey, cancellationToken).ConfigureAwait(false)
            ? null
            : new(OAuthServerErrorCodes.DpopProofReplayed, ErrorCategory.State, "RFC 9449 §11.1");

    private static MedIdError Binding(string section, string detail) => new(OAuthServerErrorCodes.AccessTokenBinding, ErrorCategory.Untrusted, section, detail);
}
