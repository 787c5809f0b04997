using System.Text.Json;

namespace MedId.Heart.Fhir.Scopes.Tests.Oracle;

/// <summary>What the oracle knows: the published compartment, and by hand where its parameters stand in the types that the cases use.</summary>
internal sealed class OracleWorld
{
    public const string Base = "https://fhir.example.jp/r4/";

    public static readonly int Epoch = new DateOnly(2026, 1, 1).DayNumber;

    /// <summary>FHIR R4, resource by resource: compartment parameter and element.</summary>
    private static readonly Dictionary<string, (string Parameter, string Path)[]> Paths = new()
    {
        ["Observation"] = [("subject", "subject"), ("performer", "performer")],
        ["Condition"] = [("patient", "subject"), ("asserter", "asserter")],
        ["Encounter"] = [("subject", "subject")],
        ["DiagnosticReport"] = [("subject", "subject")],
        ["DocumentReference"] = [("subject", "subject"), ("author", "author")],
        ["AllergyIntolerance"] = [("patient", "patient"), ("recorder", "recorder"), ("asserter", "asserter")],
        ["Appointment"] = [("actor", "participant.actor")],
        ["Communication"] = [("subject", "subject"), ("sender", "sender"), ("recipient", "recipient")],
        ["Group"] = [("member", "member.entity")],
        ["List"] = [("subject", "subject"), ("source", "source")],
        ["Coverage"] = [("policy-holder", "policyHolder"), ("subscriber", "subscriber"), ("beneficiary", "beneficiary"), ("payor", "payor")],
        ["Patient"] = [("link", "link.other")],
    };

    private static readonly Dictionary<string, string> Dates = new()
    {
        ["Observation"] = "effectiveDateTime",
        ["Condition"] = "onsetDateTime",
        ["Encounter"] = "period",
        ["DiagnosticReport"] = "effectiveDateTime",
        ["DocumentReference"] = "date",
        ["AllergyIntolerance"] = "recordedDate",
        ["Communication"] = "sent",
        ["List"] = "date",
    };

    private readonly JsonElement _compartment;

    public OracleWorld(JsonElement compartment)
    {
        _compartment = compartment;
        Types = [.. Members.Select(member => member.Name), .. compartment.GetProperty("nonMembers").EnumerateArray().Select(name => name.GetString()!)];
    }

    public HashSet<string> Types { get; }

    public IEnumerable<JsonProperty> Members => _compartment.GetProperty("members").EnumerateObject();

    public IReadOnlyList<string> Known => [.. Paths.Keys];

    public string[] WithStatus { get; } = ["Observation", "DiagnosticReport", "Encounter", "DocumentReference", "Appointment", "Communication", "List", "Coverage", "Device"];

    public string[] WithCategory { get; } = ["Observation", "Condition", "DiagnosticReport", "DocumentReference", "Communication"];

    public string[] WithCode { get; } = ["Observation", "Condition", "DiagnosticReport", "AllergyIntolerance", "Group", "List"];

    public string[] Shared { get; } = ["Device", "Location", "Medication", "Organization", "Practitioner"];

    /// <summary>What a Binary's security context may name.</summary>
    public Dictionary<string, string> Owners { get; } = [];

    public bool IsMember(string type) => type is "Binary" || Members.Any(member => member.Name == type);

    public IEnumerable<string> PathsOf(string type) => Paths.TryGetValue(type, out var paths) ? paths.Select(pair => pair.Path) : [];

    public IEnumerable<string> ParametersOf(string type) => Paths[type].Select(pair => pair.Parameter);

    public string? DateOf(string type) => Dates.GetValueOrDefault(type);
}
