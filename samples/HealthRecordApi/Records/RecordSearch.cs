using System.Globalization;
using System.Text.Json;
using MedId.Heart.Fhir.Scopes;

namespace MedId.Samples.HealthRecordApi;

/// <summary>The search parameters that this API knows: exact tokens and references, without modifiers. What it does not know it refuses, so that nobody gets more than was asked for.</summary>
internal sealed class RecordSearch
{
    private const int DefaultCount = 50;
    private const int MaxCount = 100;

    private readonly List<FhirSearchParameter> _criteria = [];

    private RecordSearch()
    {
    }

    public static IReadOnlyList<string> Types { get; } =
        ["Patient", "MedicationRequest", "MedicationStatement", "AllergyIntolerance", "Condition", "Observation", "Immunization"];

    public int Count { get; private set; } = DefaultCount;

    public int Offset { get; private set; }

    public static IReadOnlyList<string> ParametersOf(string type) => type is "Patient" ? ["_id"] : ["_id", "patient", "code", "category", "status"];

    /// <summary>Reads a search; null when it asks for something unknown.</summary>
    public static RecordSearch? Read(FhirRequest request)
    {
        var search = new RecordSearch();
        foreach (var parameter in request.Parameters)
        {
            if (parameter.Name is "_count" or "_offset")
            {
                if (!int.TryParse(parameter.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
                {
                    return null;
                }

                (search.Count, search.Offset) = parameter.Name is "_count" ? (Math.Min(number, MaxCount), search.Offset) : (search.Count, number);
            }
            else if (ParametersOf(request.ResourceType!).Contains(parameter.Name, StringComparer.Ordinal))
            {
                search._criteria.Add(parameter);
            }
            else if (parameter.Name is not "_format")
            {
                return null;
            }
        }

        return search;
    }

    /// <summary>Whether a resource meets every parameter; the values of one, separated by commas, are alternatives.</summary>
    public bool Matches(JsonElement resource) => _criteria.TrueForAll(criterion => criterion.Value.Split(',').Any(value => Matches(resource, criterion.Name, value)));

    private static bool Matches(JsonElement resource, string name, string value) => name switch
    {
        "_id" => resource.GetProperty("id").ValueEquals(value),
        "patient" => (Member(resource, "subject") ?? Member(resource, "patient"))?.GetProperty("reference").GetString() is { } reference
            && (string.Equals(reference, value, StringComparison.Ordinal) || string.Equals(reference, "Patient/" + value, StringComparison.Ordinal)),
        "status" => Text(Member(resource, "status"), value),
        "category" => Concepts(Member(resource, "category")).Any(concept => Token(concept, value)),
        "code" => Concepts(Member(resource, "code") ?? Member(resource, "medicationCodeableConcept") ?? Member(resource, "vaccineCode")).Any(concept => Token(concept, value)),
        _ => false,
    };

    private static IEnumerable<JsonElement> Concepts(JsonElement? element) => element switch
    {
        null => [],
        { ValueKind: JsonValueKind.Array } many => many.EnumerateArray(),
        { } one => [one],
    };

    /// <summary>A CodeableConcept or code against <c>code</c>, <c>system|code</c> or <c>|code</c>.</summary>
    private static bool Token(JsonElement concept, string value)
    {
        if (concept.ValueKind == JsonValueKind.String)
        {
            return concept.ValueEquals(value);
        }

        var bar = value.IndexOf('|', StringComparison.Ordinal);
        var (system, code) = bar < 0 ? (null, value) : (value[..bar], value[(bar + 1)..]);
        return Member(concept, "coding") is { } codings && codings.EnumerateArray().Any(coding =>
            (code.Length == 0 || Text(Member(coding, "code"), code)) && (system is null || Text(Member(coding, "system"), system)));
    }

    private static bool Text(JsonElement? element, string value) => element is { ValueKind: JsonValueKind.String } text && text.ValueEquals(value);

    private static JsonElement? Member(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value : null;
}
