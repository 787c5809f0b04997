using MedId.Cli.Frame;
using MedId.Signatures;

namespace MedId.Cli.Documents;

/// <summary><c>medid cms verify</c>: <see cref="CmsVerifier"/>.</summary>
internal sealed class CmsVerifyVerb() : Verb("cms", "verify", "a CMS or CAdES signature, its time-stamps, and what it covers")
{
    public override Func<Answer> Read(CallInput input, CommonInput common)
    {
        var pki = new PkiInput(input);
        var document = input.OptionalBinary("document");
        var signature = input.Binary("signature");
        var given = DocumentInput.Read(input, common, pki);
        return () => pki.Error is { } unread
            ? Answer.Refused(unread)
            : DocumentAnswer.Of(
                CmsVerifier.Verify(signature, CallInput.Optional(document), given.Policy, given.Evidence, common.At), pki, common.Explain);
    }
}
