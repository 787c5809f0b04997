using System.Formats.Asn1;
using System.Security.Cryptography;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Fido.Uaf;

/// <summary>What the server knows of its TLS channel, and whether the client has to say what it saw. UAF 1.1 protocol §3.1 and §4.</summary>
/// <remarks>A member that the client sends and the server knows must match; one that the server does not know proves nothing and is not judged.</remarks>
public sealed record ChannelBindingExpectation
{
    private readonly HashSet<string> _endPoints = new(StringComparer.Ordinal);
    private readonly HashSet<string> _certificates = new(StringComparer.Ordinal);
    private readonly bool _required;

    private ChannelBindingExpectation(IEnumerable<ReadOnlyMemory<byte>> certificates, bool required, IEnumerable<ReadOnlyMemory<byte>>? endPoints = null)
    {
        _required = required;
        foreach (var endPoint in endPoints ?? [])
        {
            _endPoints.Add(StrictBase64Url.Encode(endPoint.Span));
        }

        foreach (var certificate in certificates)
        {
            _certificates.Add(StrictBase64Url.Encode(certificate.Span));
            if (EndPoint(certificate) is { } endPoint)
            {
                _endPoints.Add(endPoint);
            }
        }
    }

    /// <summary>Nothing is known: whatever the client says is not judged. What servers behind foreign TLS terminators have.</summary>
    public static ChannelBindingExpectation NotKnown { get; } = new([], required: false);

    /// <summary>The certificates of all front ends are known.</summary>
    /// <param name="certificates">DER of each server certificate; at least one.</param>
    /// <param name="required">Whether an answer without <c>serverEndPoint</c> and <c>tlsServerCertificate</c> is refused. Most clients send neither.</param>
    /// <exception cref="ArgumentException">None given, or one is no certificate.</exception>
    public static ChannelBindingExpectation ForServerCertificates(IReadOnlyList<ReadOnlyMemory<byte>> certificates, bool required = false)
    {
        ArgumentNullException.ThrowIfNull(certificates);
        return certificates.Count > 0
            ? new(certificates, required)
            : throw new ArgumentException("Name at least one certificate.", nameof(certificates));
    }

    /// <summary>What a TLS terminator tells of itself: end points, certificates or both, of all front ends.</summary>
    /// <param name="endPoints">Values of RFC 5929 <c>tls-server-end-point</c>; may be empty where certificates are given, from which they follow.</param>
    /// <param name="certificates">DER of each server certificate; may be empty where end points are given.</param>
    /// <param name="required">Whether an answer that names nothing known is refused.</param>
    /// <exception cref="ArgumentException">Nothing given, or a certificate that is none.</exception>
    public static ChannelBindingExpectation ForServer(
        IReadOnlyList<ReadOnlyMemory<byte>> endPoints, IReadOnlyList<ReadOnlyMemory<byte>> certificates, bool required = false)
    {
        ArgumentNullException.ThrowIfNull(endPoints);
        ArgumentNullException.ThrowIfNull(certificates);
        return endPoints.Count + certificates.Count > 0
            ? new(certificates, required, endPoints)
            : throw new ArgumentException("Name at least one end point or certificate.", nameof(endPoints));
    }

    /// <summary>The TLS version 1.2 connection's <c>tls-unique</c> (RFC 5929 §3), where the server ends TLS itself.</summary>
    public ReadOnlyMemory<byte>? TlsUnique { get; init; }

    /// <summary>The TLS ChannelID key that was negotiated, as the text that the client sends for it; null where none was. No client of today has one.</summary>
    public string? ChannelIdPublicKey { get; init; }

    internal bool IsKnown => TlsUnique is not null || ChannelIdPublicKey is not null || _endPoints.Count + _certificates.Count > 0;

    internal MedIdError? Judge(ChannelBinding seen, StepTrace trace)
    {
        var holds = Holds(seen.ServerEndPoint, _endPoints)
            && Holds(seen.TlsServerCertificate, _certificates)
            && (TlsUnique is not { } unique || seen.TlsUnique is null || string.Equals(seen.TlsUnique, StrictBase64Url.Encode(unique.Span), StringComparison.Ordinal))

            // "unused" where a ChannelID was used is another channel.
            && (ChannelIdPublicKey is null || seen.CidPublicKey is null || string.Equals(seen.CidPublicKey, ChannelIdPublicKey, StringComparison.Ordinal))
            && (!_required || (seen.ServerEndPoint is not null && _endPoints.Count > 0) || (seen.TlsServerCertificate is not null && _certificates.Count > 0));
        return holds ? null : trace.Refuse(UafErrorCodes.ChannelBinding, ErrorCategory.Untrusted);
    }

    private static bool Holds(string? seen, HashSet<string> known) => seen is null || known.Count == 0 || known.Contains(seen);

    // RFC 5929 §4.1: the hash of the certificate's signature algorithm, SHA-256 in place of MD5 and SHA-1. PSS and EdDSA name no single hash by their OID.
    private static string? EndPoint(ReadOnlyMemory<byte> certificate)
    {
        string algorithm;
        try
        {
            var outer = new AsnReader(certificate, AsnEncodingRules.DER).ReadSequence();
            outer.ReadEncodedValue();
            algorithm = outer.ReadSequence().ReadObjectIdentifier();
        }
        catch (AsnContentException malformed)
        {
            throw new ArgumentException("Not a certificate in DER.", nameof(certificate), malformed);
        }

        return algorithm switch
        {
            "1.2.840.113549.1.1.4" or "1.2.840.113549.1.1.5" or "1.2.840.113549.1.1.11" or "1.2.840.10045.4.1" or "1.2.840.10045.4.3.2"
                => StrictBase64Url.Encode(SHA256.HashData(certificate.Span)),
            "1.2.840.113549.1.1.12" or "1.2.840.10045.4.3.3" => StrictBase64Url.Encode(SHA384.HashData(certificate.Span)),
            "1.2.840.113549.1.1.13" or "1.2.840.10045.4.3.4" => StrictBase64Url.Encode(SHA512.HashData(certificate.Span)),
            _ => null,
        };
    }
}
