using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;
using MedId.Provider;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.AspNetCore.Provider;

/// <summary>What a phone that proved its key calls: the notice, the choice, the refusal, the history, the withdrawal.</summary>
internal static class DeviceRoutes
{
    private const int MaxBytes = 64 * 1024;

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/device/requests/{id}", static (HttpContext http) => ReadAsync(http, Id(http)));
        group.MapPost("/device/requests/{id}/choice", static (HttpContext http) => ChooseAsync(http, Id(http)));
        group.MapPost("/device/requests/{id}/denial", static (HttpContext http) => DenyAsync(http, Id(http)));
        group.MapGet("/device/consents", static (HttpContext http) => ListAsync(http));
        group.MapPost("/device/consents/{id}/withdrawal", static (HttpContext http) => WithdrawAsync(http, Id(http)));
    }

    private static string Id(HttpContext http) => (string)http.Request.RouteValues["id"]!;

    private static async Task ReadAsync(HttpContext http, string id)
    {
        var opened = await Service<AccessRequests>(http).ReadAsync(DeviceAnswers.Bearer(http), id, http.RequestAborted).ConfigureAwait(false);
        var now = Service<TimeProvider>(http).GetUtcNow();
        await DeviceAnswers.WriteAsync(http, opened, (json, value) =>
        {
            json.WriteStartObject();
            json.WritePropertyName("notice");
            json.WriteRawValue(value.Notice);
            json.WriteString("notice_digest", value.NoticeDigest);
            if (value.Told is { } told)
            {
                ToldJson.Write(json, told, now);
            }

            json.WriteEndObject();
        }).ConfigureAwait(false);
    }

    private static async Task ChooseAsync(HttpContext http, string id)
    {
        var choice = ReadChoice(await Body.ReadAsync(http, MaxBytes).ConfigureAwait(false));
        var act = choice.Succeeded
            ? await Service<AccessRequests>(http).ChooseAsync(DeviceAnswers.Bearer(http), id, choice.Value.Confirmed, choice.Value.Granted, http.RequestAborted).ConfigureAwait(false)
            : choice.Error;
        await DeviceAnswers.WriteAsync(http, act, static (json, value) => json.WriteRawValue(value.ToJson())).ConfigureAwait(false);
    }

    private static async Task DenyAsync(HttpContext http, string id)
    {
        var said = ReadAct(await Body.ReadAsync(http, MaxBytes).ConfigureAwait(false));
        var denied = said.Succeeded ? await Service<AccessRequests>(http).DenyAsync(DeviceAnswers.Bearer(http), id, http.RequestAborted).ConfigureAwait(false) : said;
        await DeviceAnswers.WriteAsync(http, denied, write: null).ConfigureAwait(false);
    }

    private static async Task WithdrawAsync(HttpContext http, string id)
    {
        var said = ReadAct(await Body.ReadAsync(http, MaxBytes).ConfigureAwait(false));
        var withdrawn = said.Succeeded ? await Service<ConsentHistory>(http).WithdrawAsync(DeviceAnswers.Bearer(http), id, http.RequestAborted).ConfigureAwait(false) : said;
        await DeviceAnswers.WriteAsync(http, withdrawn, write: null).ConfigureAwait(false);
    }

    private static async Task ListAsync(HttpContext http)
    {
        var history = await Service<ConsentHistory>(http).ListAsync(DeviceAnswers.Bearer(http), http.RequestAborted).ConfigureAwait(false);
        var others = history.Succeeded ? await Service<ConsentHistory>(http).ListGivenForOthersAsync(DeviceAnswers.Bearer(http), http.RequestAborted).ConfigureAwait(false) : history.Error;
        var now = Service<TimeProvider>(http).GetUtcNow();
        await DeviceAnswers.WriteAsync(http, others, (json, given) => HistoryJson.Write(json, history.Value!, given, now)).ConfigureAwait(false);
    }

    private static MedIdResult<(bool Confirmed, IReadOnlyCollection<string> Granted)> ReadChoice(Body body)
    {
        var parsed = body.IsRead ? StrictJson.ParseObject(body.Bytes, maxDepth: 3, maxBytes: MaxBytes) : body.Malformed;
        return parsed.Succeeded ? ReadChoice(parsed.Value) : DeviceRefusals.Malformed("a choice is a JSON object");
    }

    /// <summary>What the person chose, whichever way it is confirmed.</summary>
    public static MedIdResult<(bool Confirmed, IReadOnlyCollection<string> Granted)> ReadChoice(JsonElement choice)
    {
        if (!choice.TryGetProperty("confirmed", out var confirmed) || confirmed.ValueKind is not (JsonValueKind.True or JsonValueKind.False)
            || !choice.TryGetProperty("granted", out var granted) || granted.ValueKind != JsonValueKind.Array || granted.GetArrayLength() > 256
            || granted.EnumerateArray().Any(static scope => scope.ValueKind != JsonValueKind.String))
        {
            return DeviceRefusals.Malformed("a choice has confirmed (boolean) and granted (list of scopes)");
        }

        string[] scopes = [.. granted.EnumerateArray().Select(static scope => scope.GetString()!)];
        return (confirmed.GetBoolean(), scopes);
    }

    /// <summary>The body of an act that needs no choice: an object; where it says <c>confirmed</c>, the person did.</summary>
    private static MedIdResult<Unit> ReadAct(Body body)
    {
        var parsed = body.IsRead ? StrictJson.ParseObject(body.Bytes, maxDepth: 3, maxBytes: MaxBytes) : body.Malformed;
        return parsed.Succeeded && (!parsed.Value.TryGetProperty("confirmed", out var confirmed) || confirmed.ValueKind == JsonValueKind.True)
            ? Unit.Value
            : DeviceRefusals.Malformed("a JSON object; confirmed, where it stands, is true");
    }

    private static T Service<T>(HttpContext http)
        where T : notnull => http.RequestServices.GetRequiredService<T>();
}
