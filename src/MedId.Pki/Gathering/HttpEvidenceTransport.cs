using System.Net;
using System.Net.Http.Headers;
using MedId.Core;

namespace MedId.Pki;

/// <summary>Asks over HTTP with the caller's client: GET for files, GET or POST for OCSP, no redirect followed, bounded in time and bytes.</summary>
public sealed class HttpEvidenceTransport : IEvidenceTransport
{
    /// <summary>The longest address, with the request in it, that is asked by GET (RFC 5019 §5).</summary>
    public const int MaxGetLength = 255;

    private const string OcspRequestType = "application/ocsp-request";
    private const string OcspResponseType = "application/ocsp-response";
    private const int BufferBytes = 16 * 1024;

    // RFC 5280 §4.2.1.13, RFC 2585 §4; the others are what servers send that do not know the files.
    private static readonly string[] CrlTypes = ["application/pkix-crl", "application/x-pkcs7-crl", "application/x-x509-crl", "application/octet-stream"];
    private static readonly string[] CertificateTypes =
        ["application/pkix-cert", "application/x-x509-ca-cert", "application/x-x509-cert", "application/pkcs7-mime", "application/x-pkcs7-certificates", "application/octet-stream"];

    private readonly HttpClient _client;
    private readonly TimeSpan _timeout;
    private readonly TimeProvider _time;
    private readonly bool _ocspByPostOnly;

    /// <summary>Makes a transport.</summary>
    /// <param name="client">The caller's client, with its proxy and TLS. Best over <see cref="EvidenceAddressRules.CreateHandler"/>; one that follows redirects is noticed and refused.</param>
    /// <param name="timeout">The most time for one query, from connecting to the last byte; ten seconds when null.</param>
    /// <param name="time">The clock of that time; the system's when null.</param>
    /// <param name="ocspByPostOnly">See <see cref="EvidenceGatheringOptions.OcspByPostOnly"/>.</param>
    public HttpEvidenceTransport(HttpClient client, TimeSpan? timeout = null, TimeProvider? time = null, bool ocspByPostOnly = false)
    {
        ArgumentNullException.ThrowIfNull(client);
        _client = client;
        _ocspByPostOnly = ocspByPostOnly;
        _timeout = timeout ?? TimeSpan.FromSeconds(10);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(_timeout, TimeSpan.Zero, nameof(timeout));
        _time = time ?? TimeProvider.System;
    }

    /// <inheritdoc/>
    public async Task<EvidenceAnswer> SendAsync(EvidenceQuery query, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        using var clock = new CancellationTokenSource(_timeout, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, cancellationToken);
        using var request = Build(query);
        try
        {
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, both.Token).ConfigureAwait(false);
            return CheckHeaders(query, request, response) is { } error
                ? new() { Error = error }
                : await ReadAsync(response, query.MaxBytes, both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return Failed(PkiErrorCodes.GatherTimeout, "no answer in time; raise the time, or ask whether the server is up");
        }
        catch (HttpRequestException e)
        {
            return Failed(PkiErrorCodes.GatherUnreachable, "no connection, or it broke: " + e.HttpRequestError, wasSent: !IsBeforeSending(e));
        }
        catch (IOException)
        {
            return Failed(PkiErrorCodes.GatherUnreachable, "the connection broke within the answer");
        }
    }

    private HttpRequestMessage Build(EvidenceQuery query)
    {
        if (query.Kind != EvidenceKind.Ocsp)
        {
            return new(HttpMethod.Get, query.Address);
        }

        // RFC 6960 Appendix A.1: the address, a slash, and the base64 of the request, escaped.
        var address = query.Address.AbsoluteUri;
        var get = $"{address}{(address.EndsWith('/') ? string.Empty : "/")}{Uri.EscapeDataString(Convert.ToBase64String(query.Request.Span))}";
        if (!_ocspByPostOnly && get.Length <= MaxGetLength && query.Address.Query.Length == 0 && query.Address.Fragment.Length == 0)
        {
            return Accepting(new(HttpMethod.Get, get));
        }

        var content = new ReadOnlyMemoryContent(query.Request);
        content.Headers.ContentType = new(OcspRequestType);
        return Accepting(new(HttpMethod.Post, query.Address) { Content = content });
    }

    private static HttpRequestMessage Accepting(HttpRequestMessage request)
    {
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue(OcspResponseType));
        return request;
    }

    private static MedIdError? CheckHeaders(EvidenceQuery query, HttpRequestMessage request, HttpResponseMessage response)
    {
        if ((int)response.StatusCode is >= 300 and < 400 || !Equals(response.RequestMessage?.RequestUri ?? request.RequestUri, request.RequestUri))
        {
            return Error(PkiErrorCodes.GatherRedirect, "a redirect; no certificate names the place it leads to");
        }

        if (response.StatusCode != HttpStatusCode.OK)
        {
            return Error(PkiErrorCodes.GatherHttpStatus, $"HTTP {(int)response.StatusCode}");
        }

        var type = response.Content.Headers.ContentType?.MediaType;
        var isRight = query.Kind switch
        {
            EvidenceKind.Ocsp => string.Equals(type, OcspResponseType, StringComparison.OrdinalIgnoreCase),
            EvidenceKind.IssuerCertificate => type is null || CertificateTypes.Contains(type, StringComparer.OrdinalIgnoreCase),
            _ => type is null || CrlTypes.Contains(type, StringComparer.OrdinalIgnoreCase),
        };
        if (!isRight)
        {
            return Error(PkiErrorCodes.GatherMediaType, "another media type than this evidence has; is there a portal or an error page before the server?");
        }

        return response.Content.Headers.ContentLength > query.MaxBytes ? TooLarge() : null;
    }

    private static async Task<EvidenceAnswer> ReadAsync(HttpResponseMessage response, int maxBytes, CancellationToken cancellationToken)
    {
        var announced = (int?)response.Content.Headers.ContentLength;
        var content = new byte[announced ?? BufferBytes];
        var length = 0;
        var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        await using (stream.ConfigureAwait(false))
        {
            while (true)
            {
                if (length == content.Length)
                {
                    // One byte more than is allowed shows that there is too much.
                    Array.Resize(ref content, (int)Math.Min(Math.Max(content.Length * 2L, BufferBytes), maxBytes + 1L));
                }

                var read = await stream.ReadAsync(content.AsMemory(length), cancellationToken).ConfigureAwait(false);
                length += read;
                if (length > maxBytes)
                {
                    return new() { Error = TooLarge(), BytesReceived = length };
                }

                if (read == 0)
                {
                    return length == 0
                        ? Failed(PkiErrorCodes.GatherEmpty, "an answer without bytes")
                        : new() { Content = content.AsMemory(0, length), BytesReceived = length };
                }
            }
        }
    }

    private static bool IsBeforeSending(HttpRequestException e) => e.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
        or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError;

    private static EvidenceAnswer Failed(string code, string detail, bool wasSent = true) => new() { Error = Error(code, detail), WasSent = wasSent };

    private static MedIdError TooLarge() => Error(PkiErrorCodes.GatherTooLarge, "more bytes than allowed");

    private static MedIdError Error(string code, string detail) => new(code, ErrorCategory.State, "RFC 6960 Appendix A.1", detail);
}
