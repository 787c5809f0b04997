using MedId.Core;

namespace MedId.Signatures;

/// <summary>Reads a Signature element by child axis and order alone: nothing is searched for, so nothing can be found elsewhere.</summary>
internal sealed class XmlSignatureReader(XmlSignatureLimits limits, bool allowExceptSignatures = false)
{
    private const string Section = "XML-DSig §4";

    public MedIdResult<XmlSignatureMarkup> Read(XmlTreeElement signature)
    {
        // §4.2: SignedInfo, SignatureValue, KeyInfo?, Object*; in this order, each of the first three once.
        if (signature.ElementsOnly() is not [var signedInfo, var signatureValue, .. var rest] || !IsDs(signedInfo, "SignedInfo") || !IsDs(signatureValue, "SignatureValue"))
        {
            return Malformed("Signature does not begin with SignedInfo and SignatureValue.");
        }

        var keyInfos = rest.TakeWhile(e => IsDs(e, "KeyInfo")).ToList();
        var objects = rest.Skip(keyInfos.Count).ToList();
        if (keyInfos.Count > 1 || !objects.TrueForAll(o => IsDs(o, "Object")))
        {
            return Malformed("Something other than Object follows in Signature.");
        }

        if (XmlBase64.Decode(signatureValue.TextOnly()) is not { } value)
        {
            return Malformed("SignatureValue is not base64.");
        }

        // §4.4: CanonicalizationMethod, SignatureMethod, Reference+.
        if (signedInfo.ElementsOnly() is not [var canonicalization, var method, .. var references]
            || !IsDs(canonicalization, "CanonicalizationMethod") || !IsDs(method, "SignatureMethod") || references.Length == 0 || !references.All(r => IsDs(r, "Reference")))
        {
            return Malformed("SignedInfo is not two methods and at least one Reference.");
        }

        if (references.Length > limits.MaxReferences)
        {
            return new MedIdError(SignaturesErrorCodes.XmlLimit, ErrorCategory.Policy, Section, "A signature has too many references.");
        }

        // §4.4.2, §6.3: HMACOutputLength and parameters are not read; an algorithm that needs them is not in the table.
        if (method.ElementsOnly() is not [])
        {
            return Malformed("SignatureMethod has parameters.");
        }

        var form = Form(canonicalization);
        if (!form.Succeeded)
        {
            return form.Error;
        }

        var read = new List<XmlReferenceMarkup>(references.Length);
        foreach (var reference in references)
        {
            var one = ReadReference(reference);
            if (!one.Succeeded)
            {
                return one.Error;
            }

            read.Add(one.Value);
        }

        var certificates = ReadCertificates(keyInfos);
        if (!certificates.Succeeded)
        {
            return certificates.Error;
        }

        return new XmlSignatureMarkup
        {
            Element = signature,
            SignedInfo = signedInfo,
            Form = form.Value,
            SignatureMethod = method.Attribute("Algorithm"),
            References = read,
            SignatureValueElement = signatureValue,
            SignatureValue = value,
            Certificates = certificates.Value,
            Objects = objects,
        };
    }

    /// <summary>The canonical form that a CanonicalizationMethod or Transform names, with its InclusiveNamespaces (Exclusive C14N §3).</summary>
    public static MedIdResult<XmlCanonicalForm> Form(XmlTreeElement method)
    {
        if (!XmlCanonicalForm.TryFind(method.Attribute("Algorithm"), out var form))
        {
            return new MedIdError(SignaturesErrorCodes.XmlCanonicalization, ErrorCategory.Unsupported, "XML-DSig §6.5", "The canonical form is not one of Canonical XML 1.0 and Exclusive Canonical XML 1.0.");
        }

        switch (method.ElementsOnly())
        {
            case []:
                return form;
            case [var inclusive] when form.Exclusive && inclusive.Is(XmlNames.ExclusiveC14N, "InclusiveNamespaces") && inclusive.Children.Count == 0 && inclusive.Attribute("PrefixList") is { } list:
                var prefixes = list.Split([' ', '\t', '\r', '\n'], StringSplitOptions.RemoveEmptyEntries).Select(p => p == "#default" ? string.Empty : p).ToList();
                return form with { Prefixes = prefixes };
            default:
                return Malformed("A canonical form has parameters that it does not know.");
        }
    }

    private MedIdResult<XmlReferenceMarkup> ReadReference(XmlTreeElement reference)
    {
        // §4.4.3: Transforms?, DigestMethod, DigestValue. A Reference without URI means something that only the application knows.
        if (reference.Attribute("URI") is not { } uri || reference.ElementsOnly() is not { Length: 2 or 3 } parts)
        {
            return Malformed("A Reference is not a URI with a digest.");
        }

        var transforms = parts.Length == 3 ? parts[0] : null;
        var (method, digest) = (parts[^2], parts[^1]);
        if (!IsDs(method, "DigestMethod") || !IsDs(digest, "DigestValue") || method.ElementsOnly() is not [] || XmlBase64.Decode(digest.TextOnly()) is not { } value)
        {
            return Malformed("A Reference has no digest.");
        }

        var (enveloped, exceptSignatures) = (false, false);
        XmlCanonicalForm? form = null;
        if (transforms is not null)
        {
            if (!IsDs(transforms, "Transforms") || transforms.ElementsOnly() is not { Length: > 0 } steps || !steps.All(s => IsDs(s, "Transform")))
            {
                return Malformed("Transforms is not a list of transforms.");
            }

            // The only chains accepted: [enveloped], [canonical form], [enveloped, canonical form]; and where asked for, the filter of all signatures in the place of enveloped.
            foreach (var step in steps)
            {
                if (step.Attribute("Algorithm") == XmlNames.Enveloped && !enveloped && !exceptSignatures && form is null && step.ElementsOnly() is [])
                {
                    enveloped = true;
                }
                else if (allowExceptSignatures && !enveloped && !exceptSignatures && form is null && IsExceptSignatures(step))
                {
                    exceptSignatures = true;
                }
                else if (form is null && XmlCanonicalForm.TryFind(step.Attribute("Algorithm"), out _))
                {
                    var read = Form(step);
                    if (!read.Succeeded)
                    {
                        return read.Error;
                    }

                    form = read.Value;
                }
                else
                {
                    return new MedIdError(
                        SignaturesErrorCodes.XmlTransform, ErrorCategory.Unsupported, "XML-DSig §6.6", "A reference is transformed by something other than enveloped signature, then one canonical form.");
                }
            }
        }

        return new XmlReferenceMarkup(reference, uri, reference.Attribute("Type"), enveloped, form, method.Attribute("Algorithm"), value) { ExceptSignatures = exceptSignatures };
    }

    private MedIdResult<IReadOnlyList<byte[]>> ReadCertificates(List<XmlTreeElement> keyInfos)
    {
        // §4.5: only certificates are taken. RetrievalMethod is never followed; KeyValue, KeyName and the like decide nothing.
        var certificates = new List<byte[]>();
        foreach (var data in keyInfos.SelectMany(k => k.Elements).Where(e => IsDs(e, "X509Data")))
        {
            foreach (var element in data.Elements.Where(e => IsDs(e, "X509Certificate")))
            {
                if (XmlBase64.Decode(element.TextOnly()) is not { } der)
                {
                    return Malformed("X509Certificate is not base64.");
                }

                certificates.Add(der);
            }
        }

        return certificates.Count > limits.MaxEncapsulated
            ? new MedIdError(SignaturesErrorCodes.XmlLimit, ErrorCategory.Policy, Section, "KeyInfo has too many certificates.")
            : certificates;
    }

    // §6.6.3: no XPath is evaluated; this one expression is known, by any prefix that stands for the namespace where it is written.
    private static bool IsExceptSignatures(XmlTreeElement step)
    {
        if (step.Attribute("Algorithm") != XmlNames.XPath || step.ElementsOnly() is not [var xpath] || !IsDs(xpath, "XPath") || xpath.TextOnly()?.Trim(' ', '\t', '\r', '\n') is not { } text)
        {
            return false;
        }

        const string Before = "not(ancestor-or-self::";
        const string After = ":Signature)";
        if (!text.StartsWith(Before, StringComparison.Ordinal) || !text.EndsWith(After, StringComparison.Ordinal) || text.Length <= Before.Length + After.Length)
        {
            return false;
        }

        var prefix = text[Before.Length..^After.Length];
        for (var at = xpath; at is not null; at = at.Parent)
        {
            foreach (var (declared, uri) in at.Declarations)
            {
                if (declared == prefix)
                {
                    return uri == XmlNames.Signature;
                }
            }
        }

        return false;
    }

    private static bool IsDs(XmlTreeElement element, string name) => element.Is(XmlNames.Signature, name);

    private static MedIdError Malformed(string detail) => new(SignaturesErrorCodes.XmlSignatureMalformed, ErrorCategory.Malformed, Section, detail);
}
