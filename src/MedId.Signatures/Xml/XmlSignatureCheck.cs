using MedId.Core;
using MedId.Cryptography;
using MedId.Pki;

namespace MedId.Signatures;

/// <summary>The checks of one signature that XML Signature and XAdES themselves ask for; paths and time-stamps are the caller's.</summary>
internal sealed class XmlSignatureCheck(XmlSignatureMarkup markup, XmlReferenceResolver resolver, XmlTree tree)
{
    private readonly List<(XmlReferenceMarkup Reference, XmlReferenceTarget Target, DigestAlgorithm Digest)> _references = [];
    private ReadOnlyMemory<byte> _signedInfo;
    private PublicKey? _key;

    public Certificate? Certificate { get; private set; }

    public SignatureAlgorithm? Algorithm { get; private set; }

    public bool UsedWeakAlgorithm { get; private set; }

    /// <summary>What the references cover, in their order.</summary>
    public IReadOnlyList<CoveredContent> Covered =>
    [
        .. _references.Select(r => new CoveredContent
        {
            Kind = r.Reference.Type == XmlNames.SignedPropertiesType ? CoveredContentKind.SignedProperties
                : r.Target.Element is null && !r.Target.IsDocument ? CoveredContentKind.DetachedContent : CoveredContentKind.XmlReference,
            Reference = r.Reference.Uri,
            ElementPath = r.Target.Element?.Path(),
            IsWholeDocument = r.Target.IsDocument || ReferenceEquals(r.Target.Element, tree.Root),
            DigestAlgorithm = r.Digest,
            Digest = r.Reference.DigestValue,
            Octets = r.Target.Octets,
        }),
    ];

    /// <summary>§3.2.1: every reference, none passed over.</summary>
    public MedIdError? CheckReferences()
    {
        foreach (var reference in markup.References)
        {
            if (!DigestAlgorithm.TryFromXml(reference.DigestMethod, out var digest) || digest.Length != reference.DigestValue.Length)
            {
                return new(SignaturesErrorCodes.AlgorithmNotAllowed, ErrorCategory.Unsupported, "XML-DSig §6.2", "a digest algorithm is not in the table, or its value has another length");
            }

            var target = resolver.Resolve(reference, markup.Element);
            if (!target.Succeeded)
            {
                return target.Error;
            }

            if (!digest.Compute(target.Value.Octets.Span).AsSpan().SequenceEqual(reference.DigestValue))
            {
                return new(SignaturesErrorCodes.XmlDigest, ErrorCategory.Untrusted, "XML-DSig §3.2.1");
            }

            _references.Add((reference, target.Value, digest));
        }

        return null;
    }

    /// <summary>EN 319 132-1 §4.4.2: exactly one reference says to be over signed properties, and the element it leads to is that of this signature, by identity.</summary>
    public MedIdError? CheckSignedProperties(XadesProperties? properties)
    {
        var typed = _references.Where(r => r.Reference.Type == XmlNames.SignedPropertiesType).ToList();
        var fits = properties is null ? typed.Count == 0 : typed.Count == 1 && ReferenceEquals(typed[0].Target.Element, properties.SignedProperties);
        return fits ? null : new(SignaturesErrorCodes.XmlSignedProperties, ErrorCategory.Untrusted, "EN 319 132-1 §4.4.2");
    }

    /// <summary>What the caller is going to read is what was signed: an element is covered with all that holds it, and not where the signature itself was taken out.</summary>
    public MedIdError? CheckCoverage(XmlCoverage coverage)
    {
        var covered = coverage.IsWholeDocument
            ? _references.Exists(r => r.Target.IsDocument || ReferenceEquals(r.Target.Element, tree.Root))
            : coverage.Paths.All(p => tree.FindPath(p) is { } element && _references.Exists(r => Covers(r.Target, element)));
        return covered ? null : new(SignaturesErrorCodes.XmlNotCovered, ErrorCategory.Untrusted, "XML-DSig §8.1");
    }

    /// <summary>The certificate: the one that the signed properties name; without them, the one of KeyInfo whose key made the signature.</summary>
    public (MedIdError? Error, VerificationOutcome OnError) FindCertificate(
        XadesCertificateReference? named, IReadOnlyList<Certificate> keyInfo, IReadOnlyList<Certificate> all)
    {
        if (named is not null)
        {
            Certificate = keyInfo.FirstOrDefault(named.Names) ?? all.FirstOrDefault(named.Names);
        }
        else
        {
            Certificate = keyInfo.Count == 1 ? keyInfo[0] : keyInfo.FirstOrDefault(IsSigner);
        }

        if (Certificate is not null)
        {
            return (null, VerificationOutcome.Accepted);
        }

        return named is not null && keyInfo.Count > 0
            ? (new(SignaturesErrorCodes.XmlSigningCertificateMismatch, ErrorCategory.Untrusted, "EN 319 132-1 §5.2.2"), VerificationOutcome.Refused)
            : (new(SignaturesErrorCodes.XmlNoSigningCertificate, ErrorCategory.Untrusted, "EN 319 132-1 §5.2.2"), VerificationOutcome.Undetermined);
    }

    /// <summary>§4.4.2: the algorithm by its URI and the key's kind; HMAC is not in the table, whatever the key.</summary>
    public MedIdError? FindAlgorithm()
    {
        var key = Certificate!.ReadPublicKey();
        if (!key.Succeeded)
        {
            return key.Error;
        }

        _key = key.Value;
        if (!SignatureAlgorithm.TryFromXmlSignature(markup.SignatureMethod, _key, out var algorithm))
        {
            return new(SignaturesErrorCodes.AlgorithmNotAllowed, ErrorCategory.Unsupported, "XML-DSig §6.4", "not an algorithm of the table for this kind of key");
        }

        Algorithm = algorithm;
        return null;
    }

    /// <summary>The algorithms of the signature and of every digest at the time that counts.</summary>
    public MedIdError? CheckAllowed(AlgorithmRule rule)
    {
        var refused = _references.Select(r => r.Digest).FirstOrDefault(d => !rule.Allows(d));
        if (!rule.Allows(Algorithm!, _key!) || refused is not null)
        {
            return new(SignaturesErrorCodes.AlgorithmNotAllowed, ErrorCategory.Policy, "EN 319 102-1 §5.2.8", $"{Algorithm} with {_key!.SizeInBits} bits over {refused ?? _references[0].Digest}");
        }

        UsedWeakAlgorithm = rule.AllowsOnlyAsWeak(Algorithm!, _key!) || _references.Exists(r => rule.AllowsOnlyAsWeak(r.Digest));
        return null;
    }

    /// <summary>§3.2.2: the signature value over canonical SignedInfo.</summary>
    public MedIdError? VerifySignature() => SignedInfo() is { } error ? error
        : _key!.Verify(Algorithm!, _signedInfo.Span, markup.SignatureValue) ? null
        : new(SignaturesErrorCodes.XmlSignature, ErrorCategory.Untrusted, "XML-DSig §3.2.2");

    private bool IsSigner(Certificate certificate) =>
        certificate.ReadPublicKey() is { Succeeded: true, Value: var key }
        && SignatureAlgorithm.TryFromXmlSignature(markup.SignatureMethod, key, out var algorithm)
        && SignedInfo() is null
        && key.Verify(algorithm, _signedInfo.Span, markup.SignatureValue);

    private MedIdError? SignedInfo()
    {
        if (_signedInfo.IsEmpty)
        {
            var octets = resolver.Canonicalize(new(tree, markup.SignedInfo, null, Comments: true), markup.Form);
            if (!octets.Succeeded)
            {
                return octets.Error;
            }

            _signedInfo = octets.Value;
        }

        return null;
    }

    private bool Covers(XmlReferenceTarget target, XmlTreeElement element) =>
        (target.IsDocument || (target.Element is { } apex && element.IsWithin(apex)))
        && !(target.WithoutSignature && element.IsWithin(markup.Element))
        && !(target.ExceptSignatures && IsInSignature(element));

    private static bool IsInSignature(XmlTreeElement element)
    {
        for (var at = element; at is not null; at = at.Parent)
        {
            if (at.Is(XmlNames.Signature, "Signature"))
            {
                return true;
            }
        }

        return false;
    }
}
