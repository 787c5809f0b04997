using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;
using MedId.Provider;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.AspNetCore.Provider;

/// <summary>Signing keys that stand in the settings.</summary>
internal static class AdministrationKeyRoutes
{
    public static void Map(RouteGroupBuilder group)
    {
        AdministrationRoutes.Read(group, "/keys", AdministrationVerbs.ReadKeys, ListAsync);
        AdministrationRoutes.Change(group, "POST", "/keys", AdministrationVerbs.ChangeKeys, PublishAsync);
        AdministrationRoutes.Change(group, "POST", "/keys/{kid}/promotion", AdministrationVerbs.ChangeKeys, static call => StepAsync(call, static (desk, kid, c, v) => desk.PromoteAsync(kid, c.Actor, v, c.Aborted)));
        AdministrationRoutes.Change(group, "POST", "/keys/{kid}/retirement", AdministrationVerbs.ChangeKeys, static call => StepAsync(call, static (desk, kid, c, v) => desk.RetireAsync(kid, c.Actor, v, c.Aborted)));
        AdministrationRoutes.Change(group, "POST", "/keys/{kid}/revocation", AdministrationVerbs.ChangeKeys, RevokeAsync);
    }

    private static SigningKeyDesk? Desk(AdministrationCall call) => call.Http.RequestServices.GetService<SigningKeyDesk>();

    private static async ValueTask<AdministrationAnswer> ListAsync(AdministrationCall call)
    {
        if (Desk(call) is not { } desk)
        {
            return Configured();
        }

        var (keys, version) = await desk.ListAsync(call.Aborted).ConfigureAwait(false);
        return AdministrationAnswer.Object(
            json =>
            {
                json.WriteStartArray("keys");
                foreach (var key in keys)
                {
                    StoredKeyRingJson.WriteKey(json, key, secret: false);
                }

                json.WriteEndArray();
            },
            version);
    }

    private static async ValueTask<AdministrationAnswer> PublishAsync(AdministrationCall call)
    {
        if (Desk(call) is not { } desk)
        {
            return Configured();
        }

        var version = call.Version(needed: false);
        if (!version.Succeeded || !SignatureAlgorithm.TryFromJose(call.Text("alg"), out var algorithm))
        {
            return AdministrationAnswer.Refused(version.Error ?? AdministrationRefusals.Malformed("alg"));
        }

        long? seen = version.Value < 0 ? null : version.Value;
        if (!call.Body.TryGetProperty("pkcs8", out _))
        {
            return Answer(await desk.GenerateAsync(algorithm, call.Actor, seen, call.Aborted).ConfigureAwait(false), StatusCodes.Status201Created);
        }

        var pkcs8 = StrictBase64Url.Decode(call.Text("pkcs8", 16384) ?? string.Empty, 8192);
        return pkcs8.Succeeded
            ? Answer(await desk.ImportAsync(pkcs8.Value, algorithm, call.Actor, seen, call.Aborted).ConfigureAwait(false), StatusCodes.Status201Created)
            : AdministrationAnswer.Refused(AdministrationRefusals.Malformed("pkcs8: base64url"));
    }

    private static async ValueTask<AdministrationAnswer> StepAsync(AdministrationCall call, Func<SigningKeyDesk, string, AdministrationCall, long?, ValueTask<MedIdResult<StoredKey>>> step)
    {
        var version = call.Version(needed: false);
        return Desk(call) is not { } desk ? Configured()
            : !version.Succeeded ? AdministrationAnswer.Refused(version.Error)
            : Answer(await step(desk, call.Path("kid"), call, version.Value < 0 ? null : version.Value).ConfigureAwait(false));
    }

    private static async ValueTask<AdministrationAnswer> RevokeAsync(AdministrationCall call)
    {
        if (Desk(call) is not { } desk)
        {
            return Configured();
        }

        var kid = call.Path("kid");
        var known = (await desk.ListAsync(call.Aborted).ConfigureAwait(false)).Keys.FirstOrDefault(key => key.KeyId == kid);
        if (known is { State: not StoredKeyState.Revoked })
        {
            var line = new AuditLine { Event = AuditEventKind.KeyChanged, At = default, Agents = call.Actor.Agents, ObjectId = kid, Reason = "key-revoked" };
            var judged = await call.Service<FourEyes>().JudgeAsync("key-revoked:" + kid, call.Actor, line, call.Aborted).ConfigureAwait(false);
            if (!judged.IsGranted)
            {
                return AdministrationAnswer.Object(json => json.WriteString("waits_until", judged.Until!.Value.ToUniversalTime()), status: StatusCodes.Status202Accepted);
            }
        }

        return await StepAsync(call, static (desk, kid, c, v) => desk.RevokeAsync(kid, c.Actor, v, c.Aborted)).ConfigureAwait(false);
    }

    private static AdministrationAnswer Configured() =>
        AdministrationAnswer.Refused(new(ProviderErrorCodes.AdministrationConfigured, ErrorCategory.Unsupported, "MedId walk, administration: signing keys", "the keys stand in the configuration"));

    private static AdministrationAnswer Answer(MedIdResult<StoredKey> done, int status = StatusCodes.Status200OK) =>
        done.Succeeded ? AdministrationAnswer.Of(json => StoredKeyRingJson.WriteKey(json, done.Value, secret: false), status: status) : AdministrationAnswer.Refused(done.Error);
}
