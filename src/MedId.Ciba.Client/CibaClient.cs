using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth;

namespace MedId.Ciba.Client;

/// <summary>
/// A relying party of OpenID CIBA in poll mode: <see cref="StartAsync"/>, then <see cref="WaitAsync"/>. One instance serves every request of a client; any thread.
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
    }

    /// <summary>The client in whose name this asks.</summary>
    public string ClientId => _credential.ClientId;

    /// <summary>Asks the OP to ask the patient (CIBA Core §7.1).</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="proof">The proof that the person agreed that this client processes it (row A16). There is no way to ask without one.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>What to wait with; <see cref="CibaClientErrorCodes.ProcessingProofMismatch"/> before anything is sent when the proof is for another client or person, or older than a minute.</returns>
    /// <exception cref="ArgumentException">The request cannot be sent: a scope with a space, evidence without a signing key.</exception>
    public async Task<MedIdResult<BackchannelAuthentication>> StartAsync(BackchannelRequest request, ProcessingProof proof, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(proof);
        if (request.FindMistake(signed: _options.RequestSigningKey is not null) is { } mistake)
        {
            throw new ArgumentException(mistake, nameof(request));
        }

        using var activity = CibaClientTelemetry.Source.StartActivity("ciba backchannel request");
        var result = proof.Covers(request, _credential.ClientId, _time.GetUtcNow())
            ? await SendAsync(request, cancellationToken).ConfigureAwait(false)
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

    private async Task<MedIdResult<BackchannelAuthentication>> SendAsync(BackchannelRequest request, CancellationToken cancellationToken)
    {
        var metadata = await _metadata.GetAsync(cancellationToken).ConfigureAwait(false);
        if (!metadata.Succeeded)
        {
            return metadata.Error;
        }

        // CIBA Core §4: what the OP says it can.
        if (metadata.Value.BackchannelAuthenticationEndpoint is not { } endpoint)
        {
            return new MedIdError(OAuthErrorCodes.EndpointMissing, ErrorCategory.Protocol, "CIBA Core §4", "backchannel_authentication_endpoint");
        }

        if (!metadata.Value.BackchannelTokenDeliveryModesSupported.Contains("poll", StringComparer.Ordinal))
        {
            return new MedIdError(CibaClientErrorCodes.PollNotSupported, ErrorCategory.Unsupported, "CIBA Core §4");
        }

        var form = new ClientRequest(endpoint, metadata.Value.Issuer);
        var sentAt = _time.GetUtcNow();
        if (_options.RequestSigningKey is { } key)
        {
            if (!metadata.Value.BackchannelRequestSigningAlgsSupported.Contains(key.Algorithm.JoseName, StringComparer.Ordinal))
            {
                return new MedIdError(CibaClientErrorCodes.SigningAlgorithmNotSupported, ErrorCategory.Unsupported, "CIBA Core §4");
            }

            form.Add(OAuthParameters.Request, await SignedRequest.SignAsync(
                request, key, _credential.ClientId, metadata.Value.Issuer, sentAt, _options.RequestLifetime, cancellationToken).ConfigureAwait(false));
        }
        else
        {
            foreach (var (name, value) in request.Parameters())
            {
                form.Add(name, value);
            }
        }

        var answer = await _http.PostAsync("backchannel", form, _credential, cancellationToken).ConfigureAwait(false);
        return !answer.Succeeded ? answer.Error
            : !answer.Value.IsOk ? answer.Value.ToError("CIBA Core §13")
            : BackchannelAuthentication.Parse(answer.Value.Body, request, sentAt, _time.GetUtcNow());
    }
}
