using System.Diagnostics.CodeAnalysis;
using System.Formats.Asn1;
using MedId.Core;

namespace MedId.Pki;

/// <content>Reading, RFC 5280 §4.1.</content>
public sealed partial class Certificate
{
    private const int MaxSerialBytes = 64;
    private const int LastVersion = 3;

    private Certificate(ReadOnlyMemory<byte> rawData, bool ofAuthenticator)
    {
        RawData = rawData;
        Read(ofAuthenticator);
    }

    /// <summary>Reads a certificate.</summary>
    /// <param name="der">The whole certificate in DER and nothing after it, at most <see cref="MaxBytes"/>. The bytes are kept, not copied: they must not change.</param>
    /// <returns>The certificate; <see cref="PkiErrorCodes.CertificateTooLarge"/> or <see cref="PkiErrorCodes.CertificateMalformed"/>.</returns>
    public static MedIdResult<Certificate> Parse(ReadOnlyMemory<byte> der) => Parse(der, ofAuthenticator: false);

    /// <summary>Reads an attestation certificate of an authenticator, or one above it, with two mistakes that many of them have.</summary>
    /// <param name="der">As in <see cref="Parse(ReadOnlyMemory{byte})"/>.</param>
    /// <returns>
    /// As <see cref="Parse(ReadOnlyMemory{byte})"/>; but basicConstraints with <c>cA FALSE</c> written out are read, as browsers' virtual authenticators write them, and an
    /// authorityKeyIdentifier that is not in its form is left out, as it stands in certificates of FIDO's conformance tools.
    /// </returns>
    public static MedIdResult<Certificate> ParseAttestation(ReadOnlyMemory<byte> der) => Parse(der, ofAuthenticator: true);

    private static MedIdResult<Certificate> Parse(ReadOnlyMemory<byte> der, bool ofAuthenticator)
    {
        if (der.Length > MaxBytes)
        {
            return new MedIdError(PkiErrorCodes.CertificateTooLarge, ErrorCategory.Malformed, PkiSections.Certificate, $"more than {MaxBytes} bytes");
        }

        try
        {
            return new Certificate(der, ofAuthenticator);
        }
        catch (AsnContentException e)
        {
            return ProfileException.ToError(e, PkiErrorCodes.CertificateMalformed, PkiSections.Certificate);
        }
    }

    [MemberNotNull(nameof(Issuer), nameof(Subject), nameof(SignatureAlgorithm), nameof(Extensions))]
    private void Read(bool ofAuthenticator)
    {
        var certificate = DerReader.Whole(RawData);
        TbsCertificate = certificate.PeekEncodedValue();
        var body = certificate.ReadSequence();
        SignatureAlgorithm = AlgorithmIdentifier.Read(ref certificate);
        Signature = certificate.ReadBitString(out var unusedBits);
        certificate.ThrowIfNotEmpty();
        HasWholeSignature = unusedBits == 0;

        Version = ReadVersion(ref body);
        SerialNumber = body.ReadInteger();
        Require(SerialNumber.Length <= MaxSerialBytes, "The serial number is too long.", "RFC 5280 §4.1.2.2");

        // §4.1.1.2: what is signed names the algorithm that signs.
        Require(body.ReadEncodedValue().Span.SequenceEqual(SignatureAlgorithm.RawData.Span), "Two algorithms.", "RFC 5280 §4.1.1.2");
        Issuer = DistinguishedName.Read(ref body);
        Require(!Issuer.IsEmpty, "An issuer has a name.", "RFC 5280 §4.1.2.4");
        var validity = body.ReadSequence();
        NotBefore = validity.ReadTime();
        NotAfter = validity.ReadTime();
        validity.ThrowIfNotEmpty();
        Subject = DistinguishedName.Read(ref body);
        SubjectPublicKeyInfo = ReadSubjectPublicKeyInfo(ref body);
        SkipUniqueIdentifier(ref body, DerReader.Context(1));
        SkipUniqueIdentifier(ref body, DerReader.Context(2));
        Extensions = ReadExtensions(ref body, ofAuthenticator);
        body.ThrowIfNotEmpty();

        // §4.1.2.6: who has no name has an alternative one that nobody may overlook.
        Require(!Subject.IsEmpty || Extensions.Find(ExtensionOids.SubjectAlternativeName) is { Critical: true }, "A subject has a name.", "RFC 5280 §4.1.2.6");
    }

    /// <summary>§4.1.2.1: v1 is the default and therefore not written.</summary>
    private static int ReadVersion(ref DerReader body)
    {
        if (!body.IsNext(DerReader.Context(0)))
        {
            return 1;
        }

        var choice = body.ReadSequence(DerReader.Context(0));
        var version = choice.ReadCount();
        choice.ThrowIfNotEmpty();
        Require(version is 1 or 2, "No such version.", "RFC 5280 §4.1.2.1");
        return version + 1;
    }

    private static ReadOnlyMemory<byte> ReadSubjectPublicKeyInfo(ref DerReader body)
    {
        var rawData = body.PeekEncodedValue();
        var info = body.ReadSequence();
        AlgorithmIdentifier.Read(ref info);
        info.ReadBitString(out _);
        info.ThrowIfNotEmpty();
        return rawData;
    }

    /// <summary>§4.1.2.8: in v2 and v3 only; nobody uses them, and nothing here reads them.</summary>
    private void SkipUniqueIdentifier(ref DerReader body, Asn1Tag tag)
    {
        if (body.IsNext(tag))
        {
            Require(Version > 1, "Unique identifiers came with version 2.", "RFC 5280 §4.1.2.8");
            body.ReadBitString(out _, tag);
        }
    }

    /// <summary>§4.1.2.9: in v3 only.</summary>
    private CertificateExtensions ReadExtensions(ref DerReader body, bool ofAuthenticator)
    {
        if (!body.IsNext(DerReader.Context(3)))
        {
            return CertificateExtensions.None;
        }

        Require(Version == LastVersion, "Extensions came with version 3.", "RFC 5280 §4.1.2.9");
        var choice = body.ReadSequence(DerReader.Context(3));
        var list = choice.ReadSequence();
        choice.ThrowIfNotEmpty();
        return new(ExtensionReader.ReadExtensions(list), ofAuthenticator);
    }

    private static void Require(bool holds, string why, string section)
    {
        if (!holds)
        {
            throw new ProfileException(why, section);
        }
    }
}
