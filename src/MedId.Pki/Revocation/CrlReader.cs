using System.Formats.Asn1;
using System.Numerics;
using MedId.Core;

namespace MedId.Pki;

/// <summary>Reads CertificateList (RFC 5280 §5.1) strictly: DER, the profile's versions and times, every extension that is understood in its own form.</summary>
internal static class CrlReader
{
    private const string Section = "RFC 5280 §5.1";
    private const string ExpiredCertificatesOnCrl = "2.5.29.60";
    private const int MaxNumberBytes = 20;
    private const int MaxNames = 64;
    private const int VersionTwo = 1;

    public static MedIdResult<CertificateRevocationList> Read(ReadOnlyMemory<byte> der, CrlLimits limits)
    {
        if (der.Length > limits.MaxBytes)
        {
            return new MedIdError(PkiErrorCodes.CrlTooLarge, ErrorCategory.Policy, Section, "more bytes than allowed");
        }

        try
        {
            return ReadList(der, limits);
        }
        catch (AsnContentException e)
        {
            return ProfileException.ToError(e, PkiErrorCodes.CrlMalformed, Section);
        }
    }

    /// <summary>The directory name in a certificateIssuer extension (§5.3.3); null when there is none or the value is malformed.</summary>
    public static DistinguishedName? ReadCertificateIssuer(ReadOnlyMemory<byte> value)
    {
        try
        {
            var names = GeneralName.ReadAll(DerReader.Whole(value), MaxNames);
            return names.OfType<GeneralName.DirectoryName>().FirstOrDefault()?.Name;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    private static MedIdResult<CertificateRevocationList> ReadList(ReadOnlyMemory<byte> der, CrlLimits limits)
    {
        var list = DerReader.Whole(der);
        var tbs = list.PeekEncodedValue();
        var body = list.ReadSequence();
        var outerAlgorithm = AlgorithmIdentifier.Read(ref list);
        var signature = list.ReadBitString(out var unusedBits);
        list.ThrowIfNotEmpty();
        if (unusedBits != 0)
        {
            throw new ProfileException("A signature is made of bytes.", "RFC 5280 §5.1.1.3");
        }

        // §5.1.2.1: v2, or no version at all and then no extensions.
        var isVersionTwo = body.IsNext(Asn1Tag.Integer);
        if (isVersionTwo && body.ReadCount() != VersionTwo)
        {
            throw new ProfileException("The version is not 2.", "RFC 5280 §5.1.2.1");
        }

        var innerAlgorithm = AlgorithmIdentifier.Read(ref body);
        if (!innerAlgorithm.RawData.Span.SequenceEqual(outerAlgorithm.RawData.Span))
        {
            throw new ProfileException("The algorithms inside and outside differ.", "RFC 5280 §5.1.1.2");
        }

        var issuer = DistinguishedName.Read(ref body);
        if (issuer.IsEmpty)
        {
            throw new ProfileException("The issuer has no name.", "RFC 5280 §5.1.2.3");
        }

        var thisUpdate = body.ReadTime();
        if (!body.IsNext(Asn1Tag.UtcTime) && !body.IsNext(Asn1Tag.GeneralizedTime))
        {
            throw new ProfileException("nextUpdate is missing.", "RFC 5280 §5.1.2.5");
        }

        var nextUpdate = body.ReadTime();
        if (nextUpdate < thisUpdate)
        {
            throw new ProfileException("nextUpdate is before thisUpdate.", "RFC 5280 §5.1.2.5");
        }

        var entries = body.IsNext(Asn1Tag.Sequence) ? body.ReadContent(Asn1Tag.Sequence) : default(ReadOnlyMemory<byte>?);
        if (entries is { IsEmpty: true })
        {
            throw new ProfileException("An empty list of entries is not written.", "RFC 5280 §5.1.2.6");
        }

        var fields = new CrlFields
        {
            RawData = der,
            TbsCertList = tbs,
            Signature = signature,
            SignatureAlgorithm = outerAlgorithm,
            Issuer = issuer,
            ThisUpdate = thisUpdate,
            NextUpdate = nextUpdate,
        };
        var extensions = body.IsNext(DerReader.Context(0)) ? ReadExtensions(ref body) : [];
        body.ThrowIfNotEmpty();
        ReadExtensions(fields, extensions);

        if (entries is { } content)
        {
            var index = CrlEntryIndex.Build(content, limits);
            if (!index.Succeeded)
            {
                return index.Error;
            }

            fields.Index = index.Value;
        }

        if (!isVersionTwo && (extensions.Length > 0 || fields.Index.HasExtensions))
        {
            throw new ProfileException("Extensions need version 2.", "RFC 5280 §5.1.2.1");
        }

        if (fields.Index.HasCertificateIssuers && fields.IssuingDistributionPoint is not { IsIndirect: true })
        {
            throw new ProfileException("Only an indirect CRL names certificate issuers.", "RFC 5280 §5.3.3");
        }

        return new CertificateRevocationList(fields);
    }

    private static CertificateExtension[] ReadExtensions(ref DerReader body)
    {
        var wrapper = body.ReadSequence(DerReader.Context(0));
        var list = wrapper.ReadSequence();
        wrapper.ThrowIfNotEmpty();
        return ExtensionReader.ReadExtensions(list);
    }

    private static void ReadExtensions(CrlFields fields, CertificateExtension[] extensions)
    {
        foreach (var extension in extensions)
        {
            switch (extension.Oid)
            {
                case ExtensionOids.AuthorityKeyIdentifier:
                    fields.AuthorityKeyIdentifier = ExtensionReader.ReadAuthorityKeyIdentifier(extension.Value);
                    break;
                case ExtensionOids.CrlNumber:
                    fields.Number = ReadNumber(extension.Value);
                    break;
                case ExtensionOids.DeltaCrlIndicator:
                    fields.BaseNumber = ReadNumber(extension.Value);
                    break;
                case ExtensionOids.IssuingDistributionPoint:
                    fields.IssuingDistributionPoint = ReadIssuingDistributionPoint(extension.Value);
                    break;
                case ExtensionOids.FreshestCrl:
                    fields.FreshestCrl = ExtensionReader.ReadDistributionPoints(extension.Value);
                    break;
                case ExtensionOids.IssuerAlternativeName:
                    ExtensionReader.ReadNames(extension.Value);
                    break;
                case ExtensionOids.AuthorityInformationAccess:
                    ExtensionReader.ReadAccessDescriptions(extension.Value);
                    break;
                case ExpiredCertificatesOnCrl:
                    var value = new DerReader(extension.Value);
                    fields.ExpiredCertificatesSince = value.ReadGeneralizedTime();
                    value.ThrowIfNotEmpty();
                    break;
                default:
                    fields.HasUnknownCriticalExtension |= extension.Critical;
                    break;
            }
        }
    }

    /// <summary>§5.2.3: not negative, at most 20 octets.</summary>
    private static BigInteger ReadNumber(ReadOnlyMemory<byte> der)
    {
        var value = new DerReader(der);
        var content = value.ReadInteger();
        value.ThrowIfNotEmpty();
        return content.Length <= MaxNumberBytes && content.Span[0] < 0x80
            ? new BigInteger(content.Span, isUnsigned: true, isBigEndian: true)
            : throw new ProfileException("A CRL number is not negative and has at most 20 octets.", "RFC 5280 §5.2.3");
    }

    private static IssuingDistributionPoint ReadIssuingDistributionPoint(ReadOnlyMemory<byte> der)
    {
        var value = DerReader.Whole(der);
        if (!value.HasData)
        {
            throw new ProfileException("An empty issuing distribution point is not written.", "RFC 5280 §5.2.5");
        }

        var (fullName, relativeName) = ExtensionReader.ReadDistributionPointName(ref value, DerReader.Context(0));
        var user = value.ReadFlag(DerReader.Context(1));
        var authority = value.ReadFlag(DerReader.Context(2));
        RevocationReasons? reasons = value.IsNext(DerReader.Context(3)) ? ExtensionReader.ReadReasons(ref value, DerReader.Context(3)) : null;
        var indirect = value.ReadFlag(DerReader.Context(4));
        var attribute = value.ReadFlag(DerReader.Context(5));
        value.ThrowIfNotEmpty();
        return (user ? 1 : 0) + (authority ? 1 : 0) + (attribute ? 1 : 0) <= 1
            ? new(fullName, relativeName, user, authority, attribute, reasons, indirect, der)
            : throw new ProfileException("A CRL is for one kind of certificates at most.", "RFC 5280 §5.2.5");
    }
}
