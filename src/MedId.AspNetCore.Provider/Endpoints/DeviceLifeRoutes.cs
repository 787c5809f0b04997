using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;
using MedId.Provider;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.AspNetCore.Provider;

/// <summary>A person's own care for their devices (rows A9, C5, C7), with the token of a sign-in act.</summary>
internal static class DeviceLifeRoutes
{
    private const int MaxBytes = 4 * 1024;

    public static void Map(RouteGroupBuilder group)
    {
        group.MapGet("/device/devices", ListAsync);
        group.MapPost("/device/devices/{id}/name", static (HttpContext http) => RenameAsync(http));
        group.MapPost("/device/devices/{id}/suspension", static (HttpContext http) => ChangeAsync(http, DeviceEvent.Suspend));
        group.MapPost("/device/devices/{id}/resumption", static (HttpContext http) => ChangeAsync(http, DeviceEvent.Resume));
        group.MapPost("/device/devices/{id}/loss", static (HttpContext http) => ChangeAsync(http, DeviceEvent.ReportLost));
        group.MapPost("/device/devices/{id}/finding", static (HttpContext http) => ChangeAsync(http, DeviceEvent.Found));
        group.MapPost("/device/devices/{id}/revocation", static (HttpContext http) => RevokeAsync(http));
    }

    private static DeviceLifeCycle Devices(HttpContext http) => http.RequestServices.GetRequiredService<DeviceLifeCycle>();

    private static string Id(HttpContext http) => (string)http.Request.RouteValues["id"]!;

    private static async Task ListAsync(HttpContext http)
    {
        var token = DeviceAnswers.Bearer(http);
        var devices = await Devices(http).ListAsync(token, http.RequestAborted).ConfigureAwait(false);
        var history = devices.Succeeded ? await Devices(http).HistoryAsync(token, http.RequestAborted).ConfigureAwait(false) : devices.Error;
        var acting = devices.Succeeded ? await Devices(http).ActingDeviceAsync(token, http.RequestAborted).ConfigureAwait(false) : null;
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        await DeviceAnswers.WriteAsync(http, history, (json, lines) =>
        {
            json.WriteStartObject();
            json.WriteStartArray("devices");
            foreach (var device in devices.Value!)
            {
                Write(json, device, acting, now);
            }

            json.WriteEndArray();
            json.WriteStartArray("history");
            foreach (var line in lines)
            {
                Write(json, line);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }).ConfigureAwait(false);
    }

    private static async Task RenameAsync(HttpContext http)
    {
        var body = await ReadAsync(http).ConfigureAwait(false);
        var named = body.Succeeded && body.Value.TryGetProperty("name", out var name) && name.ValueKind == JsonValueKind.String
            ? await Devices(http).RenameAsync(DeviceAnswers.Bearer(http), Id(http), name.GetString()!, http.RequestAborted).ConfigureAwait(false)
            : DeviceRefusals.Malformed("name is a text");
        await DeviceAnswers.WriteAsync(http, named, write: null).ConfigureAwait(false);
    }

    private static async Task ChangeAsync(HttpContext http, DeviceEvent happened)
    {
        var body = await ReadAsync(http).ConfigureAwait(false);
        var changed = body.Succeeded ? await Devices(http).ChangeAsync(DeviceAnswers.Bearer(http), Id(http), happened, http.RequestAborted).ConfigureAwait(false) : body.Error;
        await DeviceAnswers.WriteAsync(http, changed, write: null).ConfigureAwait(false);
    }

    private static async Task RevokeAsync(HttpContext http)
    {
        var body = await ReadAsync(http).ConfigureAwait(false);
        var last = body.Succeeded ? ReadLast(body.Value) : body.Error;
        var revoked = last.Succeeded ? await Devices(http).RevokeAsync(DeviceAnswers.Bearer(http), Id(http), last.Value, http.RequestAborted).ConfigureAwait(false) : last.Error;
        await DeviceAnswers.WriteAsync(http, revoked, static (json, value) =>
        {
            json.WriteStartObject();
            if (value.Deregistration is { } request)
            {
                json.WriteString("uafRequest", request);
            }

            if (value.Ticket is { } ticket)
            {
                json.WriteString("ticket", ticket);
            }

            json.WriteEndObject();
        }).ConfigureAwait(false);
    }

    private static MedIdResult<LastDeviceChoice> ReadLast(JsonElement body)
    {
        if (!body.TryGetProperty("last", out var last))
        {
            return LastDeviceChoice.Keep;
        }

        return (last.ValueKind == JsonValueKind.String ? last.GetString() : null) switch
        {
            "leave-none" => LastDeviceChoice.LeaveNone,
            "issue-ticket" => LastDeviceChoice.IssueTicket,
            _ => DeviceRefusals.Malformed("last is leave-none or issue-ticket"),
        };
    }

    private static async ValueTask<MedIdResult<JsonElement>> ReadAsync(HttpContext http)
    {
        var body = await Body.ReadAsync(http, MaxBytes).ConfigureAwait(false);
        var parsed = body.IsRead ? StrictJson.ParseObject(body.Bytes, maxDepth: 2, maxBytes: MaxBytes) : body.Malformed;
        return parsed.Succeeded ? parsed : DeviceRefusals.Malformed("a JSON object");
    }

    private static void Write(Utf8JsonWriter json, Device device, string? acting, DateTimeOffset now)
    {
        json.WriteStartObject();
        json.WriteString("id", device.Id);
        json.WriteString("protocol", device.Protocol);
        json.WriteString("state", Word(device.StateAt(now).ToString()));
        if (device.Name is { } name)
        {
            json.WriteString("name", name);
        }

        json.WriteString("enrolled_at", ConsentNotice.FormatTime(device.EnrolledAt));
        if (device.ExpiresAt is { } end)
        {
            json.WriteString("expires_at", ConsentNotice.FormatTime(end));
        }

        json.WriteBoolean("this", device.Id == acting);
        json.WriteEndObject();
    }

    /// <summary>A line as its person reads it: who acted is said by role; a clerk's identifier stays with the OP.</summary>
    private static void Write(Utf8JsonWriter json, LifeCycleEntry line)
    {
        json.WriteStartObject();
        json.WriteString("at", ConsentNotice.FormatTime(line.At));
        json.WriteString("event", Word(line.Event));
        if (line.DeviceId is { } device)
        {
            json.WriteString("device", device);
        }

        if (line.From is { } from)
        {
            json.WriteString("from", Word(from));
        }

        json.WriteString("to", Word(line.To));
        json.WriteString("by", Word(line.Actor.Kind.ToString()));
        json.WriteEndObject();
    }

    private static string Word(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);
}
