using MedId.Core;
using MedId.Cryptography;
using MedId.Pki;

namespace MedId.Signatures;

/// <summary>Judges one signature after the other, in the order of XML-DSig §3.2 and EN 319 102-1 §5.2.</summary>
internal sealed class XmlSignerJudge(
    XmlTree tree, XmlReferenceResolver resolver, XmlCoverage coverage, SignaturePolicy policy, DateTimeOffset at, XmlVerificationOptions options)
{
    public (SignerReport Report, PathEvidence Embedded) Judge(XmlTreeElement element, ValidationEvidence evidence)
    {
        var steps = new StepList();
        var draft = new SignerReport { Outcome = VerificationOutcome.Refused, Indication = ValidationIndication.Passed };

        // §4: form.
        var markup = new XmlSignatureReader(options.Limits, options.AllowSiblingSignatures).Read(element);
        steps.Add("XML-DSig §4", "form of the signature", markup.Error);
        if (!markup.Succeeded)
        {
            return (SignerPath.Complete(draft, steps, null), PathEvidence.Empty);
        }

        // EN 319 132-1 §4.3: the qualifying properties of this signature.
        var (properties, error) = new XadesReader(options.Limits).Read(markup.Value);
        steps.Add("EN 319 132-1 §4.3", "form of the qualifying properties", error);
        if (error is not null)
        {
            return (SignerPath.Complete(draft, steps, null), PathEvidence.Empty);
        }

        var embedded = XadesEvidence.Read(markup.Value, properties);
        var all = evidence.WithEmbedded(embedded.Evidence);
        draft = draft with { ClaimedSigningTime = properties?.SigningTime, NotJudged = embedded.NotJudged };
        return (Judge(markup.Value, properties, embedded, draft, steps, all), embedded.Evidence);
    }

    private SignerReport Judge(XmlSignatureMarkup markup, XadesProperties? properties, XadesEvidence embedded, SignerReport draft, StepList steps, ValidationEvidence all)
    {
        // §3.2.1: what each reference means, and its digest.
        var check = new XmlSignatureCheck(markup, resolver, tree);
        steps.Then("XML-DSig §3.2.1", "references and digests", check.CheckReferences)
            .Then("EN 319 132-1 §4.4.2", "this signature signs its own signed properties", () => check.CheckSignedProperties(properties))
            .Then("XML-DSig §3.2.1", "what has to be covered is covered", () => check.CheckCoverage(coverage));
        draft = draft with { Covered = check.Covered };
        if (steps.Error is not null)
        {
            return SignerPath.Complete(draft, steps, null);
        }

        // EN 319 102-1 §5.2.3: whose certificate.
        var (error, outcome) = check.FindCertificate(properties?.SigningCertificate, embedded.KeyInfo, all.All.Certificates);
        steps.Add("EN 319 132-1 §5.2.2", "signer's certificate", error, outcome);
        steps.Then("XML-DSig §4.4.2", "signature algorithm goes with the key", check.FindAlgorithm);
        draft = draft with { Certificate = check.Certificate, Algorithm = check.Algorithm };
        if (steps.Error is not null)
        {
            return SignerPath.Complete(draft, steps, null);
        }

        // Time-stamps first: they say at which time the rest is judged (EN 319 102-1 §5.5.4).
        var timestamps = new List<TimestampReport>();
        steps.Then("EN 319 132-1 §5.3", "what the time-stamps are over", () => VerifyTimestamps(markup, properties, all, timestamps));
        var times = new SignerTimes(policy, timestamps, at);
        draft = draft with { Timestamps = timestamps, JudgedAt = times.JudgedAt };
        var rule = policy.Algorithms.For(SignatureUse.DocumentSignature, times.JudgedAt);
        steps.Then("EN 319 102-1 §5.5.4", "order of times", () => times.CheckOrder(properties?.SigningTime))
            .Then("EN 319 102-1 §5.2.8", "algorithms allowed at that time", () => check.CheckAllowed(rule), times.OnTimeBound)
            .Then("XML-DSig §3.2.2", "signature over SignedInfo", check.VerifySignature);
        if (steps.Error is not null)
        {
            return SignerPath.Complete(draft, steps, times);
        }

        var namesCertificate = properties?.SigningCertificate is { } named && rule.Allows(named.Digest);
        return SignerPath.Judge(draft with { UsedWeakAlgorithm = check.UsedWeakAlgorithm }, steps, check.Certificate!, namesCertificate, times, policy, all);
    }

    private MedIdError? VerifyTimestamps(XmlSignatureMarkup markup, XadesProperties? properties, ValidationEvidence evidence, List<TimestampReport> reports)
    {
        foreach (var stamp in properties?.SignatureTimestamps ?? [])
        {
            // §5.3: over the SignatureValue element, canonicalised.
            var value = resolver.Canonicalize(new(tree, markup.SignatureValueElement, null, Comments: true), stamp.Form);
            if (!value.Succeeded)
            {
                return value.Error;
            }

            reports.AddRange(stamp.Tokens.Select(t => TimestampVerifier.Verify(t, TimestampKind.Signature, value.Value, policy.Timestamps, evidence, at)));
        }

        return null;
    }
}
