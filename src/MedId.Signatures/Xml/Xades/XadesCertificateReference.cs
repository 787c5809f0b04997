using System.Formats.Asn1;
using System.Globalization;
using System.Numerics;
using MedId.Cryptography;
using MedId.Pki;

namespace MedId.Signatures;

/// <summary>The first Cert of SigningCertificate or SigningCertificateV2 (EN 319 132-1 §5.2.2): which certificate the signer means.</summary>
/// <param name="Digest">The hash that names it.</param>
/// <param name="Hash">The certificate's hash.</param>
/// <param name="IssuerName">Version 1: the issuer as RFC 4514 text.</param>
/// <param name="SerialNumber">Version 1: the serial number in decimal.</param>
/// <param name="IssuerSerial">Version 2: the IssuerSerial of RFC 5035 in DER.</param>
internal sealed record XadesCertificateReference(DigestAlgorithm Digest, byte[] Hash, string? IssuerName, string? SerialNumber, byte[]? IssuerSerial)
{
    private const int MaxSerialDigits = 64;

    /// <summary>The hash over the whole certificate; issuer and serial number too where stated. Names are compared as names, not as text: their spelling is the producer's.</summary>
    public bool Names(Certificate certificate) =>
        Digest.Compute(certificate.RawData.Span).AsSpan().SequenceEqual(Hash)
        && (IssuerName is null || NamesByText(certificate))
        && (IssuerSerial is null || NamesByDer(certificate, IssuerSerial));

    private bool NamesByText(Certificate certificate) =>
        DistinguishedName.ParseRfc4514(IssuerName!) is { Succeeded: true, Value: var issuer } && issuer.Equals(certificate.Issuer)
        && SerialNumber!.Length <= MaxSerialDigits
        && BigInteger.TryParse(SerialNumber, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var serial)
        && serial == new BigInteger(certificate.SerialNumber.Span, isBigEndian: true);

    private static bool NamesByDer(Certificate certificate, byte[] der)
    {
        try
        {
            var reader = new AsnReader(der, AsnEncodingRules.DER);
            var issuerSerial = reader.ReadSequence();
            reader.ThrowIfNotEmpty();
            var names = issuerSerial.ReadSequence();
            var directory = names.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 4));
            var issuer = DistinguishedName.Parse(directory.ReadEncodedValue());
            directory.ThrowIfNotEmpty();
            names.ThrowIfNotEmpty();
            var serial = issuerSerial.ReadIntegerBytes();
            issuerSerial.ThrowIfNotEmpty();
            return issuer.Succeeded && issuer.Value.Equals(certificate.Issuer) && serial.Span.SequenceEqual(certificate.SerialNumber.Span);
        }
        catch (AsnContentException)
        {
            return false;
        }
    }
}
