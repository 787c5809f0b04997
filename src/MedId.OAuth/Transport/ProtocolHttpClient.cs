using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using MedId.Core;

namespace MedId.OAuth;

/// <summary>Sends protocol requests over the caller's <see cref="HttpClient"/> with limits of size and time; never follows a redirect, never retries.</summary>
/// <remarks>
/// The caller's handler must have <c>AllowAutoRedirect = false</c>: a handler that follows by itself has already sent the credentials elsewhere when this class
/// notices. Unreachable servers are <see cref="HttpRequestException"/>, slow ones <see cref="TimeoutException"/>; both pass through.
/// </remarks>
public sealed class ProtocolHttpClient
{
    private readonly HttpClient _http;
    private readonly ProtocolHttpOptions _options;
    private readonly TimeProvider _time;

    /// <summary>A sender over the caller's client.</summary>
    /// <param name="http">Owned by the caller.</param>
    /// <param name="options">Limits; the defaults when null.</param>
    /// <param name="time">The clock; the system's when null.</param>
    public ProtocolHttpClient(HttpClient http, ProtocolHttpOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        _http = http;
        _options = options ?? new ProtocolHttpOptions();
        if (_options.Timeout <= TimeSpan.Zero || _options.MaxResponseBytes <= 0)
        {
            throw new ArgumentException("Limits are greater than nothing.", nameof(options));
        }

        _time = time ?? TimeProvider.System;
    }

    /// <summary>Whether plain http is accepted for servers on loopback.</summary>
    public bool AllowHttpOnLoopback => _options.AllowHttpOnLoopback;

    /// <summary>Gets a public document: metadata, keys.</summary>
    /// <param name="operation">What for, for telemetry; a constant.</param>
    /// <param name="url">Where.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task<MedIdResult<ProtocolHttpResponse>> GetAsync(string operation, string url, CancellationToken cancellationToken = default)
    {
        var checkedUrl = EndpointUrl.Parse(url, _options.AllowHttpOnLoopback);
        if (!checkedUrl.Succeeded)
        {
            return checkedUrl.Error;
        }

        using var message = new HttpRequestMessage(HttpMethod.Get, checkedUrl.Value);
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return await SendAsync(operation, message, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Posts a form as an authenticated client.</summary>
    /// <param name="operation">What for, for telemetry; a constant.</param>
    /// <param name="request">The form; used once.</param>
    /// <param name="credential">Proves who the client is.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public Task<MedIdResult<ProtocolHttpResponse>> PostAsync(
        string operation, ClientRequest request, IClientCredential credential, CancellationToken cancellationToken = default) =>
        PostAsync(operation, request, credential, proofs: null, cancellationToken);

    /// <summary>Posts a form as an authenticated client with a DPoP proof, and once more where the server asks for a nonce that the proof did not have (RFC 9449 §8).</summary>
    /// <param name="operation">What for, for telemetry; a constant.</param>
    /// <param name="make">Makes the form, for each sending anew.</param>
    /// <param name="credential">Proves who the client is, for each sending anew.</param>
    /// <param name="proofs">The proofs of the client's key; null sends without.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task<MedIdResult<ProtocolHttpResponse>> PostAsync(
        string operation, Func<ClientRequest> make, IClientCredential credential, DpopProofs? proofs, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(make);
        var answer = await PostAsync(operation, make(), credential, proofs, cancellationToken).ConfigureAwait(false);
        return proofs is not null && answer is { Succeeded: true, Value: { IsOk: false, DpopNonce: not null } refused }
            && OAuthError.Parse(refused.Body) is { Succeeded: true, Value.Error: OAuthErrorNames.UseDpopNonce }
                ? await PostAsync(operation, make(), credential, proofs, cancellationToken).ConfigureAwait(false)
                : answer;
    }

    private async Task<MedIdResult<ProtocolHttpResponse>> PostAsync(
        string operation, ClientRequest request, IClientCredential credential, DpopProofs? proofs, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(credential);
        var url = EndpointUrl.Parse(request.Endpoint, _options.AllowHttpOnLoopback);
        if (!url.Succeeded)
        {
            return url.Error;
        }

        await credential.AuthenticateAsync(request, cancellationToken).ConfigureAwait(false);
        using var message = new HttpRequestMessage(HttpMethod.Post, url.Value) { Content = new FormUrlEncodedContent(request.Parameters) };
        message.Headers.Authorization = request.Authorization;
        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(request.Accept));
        if (proofs is null)
        {
            return await SendAsync(operation, message, cancellationToken).ConfigureAwait(false);
        }

        message.Headers.TryAddWithoutValidation(DpopProofs.HeaderName, await proofs.MakeAsync(message.Method.Method, url.Value, accessToken: null, cancellationToken).ConfigureAwait(false));
        var answer = await SendAsync(operation, message, cancellationToken).ConfigureAwait(false);
        proofs.Remember(url.Value, answer.Value?.DpopNonce);
        return answer;
    }

    /// <summary>Posts JSON with a bearer token.</summary>
    /// <param name="operation">What for, for telemetry; a constant.</param>
    /// <param name="url">Where.</param>
    /// <param name="json">The body.</param>
    /// <param name="bearer">The token, in the <c>Authorization</c> header (RFC 6750 §2.1).</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task<MedIdResult<ProtocolHttpResponse>> PostJsonAsync(string operation, string url, ReadOnlyMemory<byte> json, string bearer, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(bearer);
        var checkedUrl = EndpointUrl.Parse(url, _options.AllowHttpOnLoopback);
        if (!checkedUrl.Succeeded)
        {
            return checkedUrl.Error;
        }

        using var message = new HttpRequestMessage(HttpMethod.Post, checkedUrl.Value) { Content = new ReadOnlyMemoryContent(json) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
        return await SendAsync(operation, message, cancellationToken).ConfigureAwait(false);
    }

    private async Task<MedIdResult<ProtocolHttpResponse>> SendAsync(string operation, HttpRequestMessage message, CancellationToken cancellationToken)
    {
        using var activity = OAuthTelemetry.Source.StartActivity(OAuthTelemetry.ActivityName, ActivityKind.Internal);
        activity?.SetTag(OAuthTelemetry.OperationTag, operation);
        var started = _time.GetTimestamp();
        var outcome = "failed";
        using var timeout = new CancellationTokenSource(_options.Timeout, _time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        try
        {
            var asked = message.RequestUri;
            using var response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, linked.Token).ConfigureAwait(false);
            var status = (int)response.StatusCode;
            outcome = status.ToString(CultureInfo.InvariantCulture);
            if (status is >= 300 and < 400 || response.RequestMessage?.RequestUri != asked)
            {
                return new MedIdError(OAuthErrorCodes.RedirectRefused, ErrorCategory.Policy, "RFC 9700 §4.12");
            }

            var body = await ReadAsync(response.Content, linked.Token).ConfigureAwait(false);
            return body is null
                ? new MedIdError(OAuthErrorCodes.ResponseTooLarge, ErrorCategory.Malformed, "limits", $"more than {_options.MaxResponseBytes} bytes")
                : new ProtocolHttpResponse(response.StatusCode, response.Content.Headers.ContentType?.MediaType?.ToLowerInvariant(), body, RetryAfter(response)) { DpopNonce = DpopProofs.NonceOf(response) };
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            outcome = "timeout";
            throw new TimeoutException("The server did not answer in time.", e);
        }
        finally
        {
            activity?.SetTag(OAuthTelemetry.OutcomeTag, outcome);
            OAuthTelemetry.RequestDuration.Record(
                _time.GetElapsedTime(started).TotalSeconds, new(OAuthTelemetry.OperationTag, operation), new(OAuthTelemetry.OutcomeTag, outcome));
        }
    }

    private async Task<byte[]?> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > _options.MaxResponseBytes)
        {
            return null;
        }

        using var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        var buffer = new byte[Math.Min(_options.MaxResponseBytes, 4096)];
        using var body = new MemoryStream();
        int read;
        while ((read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
        {
            if (body.Length + read > _options.MaxResponseBytes)
            {
                return null;
            }

            body.Write(buffer.AsSpan(0, read));
        }

        return body.ToArray();
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } delta } when delta > TimeSpan.Zero => delta,
        { Date: { } date } when date > _time.GetUtcNow() => date - _time.GetUtcNow(),
        _ => null,
    };
}
