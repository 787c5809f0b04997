using System.Net;
using System.Net.Http.Headers;

namespace MedId.Fido.Metadata;

/// <summary>Gets from the service: GET, no redirect, bounded in time and bytes.</summary>
internal sealed class MetadataTransport(HttpClient client, MetadataServiceOptions options, TimeProvider time)
{
    private const int BufferBytes = 64 * 1024;

    public static bool IsAllowed(Uri address, MetadataServiceOptions options) => address.IsAbsoluteUri
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && options.DangerouslyAllowLoopback && address.IsLoopback));

    public async Task<MetadataAnswer> GetAsync(Uri address, string? entityTag)
    {
        using var clock = new CancellationTokenSource(options.Timeout, time);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (entityTag is not null)
        {
            request.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Parse(entityTag));
        }

        try
        {
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, clock.Token).ConfigureAwait(false);
            if (entityTag is not null && response.StatusCode == HttpStatusCode.NotModified)
            {
                return new(default, entityTag, IsNotModified: true, null);
            }

            // A client that follows redirects by itself is noticed by the address that answered.
            if ((int)response.StatusCode is >= 300 and < 400 || !Equals(response.RequestMessage?.RequestUri ?? address, address))
            {
                return MetadataAnswer.Failed(MetadataErrorCodes.Redirect, "a redirect is not followed; configure the address it leads to");
            }

            return response.StatusCode == HttpStatusCode.OK
                ? await ReadAsync(response, clock.Token).ConfigureAwait(false)
                : MetadataAnswer.Failed(MetadataErrorCodes.FetchFailed, $"HTTP {(int)response.StatusCode}");
        }
        catch (OperationCanceledException)
        {
            return MetadataAnswer.Failed(MetadataErrorCodes.FetchFailed, "no answer in time");
        }
        catch (HttpRequestException e)
        {
            return MetadataAnswer.Failed(MetadataErrorCodes.FetchFailed, "no connection, or it broke: " + e.HttpRequestError);
        }
        catch (IOException)
        {
            return MetadataAnswer.Failed(MetadataErrorCodes.FetchFailed, "the connection broke within the answer");
        }
    }

    private async Task<MetadataAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.Content.Headers.ContentLength > options.MaxBytes)
        {
            return TooLarge();
        }

        using var content = new MemoryStream();
        var buffer = new byte[BufferBytes];
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            int read;
            while ((read = await stream.ReadAsync(buffer, cancellationToken).ConfigureAwait(false)) > 0)
            {
                if (content.Length + read > options.MaxBytes)
                {
                    return TooLarge();
                }

                await content.WriteAsync(buffer.AsMemory(0, read), cancellationToken).ConfigureAwait(false);
            }
        }

        return new(content.GetBuffer().AsMemory(0, (int)content.Length), response.Headers.ETag?.ToString(), IsNotModified: false, null);
    }

    private static MetadataAnswer TooLarge() => MetadataAnswer.Failed(MetadataErrorCodes.TooLarge, "more bytes than are read");
}
