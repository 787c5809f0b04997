using MedId.Pki;

namespace MedId.Signatures;

/// <summary>How a signer names its certificate (RFC 5652 §5.3): by issuer and serial number, or by subject key identifier.</summary>
public sealed record CmsSignerIdentifier
{
    internal CmsSignerIdentifier(DistinguishedName issuer, ReadOnlyMemory<byte> serialNumber) => (Issuer, SerialNumber) = (issuer, serialNumber);

    internal CmsSignerIdentifier(ReadOnlyMemory<byte> subjectKeyIdentifier) => SubjectKeyIdentifier = subjectKeyIdentifier;

    /// <summary>The issuer; null when the key identifier names the certificate.</summary>
    public DistinguishedName? Issuer { get; }

    /// <summary>The content octets of the serial number; empty when the key identifier names the certificate.</summary>
    public ReadOnlyMemory<byte> SerialNumber { get; }

    /// <summary>The key identifier; null when issuer and serial number name the certificate.</summary>
    public ReadOnlyMemory<byte>? SubjectKeyIdentifier { get; }

    /// <summary>Whether a certificate is the one named.</summary>
    /// <param name="certificate">The certificate.</param>
    public bool Names(Certificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        return SubjectKeyIdentifier is { } identifier
            ? certificate.Extensions.SubjectKeyIdentifier is { } own && own.Span.SequenceEqual(identifier.Span)
            : certificate.SerialNumber.Span.SequenceEqual(SerialNumber.Span) && certificate.Issuer.Equals(Issuer);
    }
}
