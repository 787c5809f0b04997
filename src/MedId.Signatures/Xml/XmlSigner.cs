using System.Text;
using System.Xml;
using MedId.Core;
using MedId.Cryptography;
using MedId.Pki;

namespace MedId.Signatures;

/// <summary>Makes XAdES-B-B signatures and raises them to B-T and B-LT (EN 319 132-1 §6). The bytes that were there stay as they are; only the signature is put in.</summary>
public static class XmlSigner
{
    /// <summary>Signs a document.</summary>
    /// <param name="document">The whole document in UTF-8.</param>
    /// <param name="request">What is signed, and how.</param>
    /// <param name="key">The signer's key.</param>
    /// <param name="cancellationToken">Stops waiting for a remote key.</param>
    /// <returns>The signed document in UTF-8; a refusal when the document cannot be read or does not have what the request names.</returns>
    /// <exception cref="ArgumentException">The key is not the certificate's, has no name in XML signatures, or the request contradicts itself.</exception>
    public static async ValueTask<MedIdResult<byte[]>> SignAsync(
        ReadOnlyMemory<byte> document, XmlSigningRequest request, SigningKey key, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(key);
        Check(request, key);
        var limits = XmlSignatureLimits.Default;
        var original = XmlTreeReader.Read(document, limits);
        if (!original.Succeeded)
        {
            return original.Error;
        }

        var parent = request.ParentPath is null ? original.Value.Root : original.Value.FindPath(request.ParentPath);
        if (parent is null || request.ElementIds.Any(id => original.Value.Find(id) is null))
        {
            return new MedIdError(SignaturesErrorCodes.XmlReferenceUnresolved, ErrorCategory.Protocol, "XML-DSig §4.4.3.3", "The document has no element that the request names.");
        }

        // First with digests left open, then with the digests of what stands there, then with the signature: what is signed is always read by the verifier's own code.
        var template = new XmlSignatureTemplate(request, key.Algorithm);
        var digests = Compute(Place(original.Value, parent, template), request, limits, Digests);
        if (!digests.Succeeded)
        {
            return digests.Error;
        }

        template.Digests = digests.Value;
        var signedInfo = Compute(Place(original.Value, parent, template), request, limits, (tree, resolver, markup) => resolver.Canonicalize(new(tree, markup.SignedInfo, null, true), markup.Form));
        if (!signedInfo.Succeeded)
        {
            return signedInfo.Error;
        }

        template.Value = await key.SignAsync(signedInfo.Value, cancellationToken).ConfigureAwait(false);
        return Encoding.UTF8.GetBytes(Place(original.Value, parent, template));

        MedIdResult<IReadOnlyList<byte[]>> Digests(XmlTree tree, XmlReferenceResolver resolver, XmlSignatureMarkup markup)
        {
            var values = new List<byte[]>();
            foreach (var reference in markup.References)
            {
                var target = resolver.Resolve(reference, markup.Element);
                if (!target.Succeeded)
                {
                    return target.Error;
                }

                values.Add(request.Digest.Compute(target.Value.Octets.Span));
            }

            return values;
        }
    }

    /// <summary>Raises a signature to B-T by a time-stamp over its value (EN 319 132-1 §5.3).</summary>
    /// <param name="document">The signed document.</param>
    /// <param name="signatureId">The <c>Id</c> of the signature.</param>
    /// <param name="stamp">Gets an RFC 3161 token over the octets it is given, e.g. by <see cref="TimestampClient"/>; its refusal becomes this method's.</param>
    /// <param name="cancellationToken">Stops waiting for the service.</param>
    public static async ValueTask<MedIdResult<byte[]>> AddTimestampAsync(
        ReadOnlyMemory<byte> document, string signatureId, Func<ReadOnlyMemory<byte>, CancellationToken, Task<MedIdResult<TimestampToken>>> stamp, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(signatureId);
        ArgumentNullException.ThrowIfNull(stamp);
        var limits = XmlSignatureLimits.Default;
        var found = Find(document, signatureId, limits);
        if (!found.Succeeded)
        {
            return found.Error;
        }

        var (tree, markup) = found.Value;
        var octets = new XmlReferenceResolver(tree, limits, XmlVerificationOptions.Default.DetachedContent).Canonicalize(new(tree, markup.SignatureValueElement, null, true), XmlCanonicalForm.ExclusiveForm);
        if (!octets.Succeeded)
        {
            return octets.Error;
        }

        var token = await stamp(octets.Value, cancellationToken).ConfigureAwait(false);
        return token.Then(t => XadesUnsigned.Add(tree, markup, XadesUnsigned.Timestamp(t.RawData)));
    }

    /// <summary>Puts the evidence that a decision needs into the signature, which makes a B-T signature B-LT when it is complete (EN 319 132-1 §5.4).</summary>
    /// <param name="document">The signed document.</param>
    /// <param name="signatureId">The <c>Id</c> of the signature.</param>
    /// <param name="evidence">The certificates of all paths, and their CRLs and OCSP responses.</param>
    public static MedIdResult<byte[]> AddEvidence(ReadOnlyMemory<byte> document, string signatureId, PathEvidence evidence)
    {
        ArgumentException.ThrowIfNullOrEmpty(signatureId);
        ArgumentNullException.ThrowIfNull(evidence);
        return Find(document, signatureId, XmlSignatureLimits.Default).Then(f => XadesUnsigned.Add(f.Tree, f.Markup, XadesUnsigned.Evidence(evidence)));
    }

    private static MedIdResult<FoundSignature> Find(ReadOnlyMemory<byte> document, string signatureId, XmlSignatureLimits limits)
    {
        var tree = XmlTreeReader.Read(document, limits);
        if (!tree.Succeeded)
        {
            return tree.Error;
        }

        return tree.Value.Find(signatureId) is { } element && element.Is(XmlNames.Signature, "Signature")
            ? new XmlSignatureReader(limits, allowExceptSignatures: true).Read(element).Then<FoundSignature>(markup => new FoundSignature(tree.Value, markup))
            : new MedIdError(SignaturesErrorCodes.XmlNoSignature, ErrorCategory.Protocol, "XML-DSig §4.2");
    }

    private static void Check(XmlSigningRequest request, SigningKey key)
    {
        if (request.Certificate.ReadPublicKey() is not { Succeeded: true, Value: var publicKey } || !publicKey.Equals(key.PublicKey))
        {
            throw new ArgumentException("The certificate is not for this key.", nameof(key));
        }

        if (key.Algorithm.XmlUri is null)
        {
            throw new ArgumentException($"XML signatures have no name for {key.Algorithm}.", nameof(key));
        }

        XmlConvert.VerifyNCName(request.SignatureId);
        if (request.Digest.IsWeak || (request.Form == XmlSignatureForm.Detached) != (request.ElementIds.Count > 0) || (request.Form == XmlSignatureForm.Enveloping && request.ParentPath is not null) || (request.ExceptSignatures && request.Form != XmlSignatureForm.Enveloped))
        {
            throw new ArgumentException("The request contradicts itself.", nameof(request));
        }
    }

    private static string Place(XmlTree original, XmlTreeElement parent, XmlSignatureTemplate template) => template.IsEnveloping
        ? "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + template.Write(XadesUnsigned.TextOf(original, original.Root))
        : XadesUnsigned.Insert(original, parent, template.Write(null));

    private static MedIdResult<T> Compute<T>(string text, XmlSigningRequest request, XmlSignatureLimits limits, Func<XmlTree, XmlReferenceResolver, XmlSignatureMarkup, MedIdResult<T>> compute)
        where T : notnull =>
        Find(Encoding.UTF8.GetBytes(text), request.SignatureId, limits)
            .Then(f => compute(f.Tree, new(f.Tree, limits, XmlVerificationOptions.Default.DetachedContent), f.Markup));

    private sealed record FoundSignature(XmlTree Tree, XmlSignatureMarkup Markup);
}
