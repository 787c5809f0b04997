using System.Text.Json.Nodes;

namespace MedId.Samples.ConsentedAccess;

/// <summary>The record as the doctor reads it: a heading a type, a line a resource.</summary>
internal static class RecordView
{
    public static void Write(TextWriter output, Texts texts, JsonNode? seen)
    {
        if (seen is null)
        {
            return;
        }

        output.WriteLine(texts["record"]);
        foreach (var part in seen["record"]?.AsArray() ?? [])
        {
            output.WriteLine("  " + (string?)part!["type"] + ((string?)part["code"] is { } code ? ": " + code : ""));
            foreach (var resource in part["resources"]?.AsArray() ?? [])
            {
                output.WriteLine("      " + string.Join("  ", Line(resource!).OfType<string>()));
            }
        }

        output.WriteLine();
    }

    private static string?[] Line(JsonNode resource) => (string?)resource["resourceType"] switch
    {
        "Patient" => [.. Names(resource), Text(resource, "gender"), Text(resource, "birthDate"), Text(resource["address"]?[0], "text")],
        "MedicationRequest" =>
            [Text(resource, "authoredOn"), Text(resource["medicationCodeableConcept"], "text"), Text(resource["dosageInstruction"]?[0], "text")],
        "AllergyIntolerance" =>
            [Text(resource["code"], "text"), Text(resource["reaction"]?[0]?["manifestation"]?[0], "text"), Text(resource["verificationStatus"], "text")],
        _ => [Text(resource["code"], "text") ?? Text(resource["vaccineCode"], "text"), Text(resource["valueQuantity"], "value"), Text(resource["valueQuantity"], "unit")],
    };

    private static IEnumerable<string?> Names(JsonNode patient) => (patient["name"]?.AsArray() ?? []).Select(name => Text(name, "text"));

    private static string? Text(JsonNode? node, string name) => node?[name]?.ToString();
}
