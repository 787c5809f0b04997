using System.Text.Json;
using MedId.Cli.Frame;
using MedId.Core;
using MedId.Heart.Fhir.Scopes;

namespace MedId.Cli.Scopes;

/// <summary><c>medid scope decide</c>: <see cref="ScopeDecider"/> with the resources at hand.</summary>
internal sealed class ScopeDecideVerb() : Verb("scope", "decide", "whether the scopes of a token permit a FHIR request, by what, and what a search may bring")
{
    private static readonly MedIdError NotGiven = new(ScopesErrorCodes.ImageMalformed, ErrorCategory.State, "FHIR R4 RESTful API", "The resource that the request is about is not in the input.");

    public override bool IsAboutThePresent => true;

    public override Func<Answer> Read(CallInput input, CommonInput common)
    {
        var scopes = input.Text("scopes");
        var context = ScopeInput.Token(input.OptionalObject("token"), ScopeInput.Consent(input.OptionalObject("consent")), common.At);
        var options = ScopeInput.Options(input.OptionalObject("options"), ScopeInput.Operations(input));
        var resources = ScopeResources.Read(input, input.Flag("abstract"));
        var request = input.OptionalObject("request") ?? throw input.Missing("request");
        var call = ScopeRequestInput.Read(request, resources);
        var store = (input.OptionalTexts("store") ?? request.OptionalTexts("results"))?
            .Select(name => resources.Find(name) ?? throw (resources.All.Count == 0 ? input.Missing("resources") : input.Value("store", "names or ids of the resources"))).ToList();
        if (call.Rule is { } rule)
        {
            options = options with { OperationRules = rule.Needs.Count == 0 ? [] : [rule] };
        }

        return () => Judge(ScopeSet.Parse(scopes), context, new ScopeDecider(options), call, resources, store ?? resources.All);
    }

    private static Answer Judge(
        MedIdResult<ScopeSet> scopes, FhirTokenContext context, ScopeDecider decider, ScopeCall call, ScopeResources resources, IReadOnlyList<ScopeResources.One> store)
    {
        if (!scopes.Succeeded || !call.Request.Succeeded)
        {
            var error = scopes.Error ?? call.Request.Error!;
            return Answer.Refused(error, writer => ScopeAnswer.WriteUnread(writer, error));
        }

        if (call.Entries is { } entries)
        {
            return JudgeEntries(scopes.Value, context, decider, call.IsTransaction, entries);
        }

        var decision = call.Decide(decider, scopes.Value, context);
        var found = decision.Filter is { } filter ? Found(call.Request.Value, filter, resources, store) : [];
        return Of(decision, writer => ScopeAnswer.WriteOne(writer, decision, found));
    }

    private static Answer JudgeEntries(ScopeSet scopes, FhirTokenContext context, ScopeDecider decider, bool isTransaction, IReadOnlyList<ScopeCall> entries)
    {
        ScopeDecision[] decisions = [.. entries.Select(entry => entry.Request.Succeeded || entry.Entry is not null ? entry.Decide(decider, scopes, context) : default)];
        var whole = isTransaction ? ScopeDecider.DecideTransaction(scopes, decisions) : default;
        if (isTransaction)
        {
            return Of(whole, writer => ScopeAnswer.WriteEntries(writer, ScopeAnswer.Word(whole), whole, decisions, isTransaction));
        }

        // A batch is answered entry by entry, whatever becomes of each.
        var granted = decisions.Count(one => one.Outcome is ScopeOutcome.Permit or ScopeOutcome.Filter);
        var word = granted == decisions.Length ? "permit" : granted == 0 ? "deny" : "filter";
        return new()
        {
            Outcome = word is "deny" ? VerificationOutcome.Refused : VerificationOutcome.Accepted,
            Error = word is "deny" ? decisions[0].Error ?? NotGiven : null,
            Members = writer => ScopeAnswer.WriteEntries(writer, word, decisions.FirstOrDefault(one => !one.IsDenied), decisions, isTransaction),
        };
    }

    private static Answer Of(ScopeDecision decision, Action<Utf8JsonWriter> members) => new()
    {
        Outcome = decision.Outcome switch { ScopeOutcome.Permit or ScopeOutcome.Filter => VerificationOutcome.Accepted, ScopeOutcome.Deny => VerificationOutcome.Refused, _ => VerificationOutcome.Undetermined },
        Error = decision.Outcome == ScopeOutcome.Examine ? NotGiven : decision.Error,
        Members = members,
    };

    /// <summary>Of what the store has found, the searched types, and everything where the request asks for includes: each judged by itself.</summary>
    private static List<(ScopeResources.One Resource, ScopeDecision Decision)> Found(FhirRequest request, SearchFilter filter, ScopeResources resources, IReadOnlyList<ScopeResources.One> store)
    {
        var includes = request.Parameters.Any(parameter => parameter.Name.Split(':')[0] is "_include" or "_revinclude");
        return [.. store.Where(one => includes || IsSearched(request, one)).Select(one => (one, filter.Permits(resources.Image(one))))];
    }

    private static bool IsSearched(FhirRequest request, ScopeResources.One one) => request.Interaction == FhirInteraction.Operation
        || (request.ResourceType is null && (request.SearchedTypes.Count == 0 || request.SearchedTypes.Contains(one.Type, StringComparer.Ordinal)))
        || string.Equals(request.ResourceType, one.Type, StringComparison.Ordinal);
}
