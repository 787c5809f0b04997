using System.Net;
using System.Net.Http.Headers;
using MedId.OAuth;

namespace MedId.Ciba.Server;

/// <summary>Posts a notification to a client's endpoint once (CIBA Core §10.2, §10.3): never follows a redirect, never reads a body, and says what the answer means for another attempt.</summary>
/// <remarks>
/// The <see cref="HttpClient"/> is one over <see cref="GuardedHttpHandler"/>: the URL is the client's choice. The standard leaves what happens after a failure to the server; here 5xx, 408, 425, 429, time-outs and network failures are
/// tried again by the caller, everything else is the client's last word.
/// </remarks>
public sealed class CibaNotificationSender
{
    private const HttpStatusCode TooEarly = (HttpStatusCode)425;

    private readonly HttpClient _http;
    private readonly GuardedHttpOptions _rules;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;

    /// <summary>Makes a sender.</summary>
    /// <param name="http">Over <see cref="GuardedHttpHandler.Create"/>; owned by the caller.</param>
    /// <param name="rules">The same rules that the handler was made of.</param>
    /// <param name="timeout">How long one attempt may take; 5 seconds when null.</param>
    /// <param name="time">The clock; the system's when null.</param>
    /// <exception cref="ArgumentException">The timeout is no time.</exception>
    public CibaNotificationSender(HttpClient http, GuardedHttpOptions? rules = null, TimeSpan? timeout = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        _http = http;
        _rules = rules ?? new();
        _timeout = timeout ?? TimeSpan.FromSeconds(5);
        _time = time ?? TimeProvider.System;
        if (_timeout <= TimeSpan.Zero)
        {
            throw new ArgumentException("A timeout is greater than nothing.", nameof(timeout));
        }
    }

    /// <summary>Sends a notification.</summary>
    /// <param name="endpoint">The client's registered endpoint.</param>
    /// <param name="notificationToken">The request's <c>client_notification_token</c>; the bearer token.</param>
    /// <param name="json">The body.</param>
    /// <param name="cancellationToken">Cancels; the outcome is not known then.</param>
    public async ValueTask<NotificationResult> SendAsync(
        string endpoint, string notificationToken, ReadOnlyMemory<byte> json, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(notificationToken);
        var url = GuardedHttpHandler.Check(endpoint, _rules);
        if (!url.Succeeded)
        {
            return new(NotificationOutcome.Refused, CibaErrorCodes.NotificationEndpointRefused);
        }

        using var timeout = new CancellationTokenSource(_timeout, _time);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, timeout.Token);
        using var content = new ReadOnlyMemoryContent(json);
        content.Headers.ContentType = new("application/json");
        using var message = new HttpRequestMessage(HttpMethod.Post, url.Value) { Content = content };
        message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", notificationToken);
        try
        {
            // The body is not for the server (§10.2): it is not read, whatever its length.
            using var answer = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, linked.Token).ConfigureAwait(false);
            return Judge(answer);
        }
        catch (HttpRequestException e) when (e.InnerException is AddressRefusedException)
        {
            return new(NotificationOutcome.Refused, CibaErrorCodes.NotificationEndpointRefused);
        }
        catch (HttpRequestException)
        {
            return new(NotificationOutcome.Again, CibaErrorCodes.NotificationUnreachable);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new(NotificationOutcome.Again, CibaErrorCodes.NotificationUnreachable);
        }
    }

    private NotificationResult Judge(HttpResponseMessage answer) => answer.StatusCode switch
    {
        // §10.2: 204, and 200 too.
        HttpStatusCode.NoContent or HttpStatusCode.OK => new(NotificationOutcome.Delivered),
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => new(NotificationOutcome.Refused, CibaErrorCodes.NotificationUnauthorized),
        >= HttpStatusCode.Ambiguous and < HttpStatusCode.BadRequest => new(NotificationOutcome.Refused, CibaErrorCodes.NotificationRedirected),

        // Not now is not no (RFC 9110 §15.5.9, RFC 8470 §5.2, RFC 6585 §4).
        >= HttpStatusCode.InternalServerError or HttpStatusCode.RequestTimeout or TooEarly or HttpStatusCode.TooManyRequests => new(NotificationOutcome.Again, CibaErrorCodes.NotificationUnreachable, RetryAfter(answer)),
        _ => new(NotificationOutcome.Refused, CibaErrorCodes.NotificationRefused),
    };

    private TimeSpan? RetryAfter(HttpResponseMessage answer) => answer.Headers.RetryAfter switch
    {
        { Delta: { } delta } when delta > TimeSpan.Zero => delta,
        { Date: { } date } when date > _time.GetUtcNow() => date - _time.GetUtcNow(),
        _ => null,
    };
}
