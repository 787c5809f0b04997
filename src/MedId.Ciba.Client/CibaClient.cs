using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth;

namespace MedId.Ciba.Client;

/// <summary>
/// A relying party of OpenID CIBA: <see cref="StartAsync"/>, then <see cref="WaitAsync"/>, or what the OP sends (<see cref="AcceptPushAsync"/>). One instance serves every request of a client; any
/// thread. <see cref="CibaScheduler"/> does this for many patients and over a restart.
/// </summary>
/// <remarks>
/// What the OP or the person refuses is a result. An OP that cannot be reached is <see cref="HttpRequestException"/> or <see cref="TimeoutException"/>, except
/// inside <see cref="WaitAsync"/>, which asks again until the request expires.
/// </remarks>
public sealed partial class CibaClient : IDisposable
{
    private readonly CibaClientOptions _options;
    private readonly IClientCredential _credential;
    private readonly ProtocolHttpClient _http;
    private readonly MetadataClient _metadata;
    private readonly JwksClient _keys;
    private readonly TimeProvider _time;
    private readonly AlgorithmPolicy _algorithms;

    /// <summary>A client.</summary>
    /// <param name="http">Owned by the caller; its handler must not follow redirects.</param>
    /// <param name="options">Not changed afterwards.</param>
    /// <param name="time">The clock; the system's when null.</param>
    /// <exception cref="ArgumentException">The options are incomplete; the message names what is missing.</exception>
    public CibaClient(HttpClient http, CibaClientOptions options, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(options);
        if (options.FindMistakes().FirstOrDefault() is { } mistake)
        {
            throw new ArgumentException(mistake, nameof(options));
        }

        _options = options;
        _credential = options.Credential!;
        _time = time ?? TimeProvider.System;
        _http = new ProtocolHttpClient(http, options.Http, _time);
        _metadata = new MetadataClient(_http, options.Issuer, _time);
        _keys = new JwksClient(_http, _time);
        _proofs = options.DpopKey is { } key ? new DpopProofs(key, _time) : null;
        _algorithms = ProfileRules.Narrow(options.Profile, options.Algorithms);
    }

    /// <summary>How this client gets its tokens.</summary>
    public TokenDeliveryMode DeliveryMode => _options.DeliveryMode;

    /// <summary>The client in whose name this asks.</summary>
    public string ClientId => _credential.ClientId;

    /// <summary>Asks the OP to ask the patient (CIBA Core §7.1).</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="proof">The proof that the person agreed that this client processes it (row A16). There is no way to ask without one.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>What to wait with; <see cref="CibaClientErrorCodes.ProcessingProofMismatch"/> before anything is sent when the proof is for another client or person, or older than a minute.</returns>
    /// <exception cref="ArgumentException">The request cannot be sent: a scope with a space, evidence without a signing key.</exception>
    public Task<MedIdResult<BackchannelAuthentication>> StartAsync(BackchannelRequest request, ProcessingProof proof, CancellationToken cancellationToken = default) =>
        StartNotifiedAsync(request, proof, NewNotificationToken(), cancellationToken);

    /// <summary>A <c>client_notification_token</c> (CIBA Core §7.1): 256 random bits; null for a client that polls, to which it means nothing.</summary>
    internal string? NewNotificationToken() => DeliveryMode == TokenDeliveryMode.Poll ? null : SecretGenerator.Base64Url();

    /// <summary>Asks with a token that is known before the request leaves, because a notification may come before its answer.</summary>
    internal async Task<MedIdResult<BackchannelAuthentication>> StartNotifiedAsync(BackchannelRequest request, ProcessingProof proof, string? notificationToken, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(proof);
        if ((request.FindMistake(signed: _options.RequestSigningKey is not null) ?? ProfileRules.FindMistake(_options.Profile, request)) is { } mistake)
        {
            throw new ArgumentException(mistake, nameof(request));
        }

        using var activity = CibaClientTelemetry.Source.StartActivity("ciba backchannel request");
        var result = proof.Covers(request, _credential.ClientId, _time.GetUtcNow())
            ? await SendAsync(request, notificationToken, cancellationToken).ConfigureAwait(false)
            : new MedIdError(CibaClientErrorCodes.ProcessingProofMismatch, ErrorCategory.State, "MedId walk, consent to process", "prove the consent anew for this request");
        CibaClientTelemetry.Count(CibaClientTelemetry.Requests, activity, result.Error);
        return result;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _metadata.Dispose();
        _keys.Dispose();
    }

    private async Task<MedIdResult<BackchannelAuthentication>> SendAsync(BackchannelRequest request, string? notificationToken, CancellationToken cancellationToken)
    {
        var found = await GetMetadataAsync(cancellationToken).ConfigureAwait(false);
        if (!found.Succeeded)
        {
            return found.Error;
        }

        var metadata = found.Value;
        if (FindUnsupported(metadata) is { } unsupported)
        {
            return unsupported;
        }

        var sentAt = _time.GetUtcNow();
        var form = await FormAsync(request, notificationToken, metadata, sentAt, cancellationToken).ConfigureAwait(false);
        var answer = await _http.PostAsync("backchannel", form, _credential, cancellationToken).ConfigureAwait(false);
        return !answer.Succeeded ? answer.Error
            : !answer.Value.IsOk ? answer.Value.ToError("CIBA Core §13")
            : BackchannelAuthentication.Parse(answer.Value.Body, request, notificationToken, sentAt, _time.GetUtcNow());
    }

    /// <summary>What the OP says about itself, with the endpoints that this client is to use (RFC 8705 §5).</summary>
    private async ValueTask<MedIdResult<AuthorizationServerMetadata>> GetMetadataAsync(CancellationToken cancellationToken)
    {
        var metadata = await _metadata.GetAsync(cancellationToken).ConfigureAwait(false);
        return metadata.Succeeded && _options.UsesMutualTls ? metadata.Value.WithMtlsEndpoints() : metadata;
    }

    /// <summary>CIBA Core §4: what the OP says that it can has to be what this client was registered for.</summary>
    private MedIdError? FindUnsupported(AuthorizationServerMetadata metadata)
    {
        const string Section = "CIBA Core §4";
        var mode = DeliveryMode switch
        {
            TokenDeliveryMode.Ping => "ping",
            TokenDeliveryMode.Push => "push",
            _ => "poll",
        };
        return metadata.BackchannelAuthenticationEndpoint is null ? new(OAuthErrorCodes.EndpointMissing, ErrorCategory.Protocol, Section, "backchannel_authentication_endpoint")
            : !metadata.BackchannelTokenDeliveryModesSupported.Contains(mode, StringComparer.Ordinal)
                ? new(DeliveryMode == TokenDeliveryMode.Poll ? CibaClientErrorCodes.PollNotSupported : CibaClientErrorCodes.DeliveryModeNotSupported, ErrorCategory.Unsupported, Section, mode)
            : metadata.GrantTypesSupported.Count > 0 && DeliveryMode != TokenDeliveryMode.Push && !metadata.GrantTypesSupported.Contains(GrantTypes.Ciba, StringComparer.Ordinal)
                ? new(CibaClientErrorCodes.GrantNotSupported, ErrorCategory.Unsupported, Section)
            : _options.RequestSigningKey is { } key && !IsListed(metadata.BackchannelRequestSigningAlgsSupported, key)
                ? new(CibaClientErrorCodes.SigningAlgorithmNotSupported, ErrorCategory.Unsupported, Section)
            : _options.BindsToCertificate && !metadata.TlsClientCertificateBoundAccessTokens
                ? new(CibaClientErrorCodes.BindingNotSupported, ErrorCategory.Policy, "RFC 8705 §3.3", "tls_client_certificate_bound_access_tokens")
            : null;
    }

    /// <summary>RFC 9864: Ed25519 is listed by its own name or by the older one.</summary>
    private static bool IsListed(IReadOnlyList<string> names, SigningKey key) =>
        names.Any(name => SignatureAlgorithm.TryFromJose(name, out var algorithm) && algorithm == key.Algorithm);

    private async ValueTask<ClientRequest> FormAsync(
        BackchannelRequest request, string? notificationToken, AuthorizationServerMetadata metadata, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var form = new ClientRequest(metadata.BackchannelAuthenticationEndpoint!, metadata.Issuer);
        if (_options.RequestSigningKey is { } key)
        {
            return form.Add(OAuthParameters.Request, await SignedRequest.SignAsync(
                request, notificationToken, key, _credential.ClientId, metadata.Issuer, at, _options.RequestLifetime, cancellationToken).ConfigureAwait(false));
        }

        foreach (var (name, value) in request.Parameters(notificationToken))
        {
            form.Add(name, value);
        }

        return form;
    }
}
