using MedId.Cli.Documents;
using MedId.Cli.Frame;
using MedId.Cli.Paths;
using MedId.Core;
using MedId.Hpki;
using MedId.Pki;
using MedId.Signatures;

namespace MedId.Cli.Cards;

/// <summary><c>medid hpki verify</c>: <see cref="HpkiVerifier"/>, and the verifiers of documents where something is signed.</summary>
internal sealed class HpkiVerifyVerb() : Verb("hpki", "verify", "a healthcare professional's certificate, with revocation and roles, and what it signed")
{
    public override Func<Answer> Read(CallInput input, CommonInput common)
    {
        var pki = new PkiInput(input);
        var certificate = pki.Certificate("certificate");
        _ = input.Raw("trustAnchors") ?? throw input.Missing("trustAnchors");
        var anchors = pki.Anchors("trustAnchors");
        var evidence = pki.Evidence();
        var policy = new HpkiPolicy
        {
            Anchors = anchors,
            Use = input.Choice("use", HpkiAnswer.Uses),
            Revocation = PkiInput.Revocation(input.OptionalObject("revocation")) ?? throw input.Missing("revocation"),
            AllowTestPolicy = input.Flag("allowTestPolicy"),
            Algorithms = common.Algorithms,
            AcceptLaterEvidence = input.Flag("acceptLaterEvidence"),
            Explain = common.Explain,
        };
        var verifySignature = Signature(input.OptionalObject("signature"), common, policy, evidence);
        return () =>
        {
            if (pki.Error is { } unread)
            {
                return Answer.Refused(unread);
            }

            var decision = new HpkiVerifier(policy).Verify(certificate!, evidence, common.At);
            var signature = decision.IsAccepted ? verifySignature?.Invoke() : null;
            var error = decision.Error ?? signature?.Error ?? Foreign(certificate!, signature);
            return new()
            {
                Outcome = !decision.IsAccepted ? decision.Outcome : signature is { IsAccepted: false } ? signature.Outcome : error is null ? VerificationOutcome.Accepted : VerificationOutcome.Refused,
                Error = error,
                IsWeak = decision.UsedWeakAlgorithm || signature?.Signers.Any(s => s.UsedWeakAlgorithm) == true,
                Steps = [.. decision.Steps.Select(Answer.Step.Of)],
                Members = writer =>
                {
                    HpkiAnswer.Write(writer, decision.Certificate);
                    PkiValidateVerb.WriteFindings(writer, decision.Revocation);
                    if (signature is not null)
                    {
                        DocumentAnswer.Write(writer, signature);
                    }

                    pki.WriteUnread(writer);
                },
            };
        };
    }

    /// <summary>The document is signed, but by a certificate other than the one that was judged.</summary>
    private static MedIdError? Foreign(Certificate certificate, DocumentVerification? signature) =>
        signature is null || signature.Signers.All(s => certificate.Equals(s.Certificate)) ? null
        : new(SignaturesErrorCodes.CmsSigningCertificateMismatch, ErrorCategory.Untrusted, "RFC 5652 §5.3", "signed by another certificate than the one given");

    private static Func<DocumentVerification>? Signature(CallInput? signature, CommonInput common, HpkiPolicy policy, PathEvidence evidence)
    {
        if (signature is null)
        {
            return null;
        }

        var isXml = signature.Choice("format", ("cms", false), ("xml", true));
        var (data, value) = (signature.OptionalBinary("data"), signature.Binary("value"));
        var coverage = isXml ? XmlVerifyVerb.Coverage(signature) : XmlCoverage.ReportOnly;
        var rules = new SignaturePolicy
        {
            Algorithms = common.Algorithms,
            Anchors = policy.Anchors,
            Path = new PathPolicy { Algorithms = common.Algorithms, Revocation = policy.Revocation },
            MinimumLevel = SignatureLevel.Plain,
        };
        var gathered = new ValidationEvidence { Gathered = evidence };
        return () => isXml
            ? XmlSignatureVerifier.Verify(value, coverage, rules, gathered, common.At)
            : CmsVerifier.Verify(value, CallInput.Optional(data), rules, gathered, common.At);
    }
}
