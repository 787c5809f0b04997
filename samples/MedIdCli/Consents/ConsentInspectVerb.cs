using MedId.Cli.Frame;
using MedId.Consent;
using MedId.Core;

namespace MedId.Cli.Consents;

/// <summary><c>medid consent inspect</c>: <see cref="ConsentArtefacts.Read"/>; nothing is trusted.</summary>
internal sealed class ConsentInspectVerb() : Verb("consent", "inspect", "what a consent artefact says, in the words of all formats, without trusting it")
{
    public override bool IsAboutThePresent => true;

    public override Func<Answer> Read(CallInput input, CommonInput common)
    {
        var given = ConsentInput.Read(input);
        return () =>
        {
            var format = given.FindFormat();
            var read = format.Then(f => ConsentArtefacts.Read(f, given.Bytes));
            return !read.Succeeded ? Answer.Refused(read.Error) : new()
            {
                Outcome = VerificationOutcome.Accepted,
                Members = writer =>
                {
                    writer.WriteString("format", ConsentInput.Name(format.Value));
                    ConsentAnswer.Write(writer, "record", read.Value);
                },
            };
        };
    }
}
