using System.Security.Cryptography;
using MedId.Core;
using MedId.Signatures;

namespace MedId.Jpki.Certificates;

/// <summary>What follows when signature and certificate are accepted, from whichever verifier: the nonce, then the attributes.</summary>
internal sealed class FormJudge(ApplicationFormPolicy policy)
{
    // The form's nonce is ours for as long as an application may lie with the applicant.
    private static readonly TimeSpan NonceMemory = TimeSpan.FromDays(30);

    private readonly FormComparer _comparer = new(policy.Comparison);

    public ApplicationFormDecision Judge(SignedApplicationForm form, ReadOnlyMemory<byte> covered, JpkiDecision decision, DateTimeOffset at, DocumentVerification? signature = null)
    {
        ApplicationFormDecision Refuse(string code, ErrorCategory category, VerificationOutcome outcome, FormComparison? comparison = null) => new()
        {
            Outcome = outcome,
            Error = new(code, category, JpkiSections.Form),
            Standing = decision.Standing,
            Certificate = decision,
            Signature = signature,
            Comparison = comparison,
        };

        if (form.Read(covered) is not { } stated)
        {
            return Refuse(JpkiErrorCodes.FormUnreadable, ErrorCategory.Malformed, VerificationOutcome.Refused);
        }

        if (form.ExpectedNonce is not null && !string.Equals(form.ExpectedNonce, stated.Nonce, StringComparison.Ordinal))
        {
            return Refuse(JpkiErrorCodes.FormNonceMismatch, ErrorCategory.Untrusted, VerificationOutcome.Refused);
        }

        var comparison = _comparer.Compare(decision.Evidence!.BasicFour!, stated);
        var verdicts = Verdicts(comparison).ToList();
        if (verdicts.Exists(v => v.Verdict == AttributeVerdict.Different))
        {
            return Refuse(JpkiErrorCodes.FormDifferent, ErrorCategory.Untrusted, VerificationOutcome.Refused, comparison);
        }

        if (verdicts.Exists(v => v.Verdict == AttributeVerdict.NotStated && policy.Required.HasFlag(v.Attribute)))
        {
            return Refuse(JpkiErrorCodes.FormIncomplete, ErrorCategory.Malformed, VerificationOutcome.Refused, comparison);
        }

        // A different value refuses wherever it is stated; one that cannot be compared matters where the attribute is required.
        if (verdicts.Exists(v => v.Verdict == AttributeVerdict.Undecidable && policy.Required.HasFlag(v.Attribute)))
        {
            return Refuse(JpkiErrorCodes.FormUndecidable, ErrorCategory.State, VerificationOutcome.Undetermined, comparison);
        }

        var digest = Convert.ToHexStringLower(SHA256.HashData(covered.Span));
        return new()
        {
            Outcome = VerificationOutcome.Accepted,
            Standing = decision.Standing,
            Certificate = decision,
            Signature = signature,
            Comparison = comparison,
            Evidence = new(decision.Evidence, comparison, stated, digest, form.ExpectedNonce is null ? null : new("jpki-form", form.ExpectedNonce, at + NonceMemory)),
        };
    }

    private static IEnumerable<(FormAttributes Attribute, AttributeVerdict Verdict)> Verdicts(FormComparison comparison) =>
    [
        (FormAttributes.Name, comparison.Name.Verdict),
        (FormAttributes.Address, comparison.Address.Verdict),
        (FormAttributes.Gender, comparison.Gender.Verdict),
        (FormAttributes.BirthDate, comparison.BirthDate.Verdict),
    ];
}
