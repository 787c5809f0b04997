using MedId.Cli.Frame;
using MedId.Core;
using MedId.Hpki;

namespace MedId.Cli.Cards;

/// <summary><c>medid hpki inspect</c>: <see cref="HpkiCertificate"/>; nothing is trusted.</summary>
internal sealed class HpkiInspectVerb() : Verb("hpki", "inspect", "what a healthcare professional's certificate says, without trusting it")
{
    public override Func<Answer> Read(CallInput input, CommonInput common)
    {
        var pki = new PkiInput(input);
        var certificate = pki.Certificate("certificate");
        return () =>
        {
            if (pki.Error is { } unread)
            {
                return Answer.Refused(unread);
            }

            var inspected = HpkiCertificate.Inspect(certificate!, HpkiPolicyTable.Default, RoleTable.Default, common.At);
            return new()
            {
                Outcome = inspected.Actors.Succeeded ? VerificationOutcome.Accepted : VerificationOutcome.Refused,
                Error = inspected.Actors.Error,
                Members = writer => HpkiAnswer.Write(writer, inspected),
            };
        };
    }
}
