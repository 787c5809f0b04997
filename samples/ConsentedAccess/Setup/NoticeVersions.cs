using System.Text.Json.Nodes;

namespace MedId.Samples.ConsentedAccess;

/// <summary>What the patient OP says about the clinic: first that it keeps data a year, later five. Synthetic.</summary>
internal static class NoticeVersions
{
    /// <summary>The versions up to one.</summary>
    public static JsonArray UpTo(int version) => version == 1 ? new(Version(1, "P1Y", "1年", "one year")) : new(Version(1, "P1Y", "1年", "one year"), Version(2, "P5Y", "5年", "five years"));

    private static JsonObject Version(int version, string retention, string ja, string en) => new()
    {
        ["client_id"] = SampleFiles.EhrClient,
        ["version"] = version,
        ["published_at"] = $"2026-0{version}-01T00:00:00Z",
        ["controllers"] = new JsonArray("sample-clinic"),
        ["purposes"] = new JsonArray("TREAT"),
        ["data"] = new JsonArray("*"),
        ["retention"] = new JsonArray(retention),
        ["statements"] = new JsonArray(new JsonObject { ["item"] = "retention", ["ja"] = $"受け取った情報は{ja}保存されます。", ["en"] = $"What is received is kept for {en}." }),
    };
}
