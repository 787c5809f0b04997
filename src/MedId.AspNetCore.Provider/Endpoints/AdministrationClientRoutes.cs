using System.Text.Json;
using MedId.Core;
using MedId.Provider;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MedId.AspNetCore.Provider;

/// <summary>Clients and resource servers.</summary>
internal static class AdministrationClientRoutes
{
    public static void Map(RouteGroupBuilder group)
    {
        foreach (var (path, servers) in new[] { ("/clients", false), ("/resource-servers", true) })
        {
            AdministrationRoutes.Read(group, path, AdministrationVerbs.ReadClients, call => ListAsync(call, path, servers));
            AdministrationRoutes.Read(group, path + "/{id}", AdministrationVerbs.ReadClients, call => FindAsync(call, servers));
            AdministrationRoutes.Change(group, "PUT", path + "/{id}", AdministrationVerbs.ChangeClients, call => PutAsync(call, servers));
            AdministrationRoutes.Change(group, "DELETE", path + "/{id}", AdministrationVerbs.ChangeClients, call => RemoveAsync(call, servers));
            AdministrationRoutes.Change(group, "POST", path + "/{id}/suspension", AdministrationVerbs.ChangeClients, call => SuspendAsync(call, servers, suspended: true));
            AdministrationRoutes.Change(group, "POST", path + "/{id}/resumption", AdministrationVerbs.ChangeClients, call => SuspendAsync(call, servers, suspended: false));
            AdministrationRoutes.Change(group, "POST", path + "/{id}/secret", AdministrationVerbs.RotateSecrets, call => RotateAsync(call, servers));
        }
    }

    private static async ValueTask<AdministrationAnswer> ListAsync(AdministrationCall call, string path, bool servers)
    {
        var page = call.Page();
        if (!page.Succeeded)
        {
            return AdministrationAnswer.Refused(page.Error);
        }

        var now = call.Service<TimeProvider>().GetUtcNow();
        var clients = await call.Service<ClientDesk>().ListAsync(page.Value.After, page.Value.Limit, call.Aborted).ConfigureAwait(false);
        return AdministrationAnswer.Page(path[1..].Replace('-', '_'), clients, page.Value.Limit, static one => one.ClientId, (json, one) => Write(json, one, now, null), one => one.IsResourceServer == servers);
    }

    private static async ValueTask<AdministrationAnswer> FindAsync(AdministrationCall call, bool servers)
    {
        var (desk, now) = (call.Service<ClientDesk>(), call.Service<TimeProvider>().GetUtcNow());
        if (await desk.FindAsync(call.Path("id"), call.Aborted).ConfigureAwait(false) is not { } client || client.IsResourceServer != servers)
        {
            return AdministrationAnswer.Refused(AdministrationRefusals.Unknown());
        }

        var problems = await desk.ProblemsAsync(client, call.Aborted).ConfigureAwait(false);
        return AdministrationAnswer.Of(json => Write(json, client, now, null, problems), client.Version) with { ObjectId = client.ClientId };
    }

    private static async ValueTask<AdministrationAnswer> PutAsync(AdministrationCall call, bool servers)
    {
        var version = call.Version(needed: true);
        if (!version.Succeeded)
        {
            return AdministrationAnswer.Refused(version.Error);
        }

        // What serves resources is registered as what it is: nobody becomes the other by a change.
        var serves = call.Body.TryGetProperty("served_resources", out var served) && served.ValueKind == JsonValueKind.Array && served.GetArrayLength() > 0;
        return serves != servers ? AdministrationAnswer.Refused(AdministrationRefusals.Malformed("served_resources belong to resource servers"))
            : await IsOtherAsync(call, servers).ConfigureAwait(false) ? AdministrationAnswer.Refused(AdministrationRefusals.Unknown())
            : Answer(call, await call.Service<ClientDesk>().PutAsync(call.Path("id"), call.Body, version.Value, call.Actor, call.Aborted).ConfigureAwait(false), version.Value == 0);
    }

    private static async ValueTask<AdministrationAnswer> SuspendAsync(AdministrationCall call, bool servers, bool suspended)
    {
        var version = call.Version(needed: false);
        return !version.Succeeded ? AdministrationAnswer.Refused(version.Error)
            : await IsOtherAsync(call, servers).ConfigureAwait(false) ? AdministrationAnswer.Refused(AdministrationRefusals.Unknown())
            : Answer(call, await call.Service<ClientDesk>().SuspendAsync(call.Path("id"), suspended, call.Actor, version.Value < 0 ? null : version.Value, call.Aborted).ConfigureAwait(false));
    }

    private static async ValueTask<AdministrationAnswer> RemoveAsync(AdministrationCall call, bool servers)
    {
        var version = call.Version(needed: true);
        if (!version.Succeeded || await IsOtherAsync(call, servers).ConfigureAwait(false))
        {
            return AdministrationAnswer.Refused(version.Error ?? AdministrationRefusals.Unknown());
        }

        var removed = await call.Service<ClientDesk>().RemoveAsync(call.Path("id"), call.Actor, version.Value, call.Aborted).ConfigureAwait(false);
        return removed.Succeeded ? AdministrationAnswer.NoContent with { Version = removed.Value.Client.Version } : AdministrationAnswer.Refused(removed.Error);
    }

    private static async ValueTask<AdministrationAnswer> RotateAsync(AdministrationCall call, bool servers)
    {
        var version = call.Version(needed: true);
        var overlap = 0L;
        if (!version.Succeeded || (call.Body.TryGetProperty("overlap_seconds", out var seconds) && (seconds.ValueKind != JsonValueKind.Number || !seconds.TryGetInt64(out overlap) || overlap is < 0 or > 30 * 86400)))
        {
            return AdministrationAnswer.Refused(version.Error ?? AdministrationRefusals.Malformed("overlap_seconds"));
        }

        return await IsOtherAsync(call, servers).ConfigureAwait(false) ? AdministrationAnswer.Refused(AdministrationRefusals.Unknown())
            : Answer(call, await call.Service<ClientDesk>().RotateSecretAsync(call.Path("id"), TimeSpan.FromSeconds(overlap), call.Actor, version.Value, call.Aborted).ConfigureAwait(false));
    }

    private static async ValueTask<bool> IsOtherAsync(AdministrationCall call, bool servers) =>
        await call.Service<ClientDesk>().FindAsync(call.Path("id"), call.Aborted).ConfigureAwait(false) is { } client && client.IsResourceServer != servers;

    private static AdministrationAnswer Answer(AdministrationCall call, MedIdResult<ClientChange> done, bool created = false)
    {
        var now = call.Service<TimeProvider>().GetUtcNow();
        return done.Succeeded
            ? AdministrationAnswer.Of(json => Write(json, done.Value.Client, now, done.Value.Secret), done.Value.Client.Version, created ? StatusCodes.Status201Created : StatusCodes.Status200OK)
            : AdministrationAnswer.Refused(done.Error);
    }

    /// <summary>The registration by the standards' names, and how it stands. A secret is written this once, when it was just made.</summary>
    private static void Write(Utf8JsonWriter json, RegisteredClient client, DateTimeOffset now, string? secret, IReadOnlyList<MedIdError>? problems = null)
    {
        json.WriteStartObject();
        foreach (var member in client.Registration.EnumerateObject())
        {
            member.WriteTo(json);
        }

        if (secret is not null)
        {
            json.WriteString("client_secret", secret);
            json.WriteNumber("client_secret_expires_at", 0);
        }

        json.WriteString("status", client.IsRemoved ? "removed" : client.IsSuspended ? "suspended" : "active");
        json.WriteNumber("secrets", client.SecretsAt(now));
        json.WriteNumber("version", client.Version);
        json.WriteString("changed_at", client.ChangedAt.ToUniversalTime());
        if (problems is not null)
        {
            json.WriteStartArray("problems");
            foreach (var problem in problems)
            {
                json.WriteStartObject();
                json.WriteString("code", problem.Code);
                json.WriteString("detail", problem.Detail);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
