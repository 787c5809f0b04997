using System.Text.Json;
using MedId.Cli.Frame;
using MedId.Core;
using MedId.Heart.Fhir.Scopes;

namespace MedId.Cli.Scopes;

/// <summary>A decision as JSON.</summary>
internal static class ScopeAnswer
{
    public static string Word(ScopeDecision decision) => decision.Outcome switch
    {
        ScopeOutcome.Permit => "permit",
        ScopeOutcome.Filter => "filter",
        _ => "deny",
    };

    public static void WriteUnread(Utf8JsonWriter writer, MedIdError error)
    {
        writer.WriteString("decision", "deny");
        writer.WriteTexts("by", []);
        writer.WriteString("reason", error.Code);
    }

    public static void WriteOne(Utf8JsonWriter writer, ScopeDecision decision, IReadOnlyList<(ScopeResources.One Resource, ScopeDecision Decision)> found)
    {
        writer.WriteString("decision", Word(decision));
        writer.WriteStartArray("by");
        WriteBy(writer, decision);

        // What was left out of a search is named as well: which label, which clause.
        foreach (var hidden in found.Where(one => one.Decision.IsDenied && one.Decision.Fitting.Count != 0).Select(one => (one.Decision.Fitting[0].Value, one.Decision.Label, one.Decision.Clause)).Distinct())
        {
            WriteReason(writer, hidden.Value, hidden.Label, hidden.Clause);
        }

        writer.WriteEndArray();
        WriteReason(writer, decision);
        writer.WriteTexts("returned", found.Where(one => !one.Decision.IsDenied).Select(one => one.Resource.Id ?? ""));
        writer.WriteStartArray("searchFilter");
        if (decision.Filter is { } filter)
        {
            foreach (var clause in filter.Clauses())
            {
                WriteClause(writer, clause, filter, isChained: false);
            }

            foreach (var clause in filter.ChainedClauses())
            {
                WriteClause(writer, clause, filter, isChained: true);
            }
        }

        writer.WriteEndArray();
        writer.WriteBoolean("brokeTheGlass", decision.BrokeTheGlass || found.Any(one => one.Decision.BrokeTheGlass));
        writer.WriteString("requiredScope", decision.RequiredScope);
    }

    public static void WriteEntries(Utf8JsonWriter writer, string word, ScopeDecision whole, IReadOnlyList<ScopeDecision> entries, bool isTransaction)
    {
        writer.WriteString("decision", word);
        writer.WriteStartArray("by");
        if (isTransaction)
        {
            WriteBy(writer, whole);
        }

        writer.WriteEndArray();
        WriteReason(writer, whole);
        writer.WriteTexts("returned", []);
        writer.WriteTexts("entryDecisions", entries.Select(Word));
        writer.WriteStartArray("entries");
        foreach (var entry in entries)
        {
            writer.WriteStartObject();
            writer.WriteString("decision", Word(entry));
            writer.WriteStartArray("by");
            WriteBy(writer, entry);
            writer.WriteEndArray();
            WriteReason(writer, entry);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteTexts("searchFilter", []);
        writer.WriteBoolean("brokeTheGlass", entries.Any(entry => entry.BrokeTheGlass));
    }

    private static void WriteReason(Utf8JsonWriter writer, ScopeDecision decision) =>
        writer.WriteString("reason", decision.Outcome == ScopeOutcome.Examine ? "not-given" : decision.Error?.Code);

    private static void WriteBy(Utf8JsonWriter writer, ScopeDecision decision)
    {
        foreach (var scope in decision.By)
        {
            // What btg lifted stands beside it; a label scope stands beside its label.
            var isBroken = scope.Kind == FhirScopeKind.BreakTheGlass;
            WriteReason(writer, scope.Value, isBroken ? decision.Label : LabelOf(scope), isBroken ? decision.Clause : null);
        }

        foreach (var scope in decision.Fitting)
        {
            WriteReason(writer, scope.Value, decision.Label, decision.Clause);
        }
    }

    private static string? LabelOf(FhirScope scope) => scope.Kind switch
    {
        FhirScopeKind.Confidentiality => "http://terminology.hl7.org/CodeSystem/v3-Confidentiality|" + scope.Code,
        FhirScopeKind.Sensitivity => "http://terminology.hl7.org/CodeSystem/v3-ActCode|" + scope.Code,
        _ => null,
    };

    private static void WriteReason(Utf8JsonWriter writer, string scope, string? label, ConsentClause? clause)
    {
        writer.WriteStartObject();
        writer.WriteString("scope", scope);
        if (label is not null)
        {
            writer.WriteString("label", label);
        }

        if (clause is { } named)
        {
            writer.WriteString("clause", JsonWriting.Name(named));
        }

        writer.WriteEndObject();
    }

    private static void WriteClause(Utf8JsonWriter writer, SearchClause clause, SearchFilter filter, bool isChained)
    {
        writer.WriteStartObject();
        writer.WriteString("scope", clause.Scope.Value);
        writer.WriteString("resourceType", clause.ResourceType);
        if (clause.Patients is { } patients)
        {
            writer.WriteTexts("patients", patients);
        }
        else
        {
            writer.WriteNull("patients");
        }

        writer.WriteTexts("constraints", clause.Constraints.Select(constraint => constraint.ToString()));
        writer.WriteTexts("searches", clause.ToSearches());
        writer.WriteTexts("hiddenLabels", filter.HiddenLabels());
        if (filter.Consent is { } consent)
        {
            writer.WriteStartObject("consent");
            if (consent.Data is { } data)
            {
                writer.WriteTexts("data", data.Select(one => one.ToString()));
            }

            writer.WriteTime("dataFrom", consent.DataFrom);
            writer.WriteTime("dataUntil", consent.DataUntil);
            writer.WriteEndObject();
        }

        writer.WriteBoolean("chained", isChained);
        writer.WriteEndObject();
    }
}
