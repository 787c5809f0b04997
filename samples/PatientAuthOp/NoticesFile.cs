using System.Text.Json;
using MedId.Provider;

namespace MedId.Samples.PatientAuthOp;

/// <summary>What is said about recipients, in versions: a JSON array in the order of the versions.</summary>
internal static class NoticesFile
{
    public static IReadOnlyList<RecipientNotice> Read(string? file)
    {
        if (file is null)
        {
            return [];
        }

        using var document = JsonDocument.Parse(File.ReadAllBytes(file));
        return [.. document.RootElement.EnumerateArray().Select(Read)];
    }

    private static RecipientNotice Read(JsonElement json) => new()
    {
        ClientId = json.GetProperty("client_id").GetString()!,
        Version = json.GetProperty("version").GetInt32(),
        PublishedAt = json.GetProperty("published_at").GetDateTimeOffset(),
        Controllers = List(json, "controllers"),
        Purposes = List(json, "purposes"),
        Data = List(json, "data"),
        Retention = List(json, "retention"),
        ThirdParties = List(json, "third_parties"),
        Countries = List(json, "countries"),
        Rights = List(json, "rights"),
        Contacts = List(json, "contacts"),
        Statements =
        [
            .. json.GetProperty("statements").EnumerateArray().Select(one => new NoticeStatement(
                "notice_" + one.GetProperty("item").GetString(), one.GetProperty("ja").GetString()!, one.GetProperty("en").GetString()!)),
        ],
    };

    private static string[] List(JsonElement json, string name) =>
        json.TryGetProperty(name, out var list) ? [.. list.EnumerateArray().Select(one => one.GetString()!)] : [];
}
