using System.Text.Json;
using MedId.Cli.Frame;
using MedId.Consent;
using MedId.Core;

namespace MedId.Cli.Consents;

/// <summary><c>medid consent check</c>: <see cref="ConsentLaws"/>. What the artefact says comes first; <c>access.facts</c> adds what it cannot say.</summary>
internal sealed class ConsentCheckVerb() : Verb("consent", "check", "what each rule of the laws says of a consent and a transfer")
{
    public override bool IsAboutThePresent => true;

    public override Func<Answer> Read(CallInput input, CommonInput common)
    {
        // Facts alone are a case too; a format then names nothing.
        var artefact = input.Raw("artefact") is null && input.OptionalChoice("format", ConsentInput.Formats) is var _ ? null : ConsentInput.Read(input);
        var laws = input.OptionalTexts("laws");
        if (laws?.FirstOrDefault(l => LawRules.Current.FindLaw(l) is null) is not null)
        {
            throw input.Value("laws", "of " + string.Join(", ", LawRules.Current.Laws.Select(l => l.Id)));
        }

        var access = input.OptionalObject("access");
        var at = access?.Raw("at") is null ? common.At : access.Time("at");
        var acceptUnverified = access?.Flag("acceptUnverified") ?? false;
        var facts = access?.OptionalObject("facts");
        var said = ConsentFacts.Read(facts, new());
        return () =>
        {
            var known = said with { TransferAt = said.TransferAt ?? at };
            if (artefact is not null)
            {
                var read = artefact.FindFormat().Then(f => ConsentArtefacts.Read(f, artefact.Bytes));
                if (!read.Succeeded)
                {
                    return Answer.Refused(read.Error);
                }

                known = ConsentFacts.Read(facts, ConsentCase.From(read.Value, at));
            }

            var on = DateOnly.FromDateTime(at.UtcDateTime);
            var report = laws is null ? ConsentLaws.Evaluate(LawRules.Current, known, on) : ConsentLaws.Evaluate(LawRules.Current, [.. laws], known, on);
            var verdict = report.Decide(acceptUnverified, includeStandards: laws is not null);
            return new()
            {
                Outcome = verdict switch { LawVerdict.Fail => VerificationOutcome.Refused, LawVerdict.Undecidable => VerificationOutcome.Undetermined, _ => VerificationOutcome.Accepted },
                Error = report.Require(acceptUnverified, includeStandards: laws is not null).Error,
                Members = writer => Write(writer, report, verdict, known),
            };
        };
    }

    private static void Write(Utf8JsonWriter writer, LawReport report, LawVerdict verdict, ConsentCase facts)
    {
        writer.WriteString("verdict", JsonWriting.Name(verdict));
        writer.WriteTexts("missingJurisdictions", report.MissingJurisdictions);
        writer.WriteTexts("known", facts.Known);
        writer.WriteStartArray("rules");
        foreach (var finding in report.Findings)
        {
            writer.WriteStartObject();
            writer.WriteString("id", finding.Rule.Id);
            writer.WriteString("law", finding.Rule.Law.Id);
            writer.WriteString("edition", finding.Rule.Law.Edition);
            writer.WriteString("section", finding.Rule.Section);
            writer.WriteString("formerSection", finding.Rule.FormerSection);
            writer.WriteString("reading", finding.Rule.Reading);
            writer.WriteString("certainty", JsonWriting.Name(finding.Certainty));
            writer.WriteBoolean("binding", finding.Rule.IsBinding);
            writer.WriteString("verdict", JsonWriting.Name(finding.Verdict));
            writer.WriteTexts("missing", finding.Missing);
            writer.WriteTexts("decidedBy", finding.DecidedBy);
            writer.WriteTexts("flags", finding.Flags.Select(f => f.Code));
            writer.WriteStartObject("reason");
            writer.WriteString("en", finding.Reason.En);
            writer.WriteString("ja", finding.Reason.Ja);
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}
