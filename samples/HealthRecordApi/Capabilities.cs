using System.Text;

namespace MedId.Samples.HealthRecordApi;

/// <summary>What this API can, as FHIR says it; open to everybody.</summary>
internal static class Capabilities
{
    public static ReadOnlyMemory<byte> Statement { get; } = Encoding.UTF8.GetBytes($$"""
        {"resourceType":"CapabilityStatement","status":"active","experimental":true,"date":"2026-11-01","kind":"instance",
        "software":{"name":"MedIdSdk sample health data API"},"implementation":{"description":"Synthetic records only"},
        "fhirVersion":"4.0.1","format":["application/fhir+json"],
        "rest":[{"mode":"server","security":{"cors":false,"description":"Bearer access token of the patient's OP, introspected at every call"},
        "resource":[{{string.Join(',', RecordSearch.Types.Select(Resource))}}]}]}
        """.ReplaceLineEndings(""));

    private static string Resource(string type) =>
        $$"""{"type":"{{type}}","interaction":[{"code":"read"},{"code":"search-type"}],"searchParam":[{{string.Join(',', RecordSearch.ParametersOf(type).Select(Parameter))}}]}""";

    private static string Parameter(string name) => $$"""{"name":"{{name}}","type":"{{(name is "patient" ? "reference" : "token")}}"}""";
}
