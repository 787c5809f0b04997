using System.Net;
using MedId.Core;
using MedId.OAuth;
using MedId.Provider;

namespace MedId.Push.Firebase;

/// <summary>
/// Announces to devices over Firebase Cloud Messaging, HTTP v1: <c>projects/{id}/messages:send</c> with a data message that holds the opaque id and nothing else. Push addresses are <c>fcm:</c> and the
/// registration token that the app was given.
/// </summary>
/// <remarks>Safe to use from many threads. Neither registration tokens nor access tokens reach a log line, an error or an activity.</remarks>
public sealed class FirebaseNotifier : IDeviceNotifier, IDisposable
{
    /// <summary>The scheme of its push addresses.</summary>
    public const string Scheme = "fcm";

    private readonly ProtocolHttpClient _http;
    private readonly FirebaseTokens _tokens;
    private readonly Func<FirebaseServiceAccount> _account;
    private readonly FirebaseOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Makes the channel.</summary>
    /// <param name="http">The caller's client; its handler follows no redirects.</param>
    /// <param name="account">The account, asked at every message: when its key is another one, a new token is fetched.</param>
    /// <param name="options">How messages go out; null for the defaults.</param>
    /// <param name="time">The clock; the system's when null.</param>
    /// <exception cref="ArgumentException">The options do not stand.</exception>
    public FirebaseNotifier(HttpClient http, Func<FirebaseServiceAccount> account, FirebaseOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(account);
        _options = options ?? new();
        if (!EndpointUrl.Parse(_options.Endpoint, _options.AllowHttpOnLoopback).Succeeded || FirebaseMessage.IsReserved(_options.DataKey)
            || _options.RenewBefore < TimeSpan.Zero || _options.QuotaPause <= TimeSpan.Zero || _options.LongestPause < _options.QuotaPause)
        {
            throw new ArgumentException("The endpoint is an https URL, the data key is not one of FCM's own, and pauses are greater than nothing.", nameof(options));
        }

        _time = time ?? TimeProvider.System;
        _account = account;
        _http = new(http, new() { Timeout = _options.Timeout, AllowHttpOnLoopback = _options.AllowHttpOnLoopback }, _time);
        _tokens = new(_http, account, _options.RenewBefore, _time);
    }

    /// <inheritdoc/>
    public async ValueTask<bool> NotifyAsync(string pushAddress, string requestId, CancellationToken cancellationToken = default)
    {
        var delivery = await DeliverAsync(new() { PushAddress = pushAddress, Id = requestId, Urgent = true, ExpiresAt = _time.GetUtcNow().AddMinutes(5) }, cancellationToken).ConfigureAwait(false);
        return delivery.Kind == DeviceDeliveryKind.Sent;
    }

    /// <inheritdoc/>
    public async ValueTask<DeviceDelivery> DeliverAsync(DeviceAnnouncement announcement, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(announcement);
        if (FirebaseMessage.TokenOf(announcement.PushAddress) is not { } registration)
        {
            return DeviceDelivery.Refused(FirebaseErrorCodes.AddressMalformed);
        }

        var body = FirebaseMessage.Write(announcement, registration, _options, _time.GetUtcNow());
        FirebaseAccessToken? refused = null;
        while (true)
        {
            var token = await _tokens.GetAsync(refused, cancellationToken).ConfigureAwait(false);
            if (!token.Succeeded)
            {
                // What an operator has to repair is retried too: messages wait for the repair until they expire.
                return DeviceDelivery.TryAgain(token.Error.Code);
            }

            var answer = await SendAsync(body, token.Value.Value, cancellationToken).ConfigureAwait(false);
            if (answer is null)
            {
                return DeviceDelivery.TryAgain(FirebaseErrorCodes.Unavailable);
            }

            if (!answer.Succeeded)
            {
                return DeviceDelivery.TryAgain(FirebaseErrorCodes.AnswerUnexpected);
            }

            var verdict = FirebaseVerdict.Of(answer.Value, _options, _time.GetUtcNow());
            if (verdict.Code != FirebaseErrorCodes.Unauthenticated || refused is not null)
            {
                return verdict;
            }

            // 401: the token was revoked before its end. It is renewed once.
            refused = token.Value;
        }
    }

    /// <summary>Forgets the token.</summary>
    public void Dispose() => _tokens.Dispose();

    /// <summary>The answer; null when the service was not reached.</summary>
    private async ValueTask<MedIdResult<ProtocolHttpResponse>?> SendAsync(ReadOnlyMemory<byte> body, string token, CancellationToken cancellationToken)
    {
        try
        {
            return await _http.PostJsonAsync("firebase-send", $"{_options.Endpoint}/v1/projects/{_account().ProjectId}/messages:send", body, token, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is HttpRequestException or TimeoutException or IOException)
        {
            return null;
        }
    }
}
