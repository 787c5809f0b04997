using MedId.Cli.Documents;
using MedId.Cli.Frame;
using MedId.Cli.Paths;
using MedId.Core;
using MedId.Cryptography;
using MedId.Hpki;
using MedId.Pki;
using MedId.Signatures;

namespace MedId.Cli.Cards;

/// <summary><c>medid hpki verify</c>: <see cref="HpkiVerifier"/>, <see cref="HpkiDocumentVerifier"/> where something is signed, <see cref="DocumentRoleTable"/> where a type of document is named.</summary>
internal sealed class HpkiVerifyVerb() : Verb("hpki", "verify", "a healthcare professional's certificate, with revocation and roles, and what it signed")
{
    public override Func<Answer> Read(CallInput input, CommonInput common)
    {
        var pki = new PkiInput(input);
        var certificate = pki.Certificate("certificate");
        _ = input.Raw("trustAnchors") ?? throw input.Missing("trustAnchors");
        var anchors = pki.Anchors("trustAnchors");
        if (pki.Error is null && anchors.Count == 0)
        {
            throw input.Value("trustAnchors", "at least one");
        }

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
        var documentType = input.OptionalText("documentType");
        var signature = input.OptionalObject("signature");
        if (signature is not null && policy.Use != HpkiUse.Signature)
        {
            throw input.Value("signature", "of use sign");
        }

        var judgeSignature = signature is null ? null : HpkiSignature.Read(signature, policy, documentType, evidence, common.At);
        return () => pki.Error is { } unread ? Answer.Refused(unread) : Judge(new HpkiVerifier(policy).Verify(certificate!, evidence, common.At), judgeSignature, documentType, pki, common.At);
    }

    private static Answer Judge(HpkiDecision decision, Func<HpkiEvidence, HpkiSignature>? judgeSignature, string? documentType, PkiInput pki, DateTimeOffset at)
    {
        var signature = decision.IsAccepted ? judgeSignature?.Invoke(decision.Evidence) : null;
        var role = decision.IsAccepted && documentType is not null ? DocumentRoleTable.Default.Decide(documentType, decision.Evidence, at) : null;
        var (outcome, error) = !decision.IsAccepted ? (decision.Outcome, decision.Error)
            : signature is { Outcome: not VerificationOutcome.Accepted } ? (signature.Outcome, signature.Error)
            : role?.Error is { } notEntitled ? (VerificationOutcome.Refused, notEntitled)
            : (VerificationOutcome.Accepted, null);
        return new()
        {
            Outcome = outcome,
            Error = error,
            IsWeak = decision.UsedWeakAlgorithm || signature?.IsWeak == true,
            Steps = [.. decision.Steps.Select(Answer.Step.Of)],
            Members = writer =>
            {
                HpkiAnswer.Write(writer, decision.Certificate);
                PkiValidateVerb.WriteFindings(writer, decision.Revocation);
                if (signature?.Document is { } document)
                {
                    writer.WriteStartObject("signature");
                    DocumentAnswer.Write(writer, document);
                    writer.WriteEndObject();
                }

                if (role is not null)
                {
                    writer.WriteString("signedAs", role.Value?.Code);
                }

                pki.WriteUnread(writer);
            },
        };
    }
}
