using MedId.Cli.Frame;
using MedId.Core;
using MedId.Jpki.Certificates;

namespace MedId.Cli.Cards;

/// <summary><c>medid jpki inspect</c>: <see cref="JpkiInspection"/>; nothing is trusted.</summary>
internal sealed class JpkiInspectVerb() : Verb("jpki", "inspect", "what a My Number card's certificate says, without trusting it")
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

            var inspection = JpkiInspection.Of(certificate!);
            var error = inspection.Profile.Error ?? inspection.BasicFour?.Error;
            return new()
            {
                Outcome = error is null ? VerificationOutcome.Accepted : VerificationOutcome.Refused,
                Error = error,
                Members = writer =>
                {
                    JpkiAnswer.WriteProfile(writer, inspection.Profile.Value);
                    writer.WriteTexts("policies", inspection.Policies);
                    JpkiAnswer.WriteBasicFour(writer, inspection.BasicFour?.Value);
                },
            };
        };
    }
}
