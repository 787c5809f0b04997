using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using MedId.Cryptography;

namespace MedId.Fido.Uaf;

/// <summary>The parts of an X.509 certificate that direct issuance needs. RFC 5280 §4.1.</summary>
internal sealed class AttestationCertificate
{
    private const string BasicConstraints = "2.5.29.19";
    private const string KeyUsage = "2.5.29.15";
    private const int KeyCertSignBit = 5;

    private static readonly Asn1Tag Version = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag Extensions = new(TagClass.ContextSpecific, 3);

    private ReadOnlyMemory<byte> _signed;
    private ReadOnlyMemory<byte> _issuer;
    private ReadOnlyMemory<byte> _subject;
    private ReadOnlyMemory<byte> _signatureAlgorithm;
    private byte[] _signature = [];
    private DateTimeOffset _notBefore;
    private DateTimeOffset _notAfter;
    private bool _isAuthority;
    private bool _mayNotSignCertificates;
    private bool _hasUnknownCriticalExtension;

    private AttestationCertificate()
    {
    }

    /// <summary>DER of the public key.</summary>
    public ReadOnlyMemory<byte> SubjectPublicKeyInfo { get; private set; }

    /// <summary>Whether it says of itself that it may issue certificates: an attestation certificate that is pinned by metadata may not.</summary>
    public bool MayIssue => _isAuthority && !_mayNotSignCertificates;

    public static bool TryParse(ReadOnlyMemory<byte> der, [NotNullWhen(true)] out AttestationCertificate? certificate)
    {
        certificate = new AttestationCertificate();
        try
        {
            certificate.Read(der);
            return true;
        }
        catch (AsnContentException)
        {
            certificate = null;
            return false;
        }
    }

    /// <summary>In its time, and without a critical extension that is not understood here. RFC 5280 §6.1.3, §4.2.</summary>
    public bool IsAcceptableAt(DateTimeOffset now) => now >= _notBefore && now <= _notAfter && !_hasUnknownCriticalExtension;

    /// <summary>Named and signed by the issuer. RFC 5280 §6.1.3.</summary>
    public bool IsIssuedBy(AttestationCertificate issuer)
    {
        if (!_issuer.Span.SequenceEqual(issuer._subject.Span)
            || PublicKey.FromSubjectPublicKeyInfo(issuer.SubjectPublicKeyInfo.Span) is not { Succeeded: true, Value: { } key })
        {
            return false;
        }

        // SHA-1 and older do not count: a certificate signed so is trusted only when the metadata holds the certificate itself.
        return SignatureAlgorithm.TryFromX509(_signatureAlgorithm.Span, key, out var algorithm) && !algorithm.IsWeak && key.Verify(algorithm, _signed.Span, _signature);
    }

    private void Read(ReadOnlyMemory<byte> der)
    {
        var outer = new AsnReader(der, AsnEncodingRules.DER);
        var certificate = outer.ReadSequence();
        outer.ThrowIfNotEmpty();
        _signed = certificate.PeekEncodedValue();
        var body = certificate.ReadSequence();
        _signatureAlgorithm = certificate.ReadEncodedValue();
        _signature = certificate.ReadBitString(out var unusedBits);
        certificate.ThrowIfNotEmpty();

        if (body.PeekTag().HasSameClassAndValue(Version))
        {
            body.ReadEncodedValue();
        }

        body.ReadIntegerBytes();
        var innerAlgorithm = body.ReadEncodedValue();
        _issuer = body.ReadEncodedValue();
        var validity = body.ReadSequence();
        _notBefore = ReadTime(validity);
        _notAfter = ReadTime(validity);
        _subject = body.ReadEncodedValue();
        SubjectPublicKeyInfo = body.ReadEncodedValue();

        // RFC 5280 §4.1.1.2: what is signed names the algorithm that signs.
        if (unusedBits != 0 || !innerAlgorithm.Span.SequenceEqual(_signatureAlgorithm.Span))
        {
            throw new AsnContentException();
        }

        while (body.HasData)
        {
            var tag = body.PeekTag();
            if (tag.HasSameClassAndValue(Extensions))
            {
                ReadExtensions(body.ReadSequence(Extensions).ReadSequence());
            }
            else
            {
                body.ReadEncodedValue();
            }
        }
    }

    private void ReadExtensions(AsnReader extensions)
    {
        while (extensions.HasData)
        {
            var extension = extensions.ReadSequence();
            var id = extension.ReadObjectIdentifier();
            var critical = extension.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean) && extension.ReadBoolean();
            var value = new AsnReader(extension.ReadOctetString(), AsnEncodingRules.DER);
            switch (id)
            {
                case BasicConstraints:
                    var constraints = value.ReadSequence();
                    _isAuthority = constraints.HasData && constraints.PeekTag().HasSameClassAndValue(Asn1Tag.Boolean) && constraints.ReadBoolean();
                    break;
                case KeyUsage:
                    var bits = value.ReadBitString(out _);
                    _mayNotSignCertificates = bits.Length == 0 || (bits[0] & (0x80 >> KeyCertSignBit)) == 0;
                    break;
                default:
                    _hasUnknownCriticalExtension |= critical;
                    break;
            }
        }
    }

    private static DateTimeOffset ReadTime(AsnReader validity) =>
        validity.PeekTag().HasSameClassAndValue(Asn1Tag.UtcTime) ? validity.ReadUtcTime() : validity.ReadGeneralizedTime();
}
