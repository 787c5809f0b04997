using System.Globalization;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Signatures;

/// <summary>Reads the QualifyingProperties of one signature (EN 319 132-1 §4.3): below its own Object, once, for this signature.</summary>
internal sealed class XadesReader(XmlSignatureLimits limits)
{
    private const string DerEncoding = "http://uri.etsi.org/01903/v1.2.2#DER";

    private static readonly string[] TimeFormats = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>The properties; null where the signature has none.</summary>
    public (XadesProperties? Properties, MedIdError? Error) Read(XmlSignatureMarkup signature)
    {
        var found = signature.Objects.SelectMany(o => o.Elements)
            .Where(e => e.LocalName is "QualifyingProperties" or "QualifyingPropertiesReference" && e.NamespaceUri.StartsWith("http://uri.etsi.org/", StringComparison.Ordinal)).ToList();
        if (found.Count == 0)
        {
            return (null, null);
        }

        // §4.4: one QualifyingProperties, directly in an Object, with the signature as its target.
        if (found is not [var qualifying] || !IsXades(qualifying, "QualifyingProperties"))
        {
            return Malformed("There is not exactly one QualifyingProperties of XAdES 1.3.2.");
        }

        if (signature.Id is not { Length: > 0 } id || qualifying.Attribute("Target") != "#" + id)
        {
            return Malformed("QualifyingProperties is for another signature.");
        }

        if (qualifying.ElementsOnly() is not { Length: 1 or 2 } parts || !IsXades(parts[0], "SignedProperties") || (parts.Length == 2 && !IsXades(parts[1], "UnsignedProperties")))
        {
            return Malformed("QualifyingProperties is not SignedProperties and UnsignedProperties.");
        }

        var properties = new XadesProperties(parts[0]);
        var error = ReadSigned(properties) ?? (parts.Length == 2 ? ReadUnsigned(parts[1], properties) : null);
        var isTooMuch = Math.Max(properties.Certificates.Count, properties.Crls.Count + properties.OcspResponses.Count) > limits.MaxEncapsulated
            || properties.SignatureTimestamps.Sum(t => t.Tokens.Count) > limits.MaxTimestamps;
        return error is null && isTooMuch
            ? (null, new(SignaturesErrorCodes.XmlLimit, ErrorCategory.Policy, "EN 319 132-1 §5.4", "The properties hold too many values."))
            : (error is null ? properties : null, error);
    }

    private static MedIdError? ReadSigned(XadesProperties properties)
    {
        if (properties.SignedProperties.ElementsOnly() is not { Length: <= 2 } parts || parts.DistinctBy(p => p.LocalName, StringComparer.Ordinal).Count() != parts.Length)
        {
            return MalformedError("SignedProperties has other content than elements.");
        }

        foreach (var part in parts)
        {
            if (IsXades(part, "SignedDataObjectProperties"))
            {
                foreach (var stamp in part.Elements.Where(e => e.LocalName is "AllDataObjectsTimeStamp" or "IndividualDataObjectsTimeStamp"))
                {
                    properties.NotJudged.Add(Unjudged(stamp));
                }
            }
            else if (!IsXades(part, "SignedSignatureProperties"))
            {
                return MalformedError("SignedProperties holds something else than its two parts.");
            }
            else if (ReadSignedSignature(part, properties) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    private static MedIdError? ReadSignedSignature(XmlTreeElement signed, XadesProperties properties)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var property in signed.Elements)
        {
            if (!seen.Add(property.LocalName))
            {
                return MalformedError("A property stands twice.");
            }

            if (IsXades(property, "SigningTime"))
            {
                // §5.2.1. A time without an offset could be any of two days; it is a claim, and then no claim.
                var text = property.TextOnly()?.Trim(' ', '\t', '\r', '\n');
                if (!DateTimeOffset.TryParseExact(text, TimeFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
                {
                    return MalformedError("SigningTime is not a time.");
                }

                properties.SigningTime = HasOffset(text!) ? time : null;
            }
            else if (IsXades(property, "SigningCertificate") || IsXades(property, "SigningCertificateV2"))
            {
                var reference = ReadCertificate(property);
                if (reference is null || (properties.SigningCertificate is { } other && !other.Hash.AsSpan().SequenceEqual(reference.Hash)))
                {
                    return MalformedError("The reference to the signing certificate cannot be read.");
                }

                properties.SigningCertificate = reference;
            }
            else
            {
                properties.NotJudged.Add(Unjudged(property));
            }
        }

        return null;
    }

    private static XadesCertificateReference? ReadCertificate(XmlTreeElement property)
    {
        // §5.2.2: the first Cert is the signer's; CertDigest, then how the certificate is called.
        if (property.ElementsOnly() is not [var cert, ..] || !IsXades(cert, "Cert") || cert.ElementsOnly() is not { Length: 1 or 2 } parts || !IsXades(parts[0], "CertDigest"))
        {
            return null;
        }

        if (parts[0].ElementsOnly() is not [var method, var value] || !method.Is(XmlNames.Signature, "DigestMethod") || !value.Is(XmlNames.Signature, "DigestValue")
            || !DigestAlgorithm.TryFromXml(method.Attribute("Algorithm"), out var digest) || XmlBase64.Decode(value.TextOnly()) is not { } hash || hash.Length != digest.Length)
        {
            return null;
        }

        if (parts.Length == 1)
        {
            return property.LocalName == "SigningCertificateV2" ? new(digest, hash, null, null, null) : null;
        }

        if (property.LocalName == "SigningCertificateV2")
        {
            return IsXades(parts[1], "IssuerSerialV2") && XmlBase64.Decode(parts[1].TextOnly()) is { } der ? new(digest, hash, null, null, der) : null;
        }

        return IsXades(parts[1], "IssuerSerial") && parts[1].ElementsOnly() is [var issuer, var serial]
            && issuer.Is(XmlNames.Signature, "X509IssuerName") && serial.Is(XmlNames.Signature, "X509SerialNumber")
            && issuer.TextOnly() is { } name && serial.TextOnly() is { } number
            ? new(digest, hash, name.Trim(' ', '\t', '\r', '\n'), number.Trim(' ', '\t', '\r', '\n'), null)
            : null;
    }

    private static MedIdError? ReadUnsigned(XmlTreeElement unsigned, XadesProperties properties)
    {
        foreach (var group in unsigned.Elements)
        {
            if (!IsXades(group, "UnsignedSignatureProperties"))
            {
                properties.NotJudged.Add(Unjudged(group));
                continue;
            }

            foreach (var property in group.Elements)
            {
                if (ReadUnsignedProperty(property, properties) is { } error)
                {
                    return error;
                }
            }
        }

        return null;
    }

    private static MedIdError? ReadUnsignedProperty(XmlTreeElement property, XadesProperties properties)
    {
        if (IsXades(property, "SignatureTimeStamp"))
        {
            return ReadTimestamp(property, properties);
        }

        if (IsXades(property, "CertificateValues") || IsXades(property, "RevocationValues"))
        {
            return ReadValues(property, properties);
        }

        if (property.Is(XmlNames.Xades141, "TimeStampValidationData"))
        {
            return property.Elements.Select(e => IsXades(e, "CertificateValues") || IsXades(e, "RevocationValues") ? ReadValues(e, properties) : Leave(e, properties))
                .FirstOrDefault(e => e is not null);
        }

        // Counter-signatures, archive time-stamps, references and all that comes later: said to be there, believed in nothing.
        return Leave(property, properties);
    }

    private static MedIdError? ReadTimestamp(XmlTreeElement stamp, XadesProperties properties)
    {
        // §5.3, §5.1.4.4: CanonicalizationMethod?, EncapsulatedTimeStamp+; what it is over is implicit.
        var form = XmlCanonicalForm.Implicit;
        var tokens = new List<byte[]>();
        foreach (var part in stamp.ElementsOnly() ?? [])
        {
            if (part.Is(XmlNames.Signature, "CanonicalizationMethod") && tokens.Count == 0)
            {
                var read = XmlSignatureReader.Form(part);
                if (!read.Succeeded)
                {
                    return read.Error;
                }

                form = read.Value;
            }
            else if (IsXades(part, "EncapsulatedTimeStamp") && Encapsulated(part) is { } token)
            {
                tokens.Add(token);
            }
            else
            {
                return MalformedError("SignatureTimeStamp is not a canonical form and RFC 3161 tokens.");
            }
        }

        properties.SignatureTimestamps.Add(new(form, tokens));
        return tokens.Count == 0 ? MalformedError("SignatureTimeStamp holds no RFC 3161 token.") : null;
    }

    private static MedIdError? ReadValues(XmlTreeElement values, XadesProperties properties)
    {
        // §5.4.1, §5.4.2: EncapsulatedX509Certificate directly; CRLs and OCSP responses one level deeper.
        foreach (var value in XmlTree.Walk(values).Skip(1))
        {
            var list = value.NamespaceUri != XmlNames.Xades132 ? null : value.LocalName switch
            {
                "EncapsulatedX509Certificate" => properties.Certificates,
                "EncapsulatedCRLValue" => properties.Crls,
                "EncapsulatedOCSPValue" => properties.OcspResponses,
                _ => null,
            };
            if (list is null)
            {
                if (value.LocalName is not ("CRLValues" or "OCSPValues"))
                {
                    properties.NotJudged.Add(Unjudged(value));
                }
            }
            else if (Encapsulated(value) is { } der)
            {
                list.Add(der);
            }
            else
            {
                return MalformedError("An encapsulated value is not base64 of DER.");
            }
        }

        return null;
    }

    private static byte[]? Encapsulated(XmlTreeElement element) =>
        element.Attribute("Encoding") is null or DerEncoding ? XmlBase64.Decode(element.TextOnly()) : null;

    private static MedIdError? Leave(XmlTreeElement property, XadesProperties properties)
    {
        properties.NotJudged.Add(Unjudged(property));
        return null;
    }

    private static UnjudgedElement Unjudged(XmlTreeElement element) => new("{" + element.NamespaceUri + "}" + element.LocalName, element.LocalName);

    private static bool HasOffset(string time) => time.EndsWith('Z') || time.AsSpan(10).IndexOfAny('+', '-') >= 0;

    private static bool IsXades(XmlTreeElement element, string name) => element.Is(XmlNames.Xades132, name);

    private static (XadesProperties? Properties, MedIdError? Error) Malformed(string detail) => (null, MalformedError(detail));

    private static MedIdError MalformedError(string detail) => new(SignaturesErrorCodes.XmlXades, ErrorCategory.Malformed, "EN 319 132-1 §5", detail);
}
