using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Net;
using System.Net.Sockets;
using MedId.Core;

namespace MedId.OAuth;

/// <summary>
/// The transport for URLs that somebody else named (a client's notification endpoint, <c>jwks_uri</c>, <c>sector_identifier_uri</c>): it resolves the name itself, refuses addresses that
/// are not public, and connects to the very address that it judged, so that nobody can use this server to reach what stands beside it (SSRF, DNS rebinding).
/// </summary>
/// <remarks>No proxy, no redirect, no cookie, no ambient credential, no decompression, no trace header. TLS is verified as always, against the host name of the URL.</remarks>
public static class GuardedHttpHandler
{
    // A name that leads to more places than this is tried no further: a connection is not a search.
    private const int MaxAddresses = 4;

    /// <summary>Makes a handler.</summary>
    /// <param name="options">What may be called beyond the public internet; nothing when null.</param>
    /// <returns>A handler of the caller's own; TLS settings (a CA of one's own, a client certificate) may be added to its <see cref="SocketsHttpHandler.SslOptions"/>.</returns>
    /// <exception cref="ArgumentException">A timeout that is no time.</exception>
    public static SocketsHttpHandler Create(GuardedHttpOptions? options = null)
    {
        var rules = options ?? new();
        if (rules.ConnectTimeout <= TimeSpan.Zero)
        {
            throw new ArgumentException("A timeout is greater than nothing.", nameof(options));
        }

        return new()
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = false,
            Credentials = null,
            PreAuthenticate = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = DistributedContextPropagator.CreateNoOutputPropagator(),
            ConnectTimeout = rules.ConnectTimeout,
            MaxResponseHeadersLength = 16,
            MaxResponseDrainSize = 0,
            PooledConnectionLifetime = TimeSpan.FromMinutes(2),
            ConnectCallback = (context, cancellationToken) => ConnectAsync(context, rules, cancellationToken),
        };
    }

    /// <summary>Judges a URL when it is registered: its form, and its address where it names one instead of a host.</summary>
    /// <param name="url">The URL.</param>
    /// <param name="options">What may be called beyond the public internet; nothing when null.</param>
    /// <returns>The URL; refused with <see cref="OAuthErrorCodes.EndpointNotHttps"/> or <see cref="OAuthErrorCodes.AddressNotPublic"/>. Where a host name leads is judged at each connection.</returns>
    public static MedIdResult<Uri> Check(string? url, GuardedHttpOptions? options = null)
    {
        var rules = options ?? new();
        var parsed = EndpointUrl.Parse(url, rules.AllowHttpOnLoopback);
        if (!parsed.Succeeded)
        {
            return parsed;
        }

        var uri = parsed.Value;
        var refused = uri.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6
            ? !IsAllowed(IPAddress.Parse(uri.IdnHost), uri.Scheme == Uri.UriSchemeHttps, rules)
            : IsLocalName(uri.IdnHost) && !rules.AllowHttpOnLoopback;
        return refused ? new MedIdError(OAuthErrorCodes.AddressNotPublic, ErrorCategory.Policy, "RFC 6890") : uri;
    }

    /// <summary>RFC 6761 §6.3: the name that is this machine, whatever a resolver says.</summary>
    private static bool IsLocalName(string host)
    {
        var name = host.TrimEnd('.');
        return name.Equals("localhost", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsAllowed(IPAddress address, bool secure, GuardedHttpOptions rules)
    {
        var meant = PublicAddress.Unwrap(address);
        return IPAddress.IsLoopback(meant) ? rules.AllowHttpOnLoopback
            : secure && (PublicAddress.Is(meant) || rules.AllowedNetworks.Any(network => network.BaseAddress.AddressFamily == meant.AddressFamily && network.Contains(meant)));
    }

    [SuppressMessage("Reliability", "CA2000:Dispose objects before losing scope", Justification = "The stream that is returned owns the socket; on every other way it is disposed.")]
    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, GuardedHttpOptions rules, CancellationToken cancellationToken)
    {
        var secure = context.InitialRequestMessage.RequestUri is { } uri && uri.Scheme == Uri.UriSchemeHttps;
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = await ResolveAsync(host, rules, cancellationToken).ConfigureAwait(false);

        // One inside is enough to refuse: a name that leads both out and in was not made by mistake.
        if (addresses.Length == 0 || !Array.TrueForAll(addresses, address => IsAllowed(address, secure, rules)))
        {
            throw new AddressRefusedException();
        }

        for (var i = 0; ; i++)
        {
            var socket = new Socket(addresses[i].AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(addresses[i], port), cancellationToken).ConfigureAwait(false);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException) when (i + 1 < addresses.Length && i + 1 < MaxAddresses)
            {
                socket.Dispose();
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }

    private static async Task<IPAddress[]> ResolveAsync(string host, GuardedHttpOptions rules, CancellationToken cancellationToken) =>
        IPAddress.TryParse(host.AsSpan().Trim("[]"), out var literal) ? [literal]
        : rules.Resolve is { } resolve ? await resolve(host, cancellationToken).ConfigureAwait(false)
        : await Dns.GetHostAddressesAsync(host, cancellationToken).ConfigureAwait(false);
}
