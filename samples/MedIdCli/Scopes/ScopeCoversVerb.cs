using MedId.Cli.Frame;
using MedId.Core;
using MedId.Heart.Fhir.Scopes;

namespace MedId.Cli.Scopes;

/// <summary><c>medid scope covers</c>: <see cref="ScopeSet.IsNarrowingOf"/>. <c>covers</c> says whether everything that <c>a</c> opens is opened by <c>b</c>.</summary>
internal sealed class ScopeCoversVerb() : Verb("scope", "covers", "whether the scopes of a open nothing that those of b do not")
{
    public override bool IsAboutThePresent => true;

    public override Func<Answer> Read(CallInput input, CommonInput common)
    {
        var (a, b) = (input.Text("a"), input.Text("b"));
        return () =>
        {
            var (narrow, wide) = (ScopeSet.Parse(a), ScopeSet.Parse(b));
            var error = narrow.Error ?? wide.Error ?? narrow.Value!.Ignored.Concat(wide.Value!.Ignored).FirstOrDefault()?.Error;
            var covers = narrow.Succeeded && wide.Succeeded && narrow.Value.IsNarrowingOf(wide.Value);
            var reverse = narrow.Succeeded && wide.Succeeded && wide.Value.IsNarrowingOf(narrow.Value);
            return new()
            {
                Outcome = error is null ? VerificationOutcome.Accepted : VerificationOutcome.Refused,
                Error = error,
                Members = writer =>
                {
                    writer.WriteBoolean("covers", covers);
                    writer.WriteBoolean("aIsCoveredByB", covers);
                    writer.WriteBoolean("bIsCoveredByA", reverse);
                },
            };
        };
    }
}
