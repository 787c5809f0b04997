using System.Net;
using MedId.Core;

namespace MedId.OAuth;

/// <summary>The one rule for URLs that this library calls: https, no user part, no fragment; plain http only on loopback and only where that was allowed by name.</summary>
public static class EndpointUrl
{
    /// <summary>Judges a URL that came from a server or from configuration.</summary>
    /// <param name="url">An absolute URL.</param>
    /// <param name="allowHttpOnLoopback">For development and tests on one machine.</param>
    public static MedIdResult<Uri> Parse(string? url, bool allowHttpOnLoopback)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.UserInfo.Length > 0 || uri.Fragment.Length > 0)
        {
            return Refused();
        }

        var secure = string.Equals(uri.Scheme, Uri.UriSchemeHttps, StringComparison.Ordinal);
        var loopback = allowHttpOnLoopback && string.Equals(uri.Scheme, Uri.UriSchemeHttp, StringComparison.Ordinal) && IsLoopback(uri);
        return secure || loopback ? uri : Refused();
    }

    /// <summary>Whether the host is <c>localhost</c> or a loopback address.</summary>
    /// <param name="uri">An absolute URL.</param>
    public static bool IsLoopback(Uri uri)
    {
        ArgumentNullException.ThrowIfNull(uri);
        return string.Equals(uri.IdnHost, "localhost", StringComparison.OrdinalIgnoreCase)
            || (IPAddress.TryParse(uri.IdnHost.AsSpan().Trim("[]"), out var address) && IPAddress.IsLoopback(address));
    }

    private static MedIdError Refused() => new(OAuthErrorCodes.EndpointNotHttps, ErrorCategory.Policy, "RFC 8414 §2");
}
