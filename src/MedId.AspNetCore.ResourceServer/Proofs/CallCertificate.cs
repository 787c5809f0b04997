using System.Net;
using System.Net.Sockets;
using MedId.Core;
using MedId.OAuth;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.HttpOverrides;

namespace MedId.AspNetCore.ResourceServer;

/// <summary>The certificate that the caller proved at the TLS layer: to this server, or to a proxy in front that is trusted to say so (RFC 8705 §6.5, RFC 9440).</summary>
internal static class CallCertificate
{
    public static async ValueTask<(PresentedCertificate? Certificate, MedIdError? Refusal)> ReadAsync(HttpContext context, ForwardedCertificateRule? rule)
    {
        if (rule is not null)
        {
            var peer = PeerOf(context);
            if (rule.Read(peer, context.Request.Headers[rule.HeaderName], out var der) is { } refusal)
            {
                return (null, refusal);
            }

            if (rule.Trusts(peer))
            {
                // The connection is the proxy's own, and so would be a certificate on it.
                return (der is null ? null : new PresentedCertificate(der), null);
            }
        }

        var shown = await context.Connection.GetClientCertificateAsync(context.RequestAborted).ConfigureAwait(false);
        return (shown is null ? null : new PresentedCertificate(shown.RawDataMemory), null);
    }

    /// <summary>
    /// Who opened the connection: middleware for forwarded headers writes an address of the caller's over that of the connection, so the socket is asked; where the server shows none,
    /// an address that such middleware has touched is nobody's.
    /// </summary>
    private static IPAddress? PeerOf(HttpContext context)
    {
        if (context.Features.Get<IConnectionSocketFeature>() is { Socket: { } socket })
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

        return context.Request.Headers.ContainsKey(ForwardedHeadersDefaults.XOriginalForHeaderName) ? null : context.Connection.RemoteIpAddress;
    }
}
