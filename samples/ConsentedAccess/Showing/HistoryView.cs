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
            var practitioner = consent!["practitioner"];
            output.WriteLine($"  {texts.Said(Text(consent["status"]))}  {consent["recipient"]}");
            output.WriteLine($"      {practitioner?["organization"]}  {practitioner?["role"]}  {practitioner?["name"]}  ({consent["purpose"]})");
            foreach (var category in consent["categories"] as JsonArray ?? [])
            {
                output.WriteLine($"      [{(category!["granted"]?.GetValue<bool>() is true ? "✓" : " ")}] {category["text"]}");
            }

            output.WriteLine($"      {texts["until"]} {consent["access_until"]}");
            output.WriteLine($"      {texts["signed"]} {consent["signed"]}");
            foreach (var line in consent["events"] as JsonArray ?? [])
            {
                output.WriteLine($"      {line!["at"]}  {texts.Said(Text(line["event"]))}{(line["by"] is { } by ? $"  ({by})" : "")}");
            }
        }

        output.WriteLine();
    }

    private static string Text(JsonNode? node) => node?.ToString() ?? "";
}
