using System.Net;
using System.Net.Sockets;
using MedId.Core;

namespace MedId.Pki;

/// <summary>Which addresses a stranger's certificate may make this host ask. By default public ones over http and https.</summary>
public sealed record EvidenceAddressRules
{
    /// <summary>Whether loopback may be asked; for tests and for a responder beside the program.</summary>
    public bool DangerouslyAllowLoopback { get; init; }

    /// <summary>Whether private networks may be asked, as in a closed network where the responder stands; link-local addresses never.</summary>
    public bool AllowPrivateNetworks { get; init; }

    /// <summary>The only hosts that may be asked, compared without regard to case; empty for all.</summary>
    public IReadOnlyCollection<string> AllowedHosts { get; init; } = [];

    /// <summary>Checks an address before it is asked. Names are checked again when they are resolved, where <see cref="CreateHandler"/> makes the connection.</summary>
    /// <param name="address">The address.</param>
    /// <returns>Null when it may be asked; <see cref="PkiErrorCodes.GatherAddressRefused"/> otherwise.</returns>
    public MedIdError? Check(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (!address.IsAbsoluteUri || (address.Scheme != Uri.UriSchemeHttp && address.Scheme != Uri.UriSchemeHttps) || address.UserInfo.Length > 0)
        {
            return Refused("only http and https without user information are asked");
        }

        var host = address.IdnHost;
        if (AllowedHosts.Count > 0 && !AllowedHosts.Contains(host, StringComparer.OrdinalIgnoreCase))
        {
            return Refused("the host is not one of those allowed");
        }

        var isLocalName = host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
        return IPAddress.TryParse(host.AsSpan().Trim("[]"), out var ip) ? CheckIp(ip) : isLocalName && !DangerouslyAllowLoopback ? Loopback() : null;
    }

    /// <summary>A handler for the caller's HttpClient that checks every address a name resolves to, follows no redirects and keeps no cookies.</summary>
    /// <remarks>With a proxy the proxy resolves the names, and has to have such rules itself.</remarks>
    public SocketsHttpHandler CreateHandler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        ConnectCallback = ConnectAsync,

        // No activity per request: its url.full would carry serial numbers into traces.
        ActivityHeadersPropagator = null,
    };

    private MedIdError? CheckIp(IPAddress ip)
    {
        ip = ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip;
        if (IPAddress.IsLoopback(ip))
        {
            return DangerouslyAllowLoopback ? null : Loopback();
        }

        var bytes = ip.GetAddressBytes();
        var isV4 = ip.AddressFamily == AddressFamily.InterNetwork;
        if (isV4 ? bytes[0] is 0 or >= 224 || (bytes[0], bytes[1]) is (169, 254) : ip.IsIPv6LinkLocal || ip.IsIPv6Multicast || ip.Equals(IPAddress.IPv6Any))
        {
            return Refused("an address that no server has, or one of this link");
        }

        var isPrivate = isV4
            ? bytes[0] == 10 || (bytes[0], bytes[1]) is (192, 168) or (172, >= 16 and <= 31) or (100, >= 64 and <= 127)
            : ip.IsIPv6UniqueLocal || ip.IsIPv6SiteLocal;
        return isPrivate && !AllowPrivateNetworks ? Refused($"a private network; {nameof(AllowPrivateNetworks)} allows it") : null;
    }

    private static MedIdError Loopback() => Refused($"loopback; {nameof(DangerouslyAllowLoopback)} allows it");

    private static MedIdError Refused(string detail) => new(PkiErrorCodes.GatherAddressRefused, ErrorCategory.Policy, "RFC 5280 §8", detail);

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var addresses = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellationToken).ConfigureAwait(false);
        var allowed = Array.FindAll(addresses, address => CheckIp(address) is null);
        if (allowed.Length == 0)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, "The name resolves to addresses that must not be asked from here.");
        }

        Socket? socket = null;
        try
        {
            socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(allowed, context.DnsEndPoint.Port, cancellationToken).ConfigureAwait(false);
            var stream = new NetworkStream(socket, ownsSocket: true);
            socket = null;
            return stream;
        }
        finally
        {
            socket?.Dispose();
        }
    }
}
