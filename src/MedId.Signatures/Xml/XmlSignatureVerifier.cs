using MedId.Core;
using MedId.Pki;

namespace MedId.Signatures;

/// <summary>Verifies XML signatures and XAdES (XML Signature 1.1, EN 319 132-1) with path, revocation and time-stamps. Pure: no clock, no network.</summary>
/// <remarks>
/// Accepted are SHA-2 digests, Canonical XML 1.0 and its exclusive form, the enveloped-signature transform, and references to the document, to one element by its unique identifier, or to content
/// that was handed in. Everything else is refused by name; <see cref="XmlVerificationOptions.AllowSiblingSignatures"/> adds one filter.
/// </remarks>
public static class XmlSignatureVerifier
{
    /// <summary>Verifies a document and every signature in it, or the one that the options name.</summary>
    /// <param name="document">The whole document in UTF-8.</param>
    /// <param name="coverage">What every judged signature has to cover.</param>
    /// <param name="policy">What has to hold.</param>
    /// <param name="evidence">Certificates and revocation data; the document's own are added.</param>
    /// <param name="at">The time of verification.</param>
    /// <param name="options">How the document is read; null: <see cref="XmlVerificationOptions.Default"/>.</param>
    /// <returns>One report for each judged signature, with the octets that it covers.</returns>
    /// <exception cref="ArgumentException">The policy has no anchors.</exception>
    public static DocumentVerification Verify(
        ReadOnlyMemory<byte> document, XmlCoverage coverage, SignaturePolicy policy, ValidationEvidence evidence, DateTimeOffset at, XmlVerificationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(coverage);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(evidence);
        if (policy.Anchors.Count == 0)
        {
            throw new ArgumentException("A policy without anchors accepts nobody.", nameof(policy));
        }

        options ??= XmlVerificationOptions.Default;
        var tree = XmlTreeReader.Read(document, options.Limits);
        if (!tree.Succeeded)
        {
            return DocumentVerification.Unreadable(tree.Error);
        }

        // Counter-signatures sign a signature and not the document; they are reported with the signature that they stand in.
        var signatures = XmlTree.Walk(tree.Value.Root).Where(e => e.Is(XmlNames.Signature, "Signature") && !IsCounterSignature(e)).ToList();
        if (options.SignatureId is { } id)
        {
            signatures = [.. signatures.Where(s => s.Attribute("Id") == id)];
        }

        if (signatures.Count == 0)
        {
            return DocumentVerification.Unreadable(new(SignaturesErrorCodes.XmlNoSignature, ErrorCategory.Untrusted, "XML-DSig §4.2"));
        }

        if (signatures.Count > Math.Min(policy.MaxSigners, options.Limits.MaxSignatures))
        {
            return DocumentVerification.Unreadable(new(SignaturesErrorCodes.TooManySigners, ErrorCategory.Policy, "XML-DSig §4.2"));
        }

        var resolver = new XmlReferenceResolver(tree.Value, options.Limits, options.DetachedContent);
        var judge = new XmlSignerJudge(tree.Value, resolver, coverage, policy, at, options);
        var all = evidence;
        var reports = new List<SignerReport>(signatures.Count);
        foreach (var signature in signatures)
        {
            var (report, own) = judge.Judge(signature, evidence);
            reports.Add(report);
            all = all.WithEmbedded(own);
        }

        return DocumentVerification.Of(reports, all);
    }

    private static bool IsCounterSignature(XmlTreeElement signature)
    {
        for (var ancestor = signature.Parent; ancestor is not null; ancestor = ancestor.Parent)
        {
            if (ancestor.Is(XmlNames.Xades132, "CounterSignature"))
            {
                return true;
            }
        }

        return false;
    }
}
