using System.Net;
using System.Net.Http.Headers;
using MedId.Core;

namespace MedId.Signatures;

/// <summary>Asks a time-stamping service over HTTP (RFC 3161 §3.4).</summary>
/// <remarks>
/// The caller's HttpClient decides about proxies, authentication, redirects and time-outs. A service that cannot be reached throws what the HttpClient throws;
/// an answer that is no time-stamp is a refusal.
/// </remarks>
public sealed class TimestampClient
{
    /// <summary>The largest answer that is read, in bytes.</summary>
    public const int MaxResponseBytes = 1 << 20;

    private readonly HttpClient _http;
    private readonly Uri _service;

    /// <summary>A client of one service.</summary>
    /// <param name="http">The caller's client; not disposed here.</param>
    /// <param name="service">Where the service is, http or https: the token protects itself.</param>
    /// <exception cref="ArgumentException">Not an absolute http or https URI.</exception>
    public TimestampClient(HttpClient http, Uri service)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(service);
        if (!service.IsAbsoluteUri || (service.Scheme != Uri.UriSchemeHttps && service.Scheme != Uri.UriSchemeHttp))
        {
            throw new ArgumentException("An absolute http or https URI is needed.", nameof(service));
        }

        (_http, _service) = (http, service);
    }

    /// <summary>Sends a request and takes the token when it answers the request. Verify it by <see cref="TimestampVerifier"/> before relying on it.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Stops waiting.</param>
    public async Task<MedIdResult<TimestampToken>> StampAsync(TimestampRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var message = new HttpRequestMessage(HttpMethod.Post, _service) { Content = new ReadOnlyMemoryContent(request.RawData) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue(TimestampRequest.MediaType);
        using var response = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.OK)
        {
            return BadAnswer($"HTTP status {(int)response.StatusCode}");
        }

        if (!string.Equals(response.Content.Headers.ContentType?.MediaType, TimestampResponse.MediaType, StringComparison.OrdinalIgnoreCase))
        {
            return BadAnswer("another media type");
        }

        var body = await ReadAsync(response.Content, cancellationToken).ConfigureAwait(false);
        return body is null ? BadAnswer("longer than the limit") : TimestampResponse.Parse(body).Then(r => r.Accept(request));
    }

    private static async Task<byte[]?> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        if (content.Headers.ContentLength > MaxResponseBytes)
        {
            return null;
        }

        var stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            using var body = new MemoryStream();
            var buffer = new byte[16 * 1024];
            int read;
            while ((read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                if (body.Length + read > MaxResponseBytes)
                {
                    return null;
                }

                await body.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            }

            return body.ToArray();
        }
    }

    private static MedIdError BadAnswer(string detail) => new(SignaturesErrorCodes.TspBadAnswer, ErrorCategory.Protocol, "RFC 3161 §3.4", detail);
}
