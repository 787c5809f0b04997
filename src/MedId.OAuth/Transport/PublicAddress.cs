using System.Net;
using System.Net.Sockets;

namespace MedId.OAuth;

/// <summary>
/// Whether an address is a unicast address of the public internet, by the IANA registries of special-purpose addresses (RFC 6890, RFC 4291): everything that is not is
/// refused, also what is hidden inside an IPv6 address (mapped, NAT64).
/// </summary>
internal static class PublicAddress
{
    private static readonly IPNetwork[] SpecialIPv4 = Networks(
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24",
        "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4");

    // Of IPv6 only 2000::/3 is assigned as global unicast; inside it these are not.
    private static readonly IPNetwork GlobalUnicast = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] SpecialIPv6 = Networks("2001::/23", "2001:db8::/32", "2002::/16", "2620:4f:8000::/48", "3fff::/20");

    // RFC 6052 §2.1: behind the well-known prefix stands an IPv4 address.
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    public static bool Is(IPAddress address)
    {
        address = Unwrap(address);
        return address.AddressFamily switch
        {
            AddressFamily.InterNetwork => !Array.Exists(SpecialIPv4, network => network.Contains(address)),
            AddressFamily.InterNetworkV6 => GlobalUnicast.Contains(address) && !Array.Exists(SpecialIPv6, network => network.Contains(address)),
            _ => false,
        };
    }

    /// <summary>The IPv4 address inside a mapped one, or behind the well-known prefix of NAT64; else the address.</summary>
    public static IPAddress Unwrap(IPAddress address) =>
        address.IsIPv4MappedToIPv6 ? address.MapToIPv4()
        : address.AddressFamily == AddressFamily.InterNetworkV6 && Nat64.Contains(address) ? new(address.GetAddressBytes().AsSpan(12))
        : address;

    private static IPNetwork[] Networks(params string[] networks) => Array.ConvertAll(networks, IPNetwork.Parse);
}
