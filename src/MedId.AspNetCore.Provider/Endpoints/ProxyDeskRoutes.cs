using System.Globalization;
using System.Text;
using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth.Server;
using MedId.Provider;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.AspNetCore.Provider;

/// <summary>What a desk calls that registers relations (row A14). The desk authenticates like any client, and names its clerk.</summary>
internal static class ProxyDeskRoutes
{
    private const int MaxOrderBytes = 32 * 1024;
    private const int MaxClerk = 128;

    public static void Map(RouteGroupBuilder group)
    {
        group.MapPost("/desk/proxies", static (HttpContext http) => AnswerAsync(http, "/desk/proxies", RegisterAsync));
        foreach (var (name, happened) in new[] { ("suspension", ProxyEvent.Suspend), ("resumption", ProxyEvent.Resume), ("end", ProxyEvent.End) })
        {
            group.MapPost("/desk/proxies/{id}/" + name, (HttpContext http) =>
            {
                var id = (string)http.Request.RouteValues["id"]!;
                return AnswerAsync(http, $"/desk/proxies/{id}/{name}", (h, clerk, _) => h.RequestServices.GetRequiredService<ProxyDesk>().ChangeAsync(id, happened, clerk, h.RequestAborted));
            });
        }
    }

    private static async ValueTask<MedIdResult<ProxyRelation>> RegisterAsync(HttpContext http, LifeCycleActor clerk, OAuthForm form)
    {
        var parsed = form["order"] is { } text && Encoding.UTF8.GetBytes(text) is { Length: <= MaxOrderBytes } bytes ? StrictJson.ParseObject(bytes, maxDepth: 4, maxBytes: MaxOrderBytes) : DeviceRefusals.Malformed("order");
        if (!parsed.Succeeded)
        {
            return DeviceRefusals.Malformed("order is a JSON object");
        }

        if (ReadOrder(parsed.Value) is not { } order)
        {
            return DeviceRefusals.Malformed("order: patient, proxy, relationship, patient_name, proxy_name, evidence, legal_basis, scopes, purposes, valid_until");
        }

        var patient = await FindAsync(http, order.Patient).ConfigureAwait(false);
        var proxy = await FindAsync(http, order.Proxy).ConfigureAwait(false);
        return patient is null || proxy is null
            ? new MedIdError(ProviderErrorCodes.AccountUnknown, ErrorCategory.State, "MedId walk, proxies")
            : await http.RequestServices.GetRequiredService<ProxyDesk>().RegisterAsync(order with { Patient = patient, Proxy = proxy }, clerk, http.RequestAborted).ConfigureAwait(false);
    }

    /// <summary>People are named at a desk as in a <c>login_hint</c>.</summary>
    private static async ValueTask<string?> FindAsync(HttpContext http, string hint)
    {
        var tenant = http.RequestServices.GetRequiredService<ProviderOptions>().Tenant;
        var digest = http.RequestServices.GetRequiredService<AccountDigests>().OfHint(tenant, hint);
        return (await http.RequestServices.GetRequiredService<IProviderStore>().FindAccountByHintAsync(tenant, digest, http.RequestAborted).ConfigureAwait(false))?.Id;
    }

    private static ProxyOrder? ReadOrder(JsonElement json)
    {
        if (Text("patient") is not { } patient || Text("proxy") is not { } proxy || Relationship(Text("relationship")) is not { } relationship || Text("patient_name") is not { } patientName
            || Text("proxy_name") is not { } proxyName || Text("legal_basis") is not { } basis || List("scopes") is not { } scopes || List("purposes") is not { } purposes
            || Time("valid_until") is not { } until || Evidence() is not { } evidence
            || (json.TryGetProperty("valid_from", out _) && Time("valid_from") is null)
            || (json.TryGetProperty("born_on", out _) && Date("born_on") is null)
            || (json.TryGetProperty("comes_of_age_on", out _) && Date("comes_of_age_on") is null))
        {
            return null;
        }

        return new()
        {
            Patient = patient,
            Proxy = proxy,
            Relationship = relationship,
            PatientName = patientName,
            ProxyName = proxyName,
            Evidence = evidence,
            LegalBasis = basis,
            Scopes = scopes,
            Purposes = purposes,
            ValidFrom = Time("valid_from"),
            ValidUntil = until,
            BornOn = Date("born_on"),
            ComesOfAgeOn = Date("comes_of_age_on"),
        };

        string? Text(string name) => TextOf(json, name);

        IReadOnlyList<string>? List(string name) =>
            json.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array && list.EnumerateArray().All(static one => one.ValueKind == JsonValueKind.String)
                ? [.. list.EnumerateArray().Select(static one => one.GetString()!)]
                : null;

        DateTimeOffset? Time(string name) =>
            Text(name) is { } text && DateTimeOffset.TryParseExact(text, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;

        DateOnly? Date(string name) => Text(name) is { } text && DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) ? date : null;

        IReadOnlyList<ConsentEvidence>? Evidence()
        {
            if (!json.TryGetProperty("evidence", out var list) || list.ValueKind != JsonValueKind.Array)
            {
                return null;
            }

            List<ConsentEvidence> read = [];
            foreach (var one in list.EnumerateArray())
            {
                if (one.ValueKind != JsonValueKind.Object || TextOf(one, "kind") is not { } kind || TextOf(one, "issuer") is not { } issuer || TextOf(one, "digest") is not { } digest)
                {
                    return null;
                }

                read.Add(new(kind, issuer, digest));
            }

            return read;
        }
    }

    private static string? TextOf(JsonElement json, string name) => json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static ProxyRelationship? Relationship(string? word) => word switch
    {
        "parent" => ProxyRelationship.Parent,
        "guardian" => ProxyRelationship.Guardian,
        "agent" => ProxyRelationship.Agent,
        _ => null,
    };

    private static Task AnswerAsync(HttpContext http, string path, Func<HttpContext, LifeCycleActor, OAuthForm, ValueTask<MedIdResult<ProxyRelation>>> act) =>
        OAuthRoutes.FormAsync(http, (h, request) => JudgeAsync(h, request, path, act));

    private static async ValueTask<OAuthAnswer> JudgeAsync(
        HttpContext http, OAuthRequest request, string path, Func<HttpContext, LifeCycleActor, OAuthForm, ValueTask<MedIdResult<ProxyRelation>>> act)
    {
        var options = http.RequestServices.GetRequiredService<ProviderOptions>();
        var client = await http.RequestServices.GetRequiredService<ClientAuthenticator>().AuthenticateAsync(request, options.Issuer + path, http.RequestAborted).ConfigureAwait(false);
        if (!client.Succeeded)
        {
            return OAuthAnswer.Refused(client.Error);
        }

        var desk = options.Proxies?.Desks.FirstOrDefault(one => string.Equals(one.ClientId, client.Value.ClientId, StringComparison.Ordinal));
        var done = desk is null ? new MedIdError(ProviderErrorCodes.ProxyDeskUnknown, ErrorCategory.Untrusted, "MedId walk, proxies", "the client is not a desk of this OP")
            : request.Form["clerk"] is { Length: <= MaxClerk } clerk && !string.IsNullOrWhiteSpace(clerk) ? await act(http, LifeCycleActor.Clerk(clerk, desk.InstitutionId), request.Form).ConfigureAwait(false)
            : DeviceRefusals.Malformed("clerk");
        return done.Succeeded
            ? OAuthAnswer.Json(Write(done.Value, http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow()), client.Value.ClientId)
            : OAuthAnswer.Refused(new OAuthRefusal(done.Error, "invalid_request", DeviceRefusals.HttpStatus(done.Error)), client.Value.ClientId);
    }

    private static byte[] Write(ProxyRelation relation, DateTimeOffset now)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            ProxyJson.WriteMembers(json, relation, now);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
