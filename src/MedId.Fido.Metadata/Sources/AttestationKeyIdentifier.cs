using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using System.Security.Cryptography;
using MedId.Pki;

namespace MedId.Fido.Metadata;

/// <summary>How metadata names a U2F model: by the key of its attestation certificate. FIDO MDS 3.0 §3.1.1, RFC 5280 §4.2.1.2 method 1.</summary>
public static class AttestationKeyIdentifier
{
    /// <summary>Computes the identifier from the key; what the certificate says of itself is not asked.</summary>
    /// <param name="certificate">The attestation certificate.</param>
    /// <returns>40 digits, lower hex.</returns>
    [SuppressMessage("Security", "CA5350", Justification = "An identifier by the standard's definition; nothing rests on its strength.")]
    public static string Of(Certificate certificate)
    {
        ArgumentNullException.ThrowIfNull(certificate);
        var info = new AsnReader(certificate.SubjectPublicKeyInfo, AsnEncodingRules.DER).ReadSequence();
        info.ReadEncodedValue();
        return Convert.ToHexStringLower(SHA1.HashData(info.ReadBitString(out _)));
    }
}
