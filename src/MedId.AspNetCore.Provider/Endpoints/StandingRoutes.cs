using System.Globalization;
using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;
using MedId.Provider;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.AspNetCore.Provider;

/// <summary>What a person's device calls for consents that are given beforehand, with the token of a sign-in act: compose, choose, list, take back.</summary>
internal static class StandingRoutes
{
    private const int MaxBytes = 64 * 1024;

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/device/standing", ListAsync);
        group.MapPost("/device/standing/drafts", ComposeAsync);
        group.MapPost("/device/standing/drafts/{id}/choice", static (HttpContext http) => ChooseAsync(http, Id(http)));
        group.MapPost("/device/standing/{id}/withdrawal", static (HttpContext http) => WithdrawAsync(http, Id(http)));
    }

    private static string Id(HttpContext http) => (string)http.Request.RouteValues["id"]!;

    private static StandingConsents Consents(HttpContext http) => http.RequestServices.GetRequiredService<StandingConsents>();

    private static async Task ComposeAsync(HttpContext http)
    {
        var body = await ReadAsync(http).ConfigureAwait(false);
        var asked = body.Succeeded ? ReadComposition(body.Value) : body.Error;
        var offer = asked.Succeeded ? await Consents(http).ComposeAsync(DeviceAnswers.Bearer(http), asked.Value, http.RequestAborted).ConfigureAwait(false) : asked.Error;
        await DeviceAnswers.WriteAsync(http, offer, static (json, value) =>
        {
            json.WriteStartObject();
            json.WriteString("draft", value.Draft);
            json.WriteNumber("expires_in", (long)value.Lifetime.TotalSeconds);
            json.WritePropertyName("notice");
            json.WriteRawValue(value.Notice);
            json.WriteString("notice_digest", value.NoticeDigest);
            json.WriteEndObject();
        }).ConfigureAwait(false);
    }

    private static async Task ChooseAsync(HttpContext http, string draft)
    {
        var body = await ReadAsync(http).ConfigureAwait(false);
        var choice = body.Succeeded ? DeviceRoutes.ReadChoice(body.Value) : body.Error;
        var act = choice.Succeeded
            ? await http.RequestServices.GetRequiredService<DeviceActs>()
                .ChooseBeforehandAsync(DeviceAnswers.Bearer(http), draft, choice.Value.Confirmed, choice.Value.Granted, http.RequestAborted).ConfigureAwait(false)
            : choice.Error;
        await DeviceAnswers.WriteAsync(http, act, static (json, value) => json.WriteRawValue(value.ToJson())).ConfigureAwait(false);
    }

    private static async Task ListAsync(HttpContext http)
    {
        var list = await Consents(http).ListAsync(DeviceAnswers.Bearer(http), http.RequestAborted).ConfigureAwait(false);
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        await DeviceAnswers.WriteAsync(http, list, (json, all) =>
        {
            json.WriteStartObject();
            json.WriteStartArray("standing");
            foreach (var one in all)
            {
                Write(json, one, now);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }).ConfigureAwait(false);
    }

    private static async Task WithdrawAsync(HttpContext http, string id)
    {
        var body = await ReadAsync(http).ConfigureAwait(false);
        var withdrawn = body.Succeeded ? await Consents(http).WithdrawAsync(DeviceAnswers.Bearer(http), id, http.RequestAborted).ConfigureAwait(false) : body.Error;
        await DeviceAnswers.WriteAsync(http, withdrawn, write: null).ConfigureAwait(false);
    }

    /// <summary>A consent as its person reads it: the words that were shown, what was kept of them, and how it stands. Never the code.</summary>
    private static void Write(Utf8JsonWriter json, StandingConsent standing, DateTimeOffset now)
    {
        json.WriteStartObject();
        json.WriteString("id", standing.Id);
        json.WriteString("status", standing.Status == ConsentStatus.Withdrawn ? "withdrawn" : standing.Uses >= standing.MaxUses ? "used" : now >= standing.ValidUntil ? "expired" : "given");
        json.WritePropertyName("notice");
        json.WriteRawValue(standing.Notice.Notice);
        json.WritePropertyName("choice");
        json.WriteRawValue(standing.Notice.Choice);
        json.WriteString("digest", standing.Notice.Digest);
        if (standing.Act is { } act)
        {
            json.WriteString("signed", act.SignedContent);
            json.WriteString("assurance", act.Assurance);
        }

        json.WriteString("given_at", ConsentNotice.FormatTime(standing.GivenAt));
        json.WriteString("valid_until", ConsentNotice.FormatTime(standing.ValidUntil));
        json.WriteNumber("uses", standing.Uses);
        if (standing.WithdrawnAt is { } withdrawn)
        {
            json.WriteString("withdrawn_at", ConsentNotice.FormatTime(withdrawn));
        }

        json.WriteEndObject();
    }

    private static MedIdResult<StandingComposition> ReadComposition(JsonElement body)
    {
        StandingConsentKind? kind = Text(body, "kind") switch
        {
            "pre-registered" => StandingConsentKind.PreRegistered,
            "one-time-code" => StandingConsentKind.OneTimeCode,
            _ => null,
        };
        var end = default(DateTimeOffset?);
        if (body.TryGetProperty("valid_until", out var until))
        {
            if (until.ValueKind != JsonValueKind.String
                || !DateTimeOffset.TryParseExact(until.GetString(), "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var parsed))
            {
                return DeviceRefusals.Malformed("valid_until is RFC 3339 in UTC with whole seconds");
            }

            end = parsed;
        }

        // A year has fewer than 2^25 seconds; anything longer is out of bounds in any case.
        return kind is { } known && Text(body, "resource") is { } resource && Texts(body, "scopes") is { Count: > 0 } scopes && Texts(body, "purposes") is { Count: > 0 } purposes
            && (body.TryGetProperty("recipients", out _) ? Texts(body, "recipients") : []) is { } recipients
            && (!body.TryGetProperty("trust_framework", out var framework) || framework.ValueKind == JsonValueKind.String)
            && body.TryGetProperty("access_seconds", out var access) && access.ValueKind == JsonValueKind.Number && access.TryGetInt32(out var seconds)
            ? new StandingComposition
            {
                Kind = known,
                Resource = resource,
                Recipients = recipients,
                TrustFramework = Text(body, "trust_framework"),
                Scopes = scopes,
                Purposes = purposes,
                ValidUntil = end,
                Access = TimeSpan.FromSeconds(seconds),
            }
            : DeviceRefusals.Malformed("a composition has kind, resource, scopes, purposes and access_seconds; recipients or trust_framework, and valid_until, where the kind has them");
    }

    private static string? Text(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static List<string>? Texts(JsonElement json, string name) =>
        json.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array && list.GetArrayLength() <= 256 && list.EnumerateArray().All(static one => one.ValueKind == JsonValueKind.String)
            ? [.. list.EnumerateArray().Select(static one => one.GetString()!)]
            : null;

    private static async ValueTask<MedIdResult<JsonElement>> ReadAsync(HttpContext http)
    {
        var body = await Body.ReadAsync(http, MaxBytes).ConfigureAwait(false);
        var parsed = body.IsRead ? StrictJson.ParseObject(body.Bytes, maxDepth: 3, maxBytes: MaxBytes) : body.Malformed;
        return parsed.Succeeded ? parsed : DeviceRefusals.Malformed("a JSON object");
    }
}
