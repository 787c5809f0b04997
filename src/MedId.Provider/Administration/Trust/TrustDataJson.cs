using System.Globalization;
using System.Text.Json;
using MedId.Cryptography;
using MedId.OAuth;

namespace MedId.Provider;

/// <summary>Reads trust data as operators write it.</summary>
internal static class TrustDataJson
{
    /// <summary>Whether an entry is switched off: known, and not believed.</summary>
    public static bool IsSuspended(JsonElement json) => json.TryGetProperty("status", out var status) && status.ValueKind == JsonValueKind.String && status.GetString() == "suspended";

    /// <summary>A doctor OP: <c>issuer</c>, <c>jwks</c> or <c>jwks_uri</c>, <c>status</c>.</summary>
    public static (string Issuer, JsonWebKeySet? Keys, string? JwksUri)? ReadIssuer(JsonElement json)
    {
        var members = new JsonMembers(json);
        var issuer = members.NeededString("issuer", 256);
        var uri = members.String("jwks_uri");
        var keys = ReadKeys(members, "jwks");
        return members.Wrong is null && IsStatus(members) && IsHttps(issuer) && (keys is null) != (uri is null) && (uri is null || IsHttps(uri)) ? (issuer, keys, uri) : null;
    }

    /// <summary>A trust framework.</summary>
    public static TrustFramework? ReadFramework(JsonElement json)
    {
        var members = new JsonMembers(json);
        var framework = new TrustFramework
        {
            Id = members.NeededString("id", 256),
            JapaneseName = members.NeededString("name#ja", 200),
            EnglishName = members.NeededString("name", 200),
            Assessors = [.. Objects(members, "assessors").Select(one => ReadAssessor(one, members))],
            RequiredCriteria = members.Strings("required_criteria"),
            AcceptedLevels = members.Strings("accepted_levels"),
            LongestStatement = members.Integer("longest_statement_seconds", 1, (long)TrustFramework.MostStatementLife.TotalSeconds) is { } seconds ? TimeSpan.FromSeconds(seconds) : TimeSpan.FromDays(90),
            Suspensions = [.. Objects(members, "suspensions").Select(one => ReadSuspension(one, members))],
        };
        return members.Wrong is null && IsStatus(members) ? framework : null;
    }

    private static TrustAssessor ReadAssessor(JsonElement json, JsonMembers whole)
    {
        var members = new JsonMembers(json);
        var assessor = new TrustAssessor { Issuer = members.NeededString("issuer", 256), Keys = ReadKeys(members, "jwks"), JwksUri = members.String("jwks_uri") };
        if (members.Wrong is not null)
        {
            whole.Reject("assessors");
        }

        return assessor;
    }

    private static RecipientSuspension ReadSuspension(JsonElement json, JsonMembers whole)
    {
        var members = new JsonMembers(json);
        var client = members.NeededString("client_id", 256);
        var (from, until) = (ReadTime(members, "from"), ReadTime(members, "until"));
        if (members.Wrong is not null || from is null)
        {
            whole.Reject("suspensions");
        }

        return new(client, from ?? default, until);
    }

    private static JsonElement[] Objects(JsonMembers members, string name)
    {
        if (members.Find(name) is not { } list)
        {
            return [];
        }

        if (list.ValueKind == JsonValueKind.Array && list.GetArrayLength() <= 1000 && list.EnumerateArray().All(static one => one.ValueKind == JsonValueKind.Object))
        {
            return [.. list.EnumerateArray()];
        }

        members.Reject(name);
        return [];
    }

    private static JsonWebKeySet? ReadKeys(JsonMembers members, string name)
    {
        if (members.Object(name) is not { } json)
        {
            return null;
        }

        var keys = JsonWebKeySet.Parse(json);
        if (!keys.Succeeded || keys.Value.Keys.Count == 0)
        {
            members.Reject(name);
        }

        return keys.Value;
    }

    private static DateTimeOffset? ReadTime(JsonMembers members, string name)
    {
        if (members.String(name) is not { } text)
        {
            return null;
        }

        if (DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time))
        {
            return time;
        }

        members.Reject(name);
        return null;
    }

    private static bool IsStatus(JsonMembers members) => members.String("status") is null or "active" or "suspended";

    private static bool IsHttps(string text) => Uri.TryCreate(text, UriKind.Absolute, out var uri) && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));
}
