using System.Text.Json.Nodes;

namespace MedId.Samples.ConsentedAccess;

/// <summary>The consent history as the patient's phone shows it.</summary>
internal static class HistoryView
{
    public static void Write(TextWriter output, Texts texts, JsonNode? history)
    {
        if (history?["consents"] is not JsonArray consents)
        {
            return;
        }

        output.WriteLine(texts["history"]);
        foreach (var consent in consents)
        {
            output.WriteLine($"  {consent!["given_at"]}  {texts.Said(consent["status"]?.ToString() ?? "")}  {Name(consent["recipient"])} / {Name(consent["practitioner"])}  {consent["id"]}");
            foreach (var category in consent["categories"] as JsonArray ?? [])
            {
                output.WriteLine("      " + (category is JsonObject ? $"{category["text"]} ({category["scope"]})" : category?.ToString()));
            }

            foreach (var line in consent["events"] as JsonArray ?? [])
            {
                output.WriteLine($"      {line!["at"]}  {texts.Said(line["event"]?.ToString() ?? "")}");
            }
        }

        output.WriteLine();
    }

    private static string Name(JsonNode? party) => party is JsonObject ? party["name"]?.ToString() ?? "" : party?.ToString() ?? "";
}
