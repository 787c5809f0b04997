using System.Xml;
using MedId.Core;

namespace MedId.Signatures;

/// <summary>Finds what a reference means and writes its octets (XML-DSig §4.4.3.2): the document, one element of it, or content that was handed in.</summary>
internal sealed class XmlReferenceResolver(XmlTree tree, XmlSignatureLimits limits, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> detached)
{
    private long _left = limits.MaxCanonicalBytes;

    public MedIdResult<XmlReferenceTarget> Resolve(XmlReferenceMarkup reference, XmlTreeElement signature)
    {
        XmlTreeElement? apex = null;
        if (reference.Uri.StartsWith('#'))
        {
            var id = reference.Uri[1..];
            apex = IsName(id) ? tree.Find(id) : null;
            if (apex is null)
            {
                return new MedIdError(SignaturesErrorCodes.XmlReferenceUnresolved, ErrorCategory.Protocol, "XML-DSig §4.4.3.3", "No element has the identifier that a reference names.");
            }
        }
        else if (reference.Uri.Length > 0)
        {
            return ResolveDetached(reference);
        }

        // A manifest's own references would be signed but verified by nobody (§5.1).
        if (reference.Type == XmlNames.ManifestType || (apex is not null && apex.Is(XmlNames.Signature, "Manifest")))
        {
            return new MedIdError(SignaturesErrorCodes.XmlManifest, ErrorCategory.Unsupported, "XML-DSig §5.1");
        }

        // §6.6.4: the signature that is taken out has to be inside, and something has to be left.
        if (reference.Enveloped && (ReferenceEquals(apex, signature) || !signature.IsWithin(apex ?? tree.Root) || (apex is null && ReferenceEquals(tree.Root, signature))))
        {
            return new MedIdError(SignaturesErrorCodes.XmlTransform, ErrorCategory.Protocol, "XML-DSig §6.6.4", "The signature is not inside what it says to be enveloped by.");
        }

        // §6.6.3: the filter means something for the whole document only; inside a signature nothing would be left.
        if (reference.ExceptSignatures && (apex is not null || !signature.IsWithin(tree.Root) || ReferenceEquals(tree.Root, signature)))
        {
            return new MedIdError(SignaturesErrorCodes.XmlTransform, ErrorCategory.Protocol, "XML-DSig §6.6.3", "All signatures are taken out of something other than the document around them.");
        }

        // §4.4.3.3: neither form of same-document reference has comments in its node set.
        var nodes = new XmlNodeSet(tree, apex, reference.Enveloped ? signature : null, Comments: false) { ExceptSignatures = reference.ExceptSignatures };
        return Canonicalize(nodes, reference.Form ?? XmlCanonicalForm.Implicit)
            .Then<XmlReferenceTarget>(octets => new XmlReferenceTarget(apex, apex is null, reference.Enveloped, octets) { ExceptSignatures = reference.ExceptSignatures });
    }

    /// <summary>Canonical octets within what is left of the limit for the whole document.</summary>
    public MedIdResult<ReadOnlyMemory<byte>> Canonicalize(XmlNodeSet nodes, XmlCanonicalForm form)
    {
        if (!XmlCanonicalizer.TryWrite(nodes, form, _left, out var octets))
        {
            return new MedIdError(SignaturesErrorCodes.XmlLimit, ErrorCategory.Policy, "XML-DSig BP §2", "Canonicalisation writes more than the reader accepts.");
        }

        _left -= octets.Length;
        return octets;
    }

    private MedIdResult<XmlReferenceTarget> ResolveDetached(XmlReferenceMarkup reference)
    {
        if (!detached.TryGetValue(reference.Uri, out var octets))
        {
            return new MedIdError(SignaturesErrorCodes.XmlReferenceExternal, ErrorCategory.Policy, "XML-DSig §4.4.3.1", "A reference leaves the document, and no content was given for it.");
        }

        return reference.Enveloped || reference.ExceptSignatures || reference.Form is not null
            ? new MedIdError(SignaturesErrorCodes.XmlTransform, ErrorCategory.Unsupported, "XML-DSig §6.6", "Content beside the document is covered as it is, without transforms.")
            : new XmlReferenceTarget(null, false, false, octets);
    }

    private static bool IsName(string id)
    {
        try
        {
            XmlConvert.VerifyNCName(id);
            return true;
        }
        catch (Exception e) when (e is XmlException or ArgumentException)
        {
            return false;
        }
    }
}
