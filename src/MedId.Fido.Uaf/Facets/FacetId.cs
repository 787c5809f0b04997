using System.Security.Cryptography;

namespace MedId.Fido.Uaf;

/// <summary>FacetIDs: which app, of a list of trusted ones, spoke to the authenticator. UAF 1.1 appid-and-facets §3.</summary>
public static class FacetId
{
    private const string AndroidSha1 = "android:apk-key-hash:";
    private const string AndroidSha256 = "android:apk-key-hash-sha256:";
    private const string Ios = "ios:bundle-id:";

    /// <summary>The facet of an Android app.</summary>
    /// <param name="signingCertificate">DER of the certificate that signs the app.</param>
    public static string ForAndroid(ReadOnlySpan<byte> signingCertificate) =>
        AndroidSha256 + Convert.ToBase64String(SHA256.HashData(signingCertificate)).TrimEnd('=');

    /// <summary>The facet of an iOS app.</summary>
    /// <param name="bundleId">The bundle identifier.</param>
    /// <exception cref="ArgumentException">Empty.</exception>
    public static string ForIos(string bundleId)
    {
        ArgumentException.ThrowIfNullOrEmpty(bundleId);
        return Ios + bundleId;
    }

    /// <summary>Whether a facet is one of the trusted ones.</summary>
    /// <param name="facetId">The facet that a client named.</param>
    /// <param name="trusted">The trusted facets.</param>
    /// <remarks>
    /// Compared octet by octet. Only the two Android schemes are normalised, because apps spell the same hash with and without padding and in both base64
    /// alphabets. No wildcards, no suffixes, no prefixes.
    /// </remarks>
    public static bool IsTrusted(string facetId, IEnumerable<string> trusted)
    {
        ArgumentNullException.ThrowIfNull(facetId);
        ArgumentNullException.ThrowIfNull(trusted);
        var asked = Normalise(facetId);
        return asked.Length > 0 && trusted.Any(facet => string.Equals(Normalise(facet), asked, StringComparison.Ordinal));
    }

    internal static string Normalise(string facetId)
    {
        if (!facetId.StartsWith(AndroidSha1, StringComparison.Ordinal) && !facetId.StartsWith(AndroidSha256, StringComparison.Ordinal))
        {
            return facetId;
        }

        var hash = facetId.LastIndexOf(':') + 1;
        return string.Concat(facetId.AsSpan(0, hash), facetId[hash..].TrimEnd('=').Replace('-', '+').Replace('_', '/'));
    }
}
