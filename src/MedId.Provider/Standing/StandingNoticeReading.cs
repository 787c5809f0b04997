using System.Text;
using System.Text.Json;
using MedId.Cryptography;

namespace MedId.Provider;

/// <summary>What the notice of a consent given beforehand said when it was given.</summary>
internal static class StandingNoticeReading
{
    /// <summary>A notice may name 64 recipients and what is said about each.</summary>
    private const int MaxBytes = 1 << 20;

    /// <summary>The names: of recipients by client id, and of the trust framework.</summary>
    public static (Dictionary<string, string> Recipients, string? Framework) Names(StandingConsent consent)
    {
        var (json, names) = (Read(consent), new Dictionary<string, string>(StringComparer.Ordinal));
        foreach (var one in Recipients(json))
        {
            if (Text(one, "client_id") is { } client && Text(one, "name") is { } name)
            {
                names[client] = name;
            }
        }

        return (names, json.ValueKind == JsonValueKind.Object && json.TryGetProperty("trust_framework", out var framework) ? Text(framework, "name") : null);
    }

    /// <summary>The version of what was said about a recipient; null when nothing was.</summary>
    public static int? VersionOf(StandingConsent consent, string clientId)
    {
        foreach (var one in Recipients(Read(consent)))
        {
            if (Text(one, "client_id") == clientId && one.TryGetProperty("about", out var about) && about.ValueKind == JsonValueKind.Object && about.TryGetProperty("version", out var version)
                && version.ValueKind == JsonValueKind.Number && version.TryGetInt32(out var number))
            {
                return number;
            }
        }

        return null;
    }

    private static JsonElement Read(StandingConsent consent) => StrictJson.ParseObject(Encoding.UTF8.GetBytes(consent.Notice.Notice), maxBytes: MaxBytes) is { Succeeded: true, Value: var json } ? json : default;

    private static List<JsonElement> Recipients(JsonElement notice) =>
        notice.ValueKind == JsonValueKind.Object && notice.TryGetProperty("recipients", out var list) && list.ValueKind == JsonValueKind.Array ? [.. list.EnumerateArray()] : [];

    private static string? Text(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
