using System.Text;
using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;
using MedId.Provider;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

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
        var opened = await Service<AccessRequests>(http).ReadAsync(Bearer(http), id, http.RequestAborted).ConfigureAwait(false);
        await AnswerAsync(http, opened, static (json, value) =>
        {
            json.WriteStartObject();
            json.WritePropertyName("notice");
            json.WriteRawValue(value.Notice);
            json.WriteString("notice_digest", value.NoticeDigest);
            json.WriteEndObject();
        }).ConfigureAwait(false);
    }

    private static async Task ChooseAsync(HttpContext http, string id)
    {
        var choice = ReadChoice(await Body.ReadAsync(http, MaxBytes).ConfigureAwait(false));
        var act = choice.Succeeded
            ? await Service<AccessRequests>(http).ChooseAsync(Bearer(http), id, choice.Value.Confirmed, choice.Value.Granted, http.RequestAborted).ConfigureAwait(false)
            : choice.Error;
        await AnswerAsync(http, act, static (json, value) => json.WriteRawValue(value.ToJson())).ConfigureAwait(false);
    }

    private static async Task DenyAsync(HttpContext http, string id)
    {
        var said = ReadAct(await Body.ReadAsync(http, MaxBytes).ConfigureAwait(false));
        var denied = said.Succeeded ? await Service<AccessRequests>(http).DenyAsync(Bearer(http), id, http.RequestAborted).ConfigureAwait(false) : said;
        await AnswerAsync(http, denied, write: null).ConfigureAwait(false);
    }

    private static async Task WithdrawAsync(HttpContext http, string id)
    {
        var said = ReadAct(await Body.ReadAsync(http, MaxBytes).ConfigureAwait(false));
        var withdrawn = said.Succeeded ? await Service<ConsentHistory>(http).WithdrawAsync(Bearer(http), id, http.RequestAborted).ConfigureAwait(false) : said;
        await AnswerAsync(http, withdrawn, write: null).ConfigureAwait(false);
    }

    private static async Task ListAsync(HttpContext http)
    {
        var history = await Service<ConsentHistory>(http).ListAsync(Bearer(http), http.RequestAborted).ConfigureAwait(false);
        var now = Service<TimeProvider>(http).GetUtcNow();
        await AnswerAsync(http, history, (json, entries) => HistoryJson.Write(json, entries, now)).ConfigureAwait(false);
    }

    private static MedIdResult<(bool Confirmed, IReadOnlyCollection<string> Granted)> ReadChoice(Body body)
    {
        var parsed = body.IsRead ? StrictJson.ParseObject(body.Bytes, maxDepth: 3, maxBytes: MaxBytes) : body.Malformed;
        if (!parsed.Succeeded)
        {
            return DeviceRefusals.Malformed("a choice is a JSON object");
        }

        if (!parsed.Value.TryGetProperty("confirmed", out var confirmed) || confirmed.ValueKind is not (JsonValueKind.True or JsonValueKind.False)
            || !parsed.Value.TryGetProperty("granted", out var granted) || granted.ValueKind != JsonValueKind.Array || granted.GetArrayLength() > 256
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

    private static string? Bearer(HttpContext http) =>
        http.Request.Headers.Authorization is [{ } header] && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..].Trim() : null;

    private static async Task AnswerAsync<T>(HttpContext http, MedIdResult<T> result, Action<Utf8JsonWriter, T>? write)
        where T : notnull
    {
        http.Response.Headers.CacheControl = "no-store";
        if (result.Succeeded && write is null)
        {
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        if (!result.Succeeded)
        {
            Log.ActRefused(Service<ILogger<ProviderLog>>(http), result.Error.Code, result.Error.Section, result.Error.Detail);
            ProviderTelemetry.CountRefusal(Answers.Endpoint(http), result.Error.Code);
            http.Features.Set(new ProviderOutcome { Error = result.Error });
            http.Response.StatusCode = DeviceRefusals.HttpStatus(result.Error);
            if (http.Response.StatusCode == StatusCodes.Status401Unauthorized)
            {
                http.Response.Headers.WWWAuthenticate = "Bearer error=\"invalid_token\"";
            }
        }

        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            if (result.Succeeded)
            {
                write!(json, result.Value);
            }
            else
            {
                // RFC 9457, with the stable code beside the members of the standard.
                json.WriteStartObject();
                json.WriteString("title", "The request was refused.");
                json.WriteNumber("status", http.Response.StatusCode);
                json.WriteString("code", result.Error.Code);
                json.WriteEndObject();
            }
        }

        http.Response.ContentType = result.Succeeded ? "application/json" : "application/problem+json";
        http.Response.ContentLength = buffer.Length;
        await http.Response.Body.WriteAsync(buffer.GetBuffer().AsMemory(0, (int)buffer.Length), http.RequestAborted).ConfigureAwait(false);
    }
}
