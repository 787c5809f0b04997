using MedId.Cryptography;

namespace MedId.Pki;

/// <summary>How OCSP names a certificate: hashes of its issuer's name and key, and its serial number (RFC 6960 §4.1.1).</summary>
/// <param name="HashOid">The hash, dotted.</param>
/// <param name="IssuerNameHash">Over the DER of the issuer's name as the certificate has it.</param>
/// <param name="IssuerKeyHash">Over the issuer's public key: the bits of the BIT STRING, without its header.</param>
/// <param name="SerialNumber">Content octets of the certificate's serial number.</param>
public sealed record OcspCertId(string HashOid, ReadOnlyMemory<byte> IssuerNameHash, ReadOnlyMemory<byte> IssuerKeyHash, ReadOnlyMemory<byte> SerialNumber)
{
    /// <summary>Whether both name the same certificate by the same hash.</summary>
    /// <param name="other">The other one.</param>
    public bool Equals(OcspCertId? other) => other is not null && string.Equals(HashOid, other.HashOid, StringComparison.Ordinal)
        && IssuerNameHash.Span.SequenceEqual(other.IssuerNameHash.Span) && IssuerKeyHash.Span.SequenceEqual(other.IssuerKeyHash.Span)
        && SerialNumber.Span.SequenceEqual(other.SerialNumber.Span);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        hash.AddBytes(SerialNumber.Span);
        hash.AddBytes(IssuerKeyHash.Span);
        return hash.ToHashCode();
    }

    /// <summary>Nothing of the certificate: a serial number is personal data.</summary>
    public override string ToString() => $"CertID by {HashOid}";

    internal static OcspCertId Of(Certificate certificate, in OcspIssuer issuer, DigestAlgorithm hash) =>
        new(hash.Oid, hash.Compute(certificate.Issuer.RawData.Span), hash.Compute(issuer.KeyBits.Span), certificate.SerialNumber);

    /// <summary>Whether this names the certificate, by whatever hash of the table.</summary>
    internal bool Names(Certificate certificate, in OcspIssuer issuer) => SerialNumber.Span.SequenceEqual(certificate.SerialNumber.Span)
        && DigestAlgorithm.TryFromOid(HashOid, out var hash)
        && IssuerNameHash.Span.SequenceEqual(hash.Compute(certificate.Issuer.RawData.Span))
        && IssuerKeyHash.Span.SequenceEqual(hash.Compute(issuer.KeyBits.Span));

    internal static OcspCertId Read(ref DerReader reader)
    {
        var id = reader.ReadSequence();
        var hash = AlgorithmIdentifier.Read(ref id);
        var name = id.ReadOctetString();
        var key = id.ReadOctetString();
        var serial = id.ReadInteger();
        id.ThrowIfNotEmpty();
        return new(hash.Oid, name, key, serial);
    }
}
