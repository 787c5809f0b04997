using MedId.Cli.Frame;
using MedId.Core;
using MedId.Cryptography;
using MedId.Jpki.Certificates;
using MedId.Pki;
using MedId.Signatures;

namespace MedId.Cli.Cards;

/// <summary><c>medid jpki verify</c>: <see cref="JpkiVerifier"/>, and <see cref="ApplicationFormVerifier"/> where something is signed.</summary>
internal sealed class JpkiVerifyVerb() : Verb("jpki", "verify", "a My Number card's certificate, with revocation, and what it signed")
{
    public override Func<Answer> Read(CallInput input, CommonInput common)
    {
        var pki = new PkiInput(input);
        var certificate = pki.Certificate("certificate");
        _ = input.Raw("trustAnchors") ?? throw input.Missing("trustAnchors");
        var evidence = pki.Evidence();
        var policy = JpkiInput.Policy(input, common, pki.Anchors("trustAnchors"));
        var use = input.Choice("use", ("sign", JpkiCertificateKind.Sign), ("authenticate", JpkiCertificateKind.Authenticate));
        var form = JpkiInput.Form(input.OptionalObject("form"));
        var signed = Signed(input.OptionalObject("signature"), certificate, form);
        if (signed is not null && use != JpkiCertificateKind.Sign)
        {
            throw input.Value("signature", "of use sign; what an authentication certificate signs is for jpki verify-signin");
        }

        return () =>
        {
            if (pki.Error is { } unread)
            {
                return Answer.Refused(unread);
            }

            if (signed is not null)
            {
                var decided = new ApplicationFormVerifier(policy, new ApplicationFormPolicy { Required = FormAttributes.None }).Verify(signed, evidence, common.At);
                var foreign = decided.IsAccepted && decided.Signature?.Signers.All(s => certificate!.Equals(s.Certificate)) == false
                    ? new MedIdError(SignaturesErrorCodes.CmsSigningCertificateMismatch, ErrorCategory.Untrusted, "RFC 5652 §5.3", "signed by another certificate than the one given")
                    : null;
                return Judge(
                    foreign is null ? decided.Outcome : VerificationOutcome.Refused, foreign ?? decided.Error, decided.Standing, decided.Certificate, decided.Comparison, pki, decided.Signature);
            }

            var decision = new JpkiVerifier(policy).Verify(certificate!, use, evidence, common.At);
            var comparison = form is not null && decision.Evidence?.BasicFour is { } four ? new FormComparer().Compare(four, form) : null;
            return Judge(decision.Outcome, decision.Error, decision.Standing, decision, comparison, pki);
        };
    }

    public static Answer Judge(
        VerificationOutcome outcome, MedIdError? error, JpkiStanding standing, JpkiDecision? decision, FormComparison? comparison, PkiInput pki, DocumentVerification? signature = null) => new()
        {
            Outcome = outcome,
            Error = error,
            IsWeak = decision?.UsedWeakAlgorithm == true || signature?.Signers.Any(s => s.UsedWeakAlgorithm) == true,
            Steps = [.. (decision?.Steps ?? []).Select(Answer.Step.Of)],
            Members = writer =>
            {
                JpkiAnswer.WriteProfile(writer, decision?.Profile);
                writer.WriteString("standing", JpkiStandingTable.Default.Find(standing)?.Name);
                JpkiAnswer.WriteBasicFour(writer, decision?.Evidence?.BasicFour);
                JpkiAnswer.WriteRevocation(writer, decision?.Revocation ?? new JpkiRevocation { Status = RevocationStatus.NotChecked });
                JpkiAnswer.WriteMatch(writer, comparison);
                pki.WriteUnread(writer);
            },
        };

    private static SignedApplicationForm? Signed(CallInput? signature, Certificate? certificate, ApplicationForm? form)
    {
        if (signature is null)
        {
            return null;
        }

        var format = signature.Choice("format", ("pkcs1", FormSignatureFormat.Pkcs1), ("cms", FormSignatureFormat.Cms), ("xml", FormSignatureFormat.Xml));
        var hash = signature.OptionalText("hash") switch
        {
            null => null,
            "sha256" => DigestAlgorithm.Sha256,
            "sha384" => DigestAlgorithm.Sha384,
            "sha512" => DigestAlgorithm.Sha512,
            "sha1" => DigestAlgorithm.Sha1,
            _ => throw signature.Value("hash", "one of sha1, sha256, sha384, sha512"),
        };
        var data = format == FormSignatureFormat.Pkcs1 ? signature.Binary("data") : signature.OptionalBinary("data");
        return new()
        {
            Format = format,
            Document = CallInput.Optional(data),
            Signature = signature.Binary("value"),
            Certificate = certificate,
            Hash = hash,
            Read = _ => form ?? new ApplicationForm(),
        };
    }
}
