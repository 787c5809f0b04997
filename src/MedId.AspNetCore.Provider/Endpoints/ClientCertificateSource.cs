using System.Net;
using System.Net.Sockets;
using MedId.Cryptography;
using MedId.OAuth;
using MedId.Pki;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;

namespace MedId.AspNetCore.Provider;

/// <summary>The connection's certificate, or the one that a named proxy hands on.</summary>
internal sealed class ClientCertificateSource(ClientCertificateOptions options, AlgorithmPolicy algorithms, TimeProvider time) : IClientCertificateSource
{
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    private readonly PathPolicy _policy = new()
    {
        Algorithms = algorithms,
        Revocation = options.Revocation,
        RequiredKeyUsage = KeyUsages.DigitalSignature,
        RequiredExtendedKeyUsages = [ClientAuthentication],
    };

    public async ValueTask<ClientCertificateReading> ReadAsync(HttpContext http, CancellationToken cancellationToken = default)
    {
        if (options.Proxy is { } proxy)
        {
            var peer = PeerOf(http);
            if (proxy.Read(peer, http.Request.Headers[proxy.HeaderName], out var forwarded) is { } refusal)
            {
                return new(null, refusal);
            }

            if (proxy.Trusts(peer))
            {
                // The connection is the proxy's own, and so would be a certificate on it.
                return new(forwarded is null ? null : Present(forwarded, options.ProxyVerifiesChains || HasVerdict(http)));
            }
        }

        return await http.Connection.GetClientCertificateAsync(cancellationToken).ConfigureAwait(false) is { } shown
            ? new(Present(shown.RawDataMemory, options.TlsLayerVerifiesChains))
            : default;
    }

    /// <summary>
    /// Who opened the connection. Middleware for forwarded headers writes an address of the client's over that of the connection, so the socket is asked; where the server shows
    /// none, an address that such middleware has touched is nobody's.
    /// </summary>
    private static IPAddress? PeerOf(HttpContext http)
    {
        if (http.Features.Get<IConnectionSocketFeature>() is { Socket: { } socket })
        {
            try
            {
                return (socket.RemoteEndPoint as IPEndPoint)?.Address;
            }
            catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
            {
                return null;
            }
        }

        return http.Request.Headers.ContainsKey(ForwardedHeadersDefaults.XOriginalForHeaderName) ? null : http.Connection.RemoteIpAddress;
    }

    private bool HasVerdict(HttpContext http) =>
        options.ProxyVerdictHeader is { } header && http.Request.Headers[header] is [{ } verdict] && string.Equals(verdict, options.ProxyVerdict, StringComparison.Ordinal);

    private PresentedCertificate Present(ReadOnlyMemory<byte> der, bool verified) => new(der) { IsChainTrusted = verified || IsNamedByAnAuthority(der) };

    private bool IsNamedByAnAuthority(ReadOnlyMemory<byte> der)
    {
        if (options.Authorities.Count == 0)
        {
            return false;
        }

        var certificate = Certificate.Parse(der);
        return certificate.Succeeded && PathValidator.Validate(certificate.Value, [.. options.Authorities], options.Evidence(), _policy, time.GetUtcNow()).IsAccepted;
    }
}
