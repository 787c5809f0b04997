using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;

namespace MedId.OAuth;

/// <summary>The form in which two <c>htu</c> are compared: syntax-based and scheme-based normalisation of http URIs (RFC 3986 §6.2.2, §6.2.3), without query and fragment.</summary>
internal static class DpopTargetUri
{
    public const int MaxLength = 2048;

    // RFC 3986 §2: everything that may stand in a URI, percent escapes apart.
    private static readonly SearchValues<char> Allowed = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~:/?#[]@!$&'()*+,;=%");
    private static readonly SearchValues<char> HostCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=");

    /// <summary>The normal form of an absolute http or https URI without user part; null for everything else.</summary>
    public static string? Normalize(string? text)
    {
        if (text is null || text.Length > MaxLength || text.AsSpan().ContainsAnyExcept(Allowed))
        {
            return null;
        }

        var rest = text.AsSpan();
        if (rest.IndexOfAny('?', '#') is >= 0 and var end)
        {
            rest = rest[..end];
        }

        var (scheme, defaultPort) = rest switch
        {
            _ when rest.StartsWith("https://", StringComparison.OrdinalIgnoreCase) => ("https://", "443"),
            _ when rest.StartsWith("http://", StringComparison.OrdinalIgnoreCase) => ("http://", "80"),
            _ => (null, string.Empty),
        };
        if (scheme is null)
        {
            return null;
        }

        rest = rest[scheme.Length..];
        var slash = rest.IndexOf('/');
        var authority = Authority(slash < 0 ? rest : rest[..slash], defaultPort);
        var path = Path(slash < 0 ? [] : rest[slash..]);
        return authority is null || path is null ? null : scheme + authority + path;
    }

    /// <summary>§6.2.2.1: the host in lower case; §6.2.3: no port where it is the scheme's.</summary>
    private static string? Authority(ReadOnlySpan<char> text, string defaultPort)
    {
        var colon = text.LastIndexOf(':');
        if (text.IndexOf(']') > colon)
        {
            colon = -1;
        }

        var host = (colon < 0 ? text : text[..colon]).ToString().ToLowerInvariant();
        var port = colon < 0 ? [] : text[(colon + 1)..];
        if (!IsHost(host) || port.ContainsAnyExceptInRange('0', '9') || port.Length > 5)
        {
            return null;
        }

        var number = port.IsEmpty ? defaultPort : ushort.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) ? parsed.ToString(CultureInfo.InvariantCulture) : null;
        return number is null ? null : string.Equals(number, defaultPort, StringComparison.Ordinal) ? host : host + ":" + number;
    }

    private static bool IsHost(string host) => host is ['[', .., ']']
        ? IPAddress.TryParse(host.AsSpan(1, host.Length - 2), out var address) && address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6 && !host.Contains('%', StringComparison.Ordinal)
        : host.Length > 0 && !host.AsSpan().ContainsAnyExcept(HostCharacters);

    private static string? Path(ReadOnlySpan<char> raw)
    {
        // §6.2.2.1, §6.2.2.2: escapes of unreserved characters are those characters, the others in upper case. Before the dots, so that %2E is one.
        var path = new StringBuilder(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            if (raw[i] is '[' or ']')
            {
                return null;
            }

            if (raw[i] != '%')
            {
                path.Append(raw[i]);
                continue;
            }

            if (i + 2 >= raw.Length || !byte.TryParse(raw.Slice(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var octet))
            {
                return null;
            }

            _ = char.IsAsciiLetterOrDigit((char)octet) || (char)octet is '-' or '.' or '_' or '~' ? path.Append((char)octet) : path.Append('%').Append(octet.ToString("X2", CultureInfo.InvariantCulture));
            i += 2;
        }

        return RemoveDots(path.ToString());
    }

    /// <summary>§6.2.2.3 with §5.2.4; §6.2.3: no path is the path <c>/</c>.</summary>
    private static string RemoveDots(string path)
    {
        if (path.Length == 0)
        {
            return "/";
        }

        if (!path.Contains("/.", StringComparison.Ordinal))
        {
            return path;
        }

        var kept = new List<string>();
        var segments = path[1..].Split('/');
        for (var i = 0; i < segments.Length; i++)
        {
            var isDots = segments[i] is "." or "..";
            if (segments[i] == ".." && kept.Count > 0)
            {
                kept.RemoveAt(kept.Count - 1);
            }

            if (!isDots)
            {
                kept.Add(segments[i]);
            }
            else if (i == segments.Length - 1)
            {
                kept.Add(string.Empty);
            }
        }

        return "/" + string.Join('/', kept);
    }
}
