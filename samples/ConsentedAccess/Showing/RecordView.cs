using System.Text.Json.Nodes;

namespace MedId.Samples.ConsentedAccess;

/// <summary>The record as the EHR's screen shows it to the doctor.</summary>
internal static class RecordView
{
    public static void Write(TextWriter output, Texts texts, JsonNode? seen)
    {
        if (seen is null)
        {
            return;
        }

        output.WriteLine(texts["record"]);
        if (seen["record"] is not JsonArray parts)
        {
            output.WriteLine($"  {texts["nothing"]}  ({seen["state"]}{(seen["code"] is { } code ? ": " + code : "")})");
            output.WriteLine();
            return;
        }

        foreach (var part in parts)
        {
            output.WriteLine($"  {part!["type"]}{(part["code"] is { } code ? $"  ✗ {code}" : "")}");
            foreach (var resource in part["resources"] as JsonArray ?? [])
            {
                output.WriteLine("      " + string.Join("  ", Line(resource!).Where(text => !string.IsNullOrEmpty(text))));
            }
        }

        output.WriteLine($"  consent {seen["consent_id"]}, acr {seen["acr"]}");
        output.WriteLine();
    }

    private static IEnumerable<string?> Line(JsonNode resource) => resource["resourceType"]?.ToString() switch
    {
        "Patient" => [.. (resource["name"] as JsonArray ?? []).Select(name => Text(name!["text"])), Text(resource["birthDate"]), Text(resource["gender"]), Text(resource["address"]?[0]?["text"])],
        "MedicationRequest" => [Text(resource["authoredOn"]), Text(resource["medicationCodeableConcept"]?["text"]), Text(resource["dosageInstruction"]?[0]?["text"])],
        "AllergyIntolerance" => [Text(resource["code"]?["text"]), Text(resource["reaction"]?[0]?["manifestation"]?[0]?["text"]), Text(resource["criticality"])],
        _ => [Text(resource["code"]?["text"]) ?? Text(resource["vaccineCode"]?["text"]), Text(resource["valueQuantity"]?["value"]), Text(resource["valueQuantity"]?["unit"])],
    };

    private static string? Text(JsonNode? node) => node?.ToString();
}
