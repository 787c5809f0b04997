using System.Text.Json;
using MedId.Ciba.Server;
using MedId.Core;
using MedId.Cryptography;
using MedId.Provider;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace MedId.AspNetCore.Provider;

/// <summary>People, their devices and consents, and the requests that wait: how they stand, never what was read or said.</summary>
internal static class AdministrationPeopleRoutes
{
    public static void Map(RouteGroupBuilder group)
    {
        AdministrationRoutes.Change(group, "POST", "/users/search", AdministrationVerbs.ReadUsers, SearchAsync, AuditEventKind.AdministrationRead);
        AdministrationRoutes.Read(group, "/users/{id}", AdministrationVerbs.ReadUsers, static async call => Answer(call, await Desk(call).FindAsync(call.Path("id"), call.Aborted).ConfigureAwait(false)));
        AdministrationRoutes.Change(group, "POST", "/users/{id}/suspension", AdministrationVerbs.ChangeUsers, static async call => Answer(call, await Desk(call).SuspendAsync(call.Path("id"), true, call.Actor, call.Aborted).ConfigureAwait(false)));
        AdministrationRoutes.Change(group, "POST", "/users/{id}/resumption", AdministrationVerbs.ChangeUsers, static async call => Answer(call, await Desk(call).SuspendAsync(call.Path("id"), false, call.Actor, call.Aborted).ConfigureAwait(false)));
        AdministrationRoutes.Read(group, "/users/{id}/devices", AdministrationVerbs.ReadUsers, DevicesAsync);
        foreach (var (name, happened) in new[]
        {
            ("suspension", DeviceEvent.Suspend), ("resumption", DeviceEvent.Resume), ("loss", DeviceEvent.ReportLost), ("finding", DeviceEvent.Found), ("revocation", DeviceEvent.Revoke),
        })
        {
            AdministrationRoutes.Change(group, "POST", "/users/{id}/devices/{device}/" + name, AdministrationVerbs.ChangeUsers, call => DeviceAsync(call, happened));
        }

        AdministrationRoutes.Read(group, "/users/{id}/consents", AdministrationVerbs.ReadUsers, ConsentsAsync);
        AdministrationRoutes.Change(group, "POST", "/users/{id}/consents/{consent}/withdrawal", AdministrationVerbs.WithdrawConsents, WithdrawAsync);
        AdministrationRoutes.Read(group, "/requests", AdministrationVerbs.ReadRequests, RequestsAsync);
        AdministrationRoutes.Change(group, "POST", "/requests/{id}/cancellation", AdministrationVerbs.CancelRequests, CancelAsync);
    }

    private static PeopleDesk Desk(AdministrationCall call) => call.Service<PeopleDesk>();

    private static async ValueTask<AdministrationAnswer> SearchAsync(AdministrationCall call)
    {
        var (hint, digest) = (call.Text("hint"), call.Text("hint_digest", 64));
        return (hint is null) == (digest is null)
            ? AdministrationAnswer.Refused(AdministrationRefusals.Malformed("one of hint and hint_digest"))
            : Answer(call, await Desk(call).FindByHintAsync(hint, digest, call.Aborted).ConfigureAwait(false));
    }

    private static AdministrationAnswer Answer(AdministrationCall call, MedIdResult<Account> account) => account.Succeeded
        ? AdministrationAnswer.Object(json =>
        {
            json.WriteString("id", account.Value.Id);
            json.WriteString("status", JsonNamingPolicy.KebabCaseLower.ConvertName(account.Value.Status.ToString()));
            json.WriteString("language", account.Value.Language);
            json.WriteString("proofed_at", account.Value.ProofedAt.ToUniversalTime());
        }) with
        { Subject = account.Value.Id }
        : AdministrationAnswer.Refused(account.Error);

    private static async ValueTask<AdministrationAnswer> DevicesAsync(AdministrationCall call)
    {
        var devices = await Desk(call).ListDevicesAsync(call.Path("id"), call.Aborted).ConfigureAwait(false);
        var now = call.Service<TimeProvider>().GetUtcNow();
        return devices.Succeeded
            ? AdministrationAnswer.Object(json =>
            {
                json.WriteStartArray("devices");
                foreach (var device in devices.Value)
                {
                    Write(json, device, now);
                }

                json.WriteEndArray();
            }) with
            { Subject = call.Path("id") }
            : AdministrationAnswer.Refused(devices.Error);
    }

    private static async ValueTask<AdministrationAnswer> DeviceAsync(AdministrationCall call, DeviceEvent happened)
    {
        var leavesNone = call.Text("last") == "leave-none";
        var device = await Desk(call).ChangeDeviceAsync(call.Path("id"), call.Path("device"), happened, leavesNone, call.Actor, call.Aborted).ConfigureAwait(false);
        var now = call.Service<TimeProvider>().GetUtcNow();
        return device.Succeeded ? AdministrationAnswer.Of(json => Write(json, device.Value, now)) : AdministrationAnswer.Refused(device.Error);
    }

    private static async ValueTask<AdministrationAnswer> ConsentsAsync(AdministrationCall call)
    {
        var consents = await Desk(call).ListConsentsAsync(call.Path("id"), call.Aborted).ConfigureAwait(false);
        return consents.Succeeded
            ? AdministrationAnswer.Object(json =>
            {
                json.WriteStartArray("consents");
                foreach (var consent in consents.Value)
                {
                    // Metadata alone: which categories were opened says something about the person's health.
                    json.WriteStartObject();
                    json.WriteString("id", consent.Id);
                    json.WriteString("status", JsonNamingPolicy.KebabCaseLower.ConvertName(consent.Status.ToString()));
                    json.WriteString("client_id", consent.Recipient.ClientId);
                    json.WriteString("resource", consent.Resource);
                    json.WriteString("protocol", consent.Act.Protocol);
                    json.WriteString("given_at", consent.GivenAt.ToUniversalTime());
                    json.WriteString("access_until", consent.AccessUntil.ToUniversalTime());
                    if (consent.WithdrawnAt is { } withdrawn)
                    {
                        json.WriteString("withdrawn_at", withdrawn.ToUniversalTime());
                    }

                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }) with
            { Subject = call.Path("id") }
            : AdministrationAnswer.Refused(consents.Error);
    }

    private static async ValueTask<AdministrationAnswer> WithdrawAsync(AdministrationCall call)
    {
        // The order itself stays in the files: the trail holds what proves which one it was.
        if (call.Text("reason") is not { } reason || call.Text("order_digest", 43) is not { } digest || StrictBase64Url.Decode(digest, 32) is not { Succeeded: true, Value.Length: 32 })
        {
            return AdministrationAnswer.Refused(AdministrationRefusals.Malformed("reason, order_digest: base64url SHA-256 of the written order"));
        }

        var done = await Desk(call).WithdrawAsync(call.Path("id"), call.Path("consent"), reason, digest, call.Actor, call.Aborted).ConfigureAwait(false);
        return done.Succeeded ? AdministrationAnswer.NoContent : AdministrationAnswer.Refused(done.Error);
    }

    private static async ValueTask<AdministrationAnswer> RequestsAsync(AdministrationCall call)
    {
        var page = call.Page();
        return page.Succeeded
            ? AdministrationAnswer.Page("requests", await Desk(call).ListRequestsAsync(page.Value.After, page.Value.Limit, call.Aborted).ConfigureAwait(false), page.Value.Limit, static one => one.Id, Write)
            : AdministrationAnswer.Refused(page.Error);
    }

    private static async ValueTask<AdministrationAnswer> CancelAsync(AdministrationCall call)
    {
        var done = await Desk(call).CancelAsync(call.Path("id"), call.Actor, call.Aborted).ConfigureAwait(false);
        return done.Succeeded ? AdministrationAnswer.NoContent : AdministrationAnswer.Refused(done.Error);
    }

    private static void Write(Utf8JsonWriter json, Device device, DateTimeOffset now)
    {
        json.WriteStartObject();
        json.WriteString("id", device.Id);
        json.WriteString("protocol", device.Protocol);
        json.WriteString("model", device.Model);
        json.WriteString("state", JsonNamingPolicy.KebabCaseLower.ConvertName(device.StateAt(now).ToString()));
        json.WriteBoolean("hardware_bound", device.HardwareBound);
        json.WriteString("enrolled_at", device.EnrolledAt.ToUniversalTime());
        if (device.ExpiresAt is { } end)
        {
            json.WriteString("expires_at", end.ToUniversalTime());
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, CibaRequest request)
    {
        json.WriteStartObject();
        json.WriteString("id", request.Id);
        json.WriteString("client_id", request.ClientId);
        json.WriteString("user", request.Subject);
        if (request.Resource is { } resource)
        {
            json.WriteString("resource", resource);
        }

        json.WriteString("created_at", request.CreatedAt.ToUniversalTime());
        json.WriteString("expires_at", request.ExpiresAt.ToUniversalTime());
        json.WriteEndObject();
    }
}
