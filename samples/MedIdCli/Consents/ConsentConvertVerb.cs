using System.Text;
using MedId.Cli.Frame;
using MedId.Consent;
using MedId.Core;

namespace MedId.Cli.Consents;

/// <summary><c>medid consent convert</c>: <see cref="ConsentArtefacts.Convert"/>.</summary>
internal sealed class ConsentConvertVerb() : Verb("consent", "convert", "an artefact in another format, and what that format loses")
{
    public override bool IsAboutThePresent => true;

    public override Func<Answer> Read(CallInput input, CommonInput common)
    {
        var given = ConsentInput.Read(input);
        var to = input.Choice("to", ConsentInput.Formats);
        return () =>
        {
            var format = given.FindFormat();
            var written = format.Then(f => ConsentArtefacts.Convert(f, given.Bytes, to));
            return !written.Succeeded ? Answer.Refused(written.Error) : new()
            {
                Outcome = VerificationOutcome.Accepted,
                Members = writer =>
                {
                    writer.WriteString("format", ConsentInput.Name(format.Value));
                    writer.WriteString("to", ConsentInput.Name(to));
                    if (to == ArtefactFormat.MeityXml)
                    {
                        writer.WriteString("artefact", Encoding.UTF8.GetString(written.Value.Bytes.Span));
                    }
                    else
                    {
                        writer.WritePropertyName("artefact");
                        writer.WriteRawValue(written.Value.Bytes.Span);
                    }

                    writer.WriteTexts("lost", written.Value.Lost);
                    writer.WriteTexts("lostLimits", written.Value.LostLimits);
                },
            };
        };
    }
}
