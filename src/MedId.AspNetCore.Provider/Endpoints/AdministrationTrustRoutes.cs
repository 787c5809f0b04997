using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;
using MedId.Provider;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace MedId.AspNetCore.Provider;

/// <summary>Whom this OP believes.</summary>
internal static class AdministrationTrustRoutes
{
    public static void Map(RouteGroupBuilder group)
    {
        foreach (var (path, kind) in new[] { ("/practitioner-issuers", SettingKinds.PractitionerIssuer), ("/trust-frameworks", SettingKinds.TrustFramework) })
        {
            AdministrationRoutes.Read(group, path, AdministrationVerbs.ReadTrust, call => ListAsync(call, path, kind));
            AdministrationRoutes.Read(group, path + "/{id}", AdministrationVerbs.ReadTrust, call => FindAsync(call, kind));
            AdministrationRoutes.Change(group, "PUT", path + "/{id}", AdministrationVerbs.ChangeTrust, call => PutAsync(call, kind));
            AdministrationRoutes.Change(group, "DELETE", path + "/{id}", AdministrationVerbs.ChangeTrust, call => RemoveAsync(call, kind));
        }
    }

    private static async ValueTask<AdministrationAnswer> ListAsync(AdministrationCall call, string path, string kind)
    {
        var page = call.Page();
        if (!page.Succeeded)
        {
            return AdministrationAnswer.Refused(page.Error);
        }

        var entries = await call.Service<TrustDesk>().ListAsync(kind, page.Value.After, page.Value.Limit, call.Aborted).ConfigureAwait(false);
        return AdministrationAnswer.Page(path[1..].Replace('-', '_'), entries, page.Value.Limit, static one => one.Id, Write);
    }

    private static async ValueTask<AdministrationAnswer> FindAsync(AdministrationCall call, string kind) =>
        call.EncodedPath("id") is { } id && await call.Service<TrustDesk>().FindAsync(kind, id, call.Aborted).ConfigureAwait(false) is { } entry
            ? AdministrationAnswer.Of(json => Write(json, entry), entry.Version) with { ObjectId = entry.Id }
            : AdministrationAnswer.Refused(AdministrationRefusals.Unknown());

    private static async ValueTask<AdministrationAnswer> PutAsync(AdministrationCall call, string kind)
    {
        var version = call.Version(needed: true);
        if (!version.Succeeded || call.EncodedPath("id") is not { } id)
        {
            return AdministrationAnswer.Refused(version.Error ?? AdministrationRefusals.Malformed("the path names the identifier in base64url"));
        }

        var put = await call.Service<TrustDesk>().PutAsync(kind, id, call.Body, version.Value, call.Actor, call.Aborted).ConfigureAwait(false);
        return put.Succeeded
            ? AdministrationAnswer.Of(json => Write(json, put.Value), put.Value.Version, version.Value == 0 ? StatusCodes.Status201Created : StatusCodes.Status200OK)
            : AdministrationAnswer.Refused(put.Error);
    }

    private static async ValueTask<AdministrationAnswer> RemoveAsync(AdministrationCall call, string kind)
    {
        var version = call.Version(needed: true);
        if (!version.Succeeded || call.EncodedPath("id") is not { } id)
        {
            return AdministrationAnswer.Refused(version.Error ?? AdministrationRefusals.Unknown());
        }

        var removed = await call.Service<TrustDesk>().RemoveAsync(kind, id, version.Value, call.Actor, call.Aborted).ConfigureAwait(false);
        return removed.Succeeded ? AdministrationAnswer.NoContent with { Version = removed.Value.Version } : AdministrationAnswer.Refused(removed.Error);
    }

    private static void Write(Utf8JsonWriter json, TrustEntry entry)
    {
        json.WriteStartObject();
        json.WriteString("key", StrictBase64Url.Encode(System.Text.Encoding.ASCII.GetBytes(entry.Id)));
        json.WritePropertyName("content");
        entry.Content.WriteTo(json);
        json.WriteString("status", entry.IsRemoved ? "removed" : TrustDataJson.IsSuspended(entry.Content) ? "suspended" : "active");
        json.WriteNumber("version", entry.Version);
        json.WriteString("changed_at", entry.ChangedAt.ToUniversalTime());
        json.WriteEndObject();
    }
}
