using System.Text.Json.Nodes;

namespace MedId.Cli.Tests;

/// <summary>Inputs of the scope verbs. Synthetic: none of these people and results exist.</summary>
internal static class ScopeExamples
{
    private const string Category = "http://terminology.hl7.org/CodeSystem/observation-category";

    public static JsonObject Parse() => new()
    {
        ["id"] = "example",
        ["scope"] = $"openid launch/patient patient/Observation.read patient/Observation.rs?category={Category}|laboratory conf/R sens/HIV",
        ["syntax"] = "cruds",
    };

    public static JsonObject Covers() => new() { ["id"] = "example", ["a"] = "patient/Observation.r", ["b"] = "patient/*.read" };

    /// <summary>A search that a label and the consent's range of dates filter.</summary>
    public static JsonObject Decide() => new()
    {
        ["id"] = "example",
        ["at"] = "2026-04-01T00:00:00Z",
        ["scopes"] = "openid patient/Observation.read conf/R",
        ["token"] = new JsonObject { ["patient"] = "p1", ["clientId"] = "clinic-b", ["purpose"] = "TREAT", ["btgAccepted"] = false },
        ["consent"] = new JsonObject
        {
            ["validFrom"] = "2026-01-01T00:00:00Z",
            ["validUntil"] = "2027-01-01T00:00:00Z",
            ["purposes"] = new JsonArray("TREAT"),
            ["data"] = new JsonArray("Observation"),
            ["dataFrom"] = "2025-01-01T00:00:00+09:00",
            ["recipients"] = new JsonArray("clinic-b"),
        },
        ["request"] = new JsonObject { ["method"] = "GET", ["url"] = "Observation?code=718-7" },
        ["resources"] = new JsonArray(Observation("o1", "p1", "2026-03-01"), Observation("o2", "p1", "2024-03-01"), Observation("o3", "p2", "2026-03-01"), Observation("o4", "p1", "2026-03-02", "HIV")),
        ["store"] = new JsonArray("o1", "o2", "o3", "o4"),
        ["options"] = new JsonObject { ["serviceBase"] = "https://fhir.clinic.example/r4" },
    };

    private static JsonObject Observation(string id, string patient, string day, string? label = null)
    {
        var resource = new JsonObject
        {
            ["resourceType"] = "Observation",
            ["id"] = id,
            ["status"] = "final",
            ["category"] = new JsonArray(new JsonObject { ["coding"] = new JsonArray(new JsonObject { ["system"] = Category, ["code"] = "laboratory" }) }),
            ["code"] = new JsonObject { ["text"] = "合成検査" },
            ["subject"] = new JsonObject { ["reference"] = "Patient/" + patient },
            ["effectiveDateTime"] = day,
        };
        if (label is not null)
        {
            resource["meta"] = new JsonObject { ["security"] = new JsonArray(new JsonObject { ["system"] = "http://terminology.hl7.org/CodeSystem/v3-ActCode", ["code"] = label }) };
        }

        return resource;
    }
}
