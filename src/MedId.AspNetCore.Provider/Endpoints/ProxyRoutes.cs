using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;
using MedId.Provider;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.AspNetCore.Provider;

/// <summary>A person's own view of who may consent for them and for whom they may, with the token of a sign-in act (row A14).</summary>
internal static class ProxyRoutes
{
    private const int MaxBytes = 4 * 1024;

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/device/proxies", ListAsync);
        group.MapPost("/device/proxies/{id}/end", EndAsync);
        group.MapGet("/device/proxies/{id}/appointment", ReadAppointmentAsync);
        group.MapPost("/device/proxies/{id}/appointment", AppointAsync);
    }

    private static ProxyRelations Proxies(HttpContext http) => http.RequestServices.GetRequiredService<ProxyRelations>();

    private static string Id(HttpContext http) => (string)http.Request.RouteValues["id"]!;

    private static async Task ListAsync(HttpContext http)
    {
        var token = DeviceAnswers.Bearer(http);
        var relations = await Proxies(http).ListAsync(token, http.RequestAborted).ConfigureAwait(false);
        var history = relations.Succeeded ? await Proxies(http).HistoryAsync(token, http.RequestAborted).ConfigureAwait(false) : relations.Error;
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        await DeviceAnswers.WriteAsync(http, history, (json, lines) =>
        {
            json.WriteStartObject();
            json.WriteStartArray("proxies");
            foreach (var own in relations.Value!)
            {
                json.WriteStartObject();
                json.WriteString("role", own.AsProxy ? "proxy" : "person");
                ProxyJson.WriteMembers(json, own.Relation, now);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("history");
            foreach (var line in lines)
            {
                json.WriteStartObject();
                json.WriteString("at", ConsentNotice.FormatTime(line.At));
                json.WriteString("relation", line.RelationId);
                json.WriteString("event", ProxyJson.Word(line.Event));
                json.WriteString("to", ProxyJson.Word(line.To));
                json.WriteString("by", ProxyJson.Word(line.Actor.Kind.ToString()));
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }).ConfigureAwait(false);
    }

    private static async Task EndAsync(HttpContext http)
    {
        var body = await ReadAsync(http).ConfigureAwait(false);
        var ended = body.Succeeded ? await Proxies(http).EndAsync(DeviceAnswers.Bearer(http), Id(http), http.RequestAborted).ConfigureAwait(false) : body.Error;
        await DeviceAnswers.WriteAsync(http, ended, write: null).ConfigureAwait(false);
    }

    private static async Task ReadAppointmentAsync(HttpContext http)
    {
        var opened = await Proxies(http).ReadAppointmentAsync(DeviceAnswers.Bearer(http), Id(http), http.RequestAborted).ConfigureAwait(false);
        await DeviceAnswers.WriteAsync(http, opened, static (json, value) =>
        {
            json.WriteStartObject();
            json.WritePropertyName("notice");
            json.WriteRawValue(value.Notice);
            json.WriteString("notice_digest", value.NoticeDigest);
            json.WriteEndObject();
        }).ConfigureAwait(false);
    }

    private static async Task AppointAsync(HttpContext http)
    {
        var body = await ReadAsync(http).ConfigureAwait(false);
        var act = body.Succeeded && body.Value.TryGetProperty("confirmed", out var confirmed) && confirmed.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? await Proxies(http).AppointAsync(DeviceAnswers.Bearer(http), Id(http), body.Value.GetProperty("confirmed").GetBoolean(), http.RequestAborted).ConfigureAwait(false)
            : DeviceRefusals.Malformed("confirmed is a boolean");
        await DeviceAnswers.WriteAsync(http, act, static (json, value) => json.WriteRawValue(value.ToJson())).ConfigureAwait(false);
    }

    private static async ValueTask<MedIdResult<JsonElement>> ReadAsync(HttpContext http)
    {
        var body = await Body.ReadAsync(http, MaxBytes).ConfigureAwait(false);
        var parsed = body.IsRead ? StrictJson.ParseObject(body.Bytes, maxDepth: 2, maxBytes: MaxBytes) : body.Malformed;
        return parsed.Succeeded ? parsed : DeviceRefusals.Malformed("a JSON object");
    }
}
