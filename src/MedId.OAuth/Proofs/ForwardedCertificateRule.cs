using System.Formats.Asn1;
using System.Net;
using System.Security.Cryptography;
using MedId.Core;

namespace MedId.OAuth;

/// <summary>
/// The certificate of a client that a proxy in front took the TLS connection of (RFC 9440). Only the named proxies are believed: from anybody else the header is a
/// forgery, and the request that carries it is refused rather than read without it (RFC 9440 §4, RFC 8705 §6.5).
/// </summary>
public sealed class ForwardedCertificateRule
{
    /// <summary>The most characters that a header may have.</summary>
    public const int MaxLength = 16 * 1024;

    private readonly IPNetwork[] _proxies;

    /// <summary>Makes the rule.</summary>
    /// <param name="trustedProxies">The addresses that the proxies connect from; at least one. They have to delete the header from what clients send.</param>
    /// <param name="headerName">The header; <c>Client-Cert</c> is the standard's.</param>
    /// <param name="format">How the proxies write it.</param>
    /// <exception cref="ArgumentException">No proxy, or no header.</exception>
    public ForwardedCertificateRule(
        IEnumerable<IPNetwork> trustedProxies, string headerName = "Client-Cert", CertificateHeaderFormat format = CertificateHeaderFormat.ByteSequence)
    {
        ArgumentNullException.ThrowIfNull(trustedProxies);
        ArgumentException.ThrowIfNullOrEmpty(headerName);
        _proxies = [.. trustedProxies];
        if (_proxies.Length == 0)
        {
            throw new ArgumentException("Name the proxies that are believed.", nameof(trustedProxies));
        }

        HeaderName = headerName;
        Format = format;
    }

    /// <summary>The header.</summary>
    public string HeaderName { get; }

    /// <summary>How the proxies write it.</summary>
    public CertificateHeaderFormat Format { get; }

    /// <summary>Whether an address is a proxy's.</summary>
    /// <param name="peer">Who opened the connection; null where nobody knows, which is no proxy.</param>
    public bool Trusts(IPAddress? peer)
    {
        var address = peer is { IsIPv4MappedToIPv6: true } ? peer.MapToIPv4() : peer;
        return address is not null && Array.Exists(_proxies, one => one.Contains(address));
    }

    /// <summary>Takes the certificate out of a request's headers.</summary>
    /// <param name="peer">Who opened the connection.</param>
    /// <param name="values">Every value of <see cref="HeaderName"/>; empty when the request has none.</param>
    /// <param name="der">The certificate; null where the client showed none, and with a refusal.</param>
    /// <returns>The refusal, <c>oauth.forwarded_certificate_*</c>; null when there is none.</returns>
    public MedIdError? Read(IPAddress? peer, IReadOnlyList<string?> values, out byte[]? der)
    {
        ArgumentNullException.ThrowIfNull(values);
        der = null;
        if (values.Count == 0)
        {
            return null;
        }

        if (!Trusts(peer))
        {
            return new(OAuthErrorCodes.ForwardedCertificateUntrusted, ErrorCategory.Untrusted, "RFC 9440 §4");
        }

        // nginx sends the header without a value for a client without a certificate.
        if (values is [null or ""])
        {
            return null;
        }

        der = values is [{ Length: <= MaxLength } value] ? Decode(value, Format) : null;
        return der is null ? new(OAuthErrorCodes.ForwardedCertificateMalformed, ErrorCategory.Malformed, "RFC 9440 §2.1") : null;
    }

    private static byte[]? Decode(string value, CertificateHeaderFormat format)
    {
        var bytes = format switch
        {
            CertificateHeaderFormat.ByteSequence => value is [':', .., ':'] ? FromBase64(value.AsSpan(1, value.Length - 2)) : null,
            CertificateHeaderFormat.EscapedPem => FromPem(Uri.UnescapeDataString(value)),
            _ => FromBase64(value),
        };
        return bytes is not null && IsOneSequence(bytes) ? bytes : null;
    }

    private static byte[]? FromBase64(ReadOnlySpan<char> text)
    {
        // The runtime's decoder skips white space; a header has none here.
        var bytes = new byte[text.Length];
        return text.Length > 0 && !text.ContainsAny(' ', '\t') && !text.ContainsAny('\r', '\n') && Convert.TryFromBase64Chars(text, bytes, out var written) ? bytes[..written] : null;
    }

    private static byte[]? FromPem(string text)
    {
        if (!PemEncoding.TryFind(text, out var fields) || !text.AsSpan(fields.Label).SequenceEqual("CERTIFICATE"))
        {
            return null;
        }

        // One certificate and nothing beside it: two readers must not take two.
        return text.AsSpan(0, fields.Location.Start.Value).IsWhiteSpace() && text.AsSpan(fields.Location.End.Value).IsWhiteSpace()
            ? Convert.FromBase64String(text[fields.Base64Data])
            : null;
    }

    /// <summary>A certificate is one DER SEQUENCE and nothing after it; what stands in it is read by whoever uses it.</summary>
    private static bool IsOneSequence(byte[] bytes) =>
        AsnDecoder.TryReadEncodedValue(bytes, AsnEncodingRules.DER, out var tag, out _, out _, out var consumed) && tag == Asn1Tag.Sequence && consumed == bytes.Length;
}
