using System.Text.Json.Nodes;
using MedId.Fido2;
using MedId.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.AspNetCore.Provider.Tests;

/// <summary>A browser with a passkey as the wire sees it. It recomputes every challenge and the digest before it signs.</summary>
internal sealed class Passkey(OpWorld world, string account)
{
    public const string Origin = "https://op.example";

    public VirtualFido2Authenticator Authenticator { get; init; } = new(new() { Format = VirtualFido2Format.PackedSelf }, world.Time);

    public string ClientOrigin { get; init; } = Origin;

    public string? DeviceId { get; private set; }

    private VirtualFido2Client Client => new(ClientOrigin);

    /// <summary>An OP that knows passkeys beside UAF.</summary>
    public static OpSettings Settings(OpSettings? more = null, Action<MedId.Provider.PasskeyOptions>? configure = null) => (more ?? new()) with
    {
        More = builder => builder.AddFido2(passkeys =>
        {
            passkeys.RpId = "op.example";
            passkeys.RpName = "Synthetic OP";
            passkeys.Origins.Add(Origin);
            passkeys.Attestation = AttestationTrustPolicy.NotAsked;
            configure?.Invoke(passkeys);
        }),
    };

    public static async Task<(OpWorld World, Passkey Passkey)> StartAsync(OpSettings? settings = null)
    {
        var world = await OpWorld.StartAsync(settings ?? Settings());
        await world.PutAccountAsync("synthetic-account-a");
        var passkey = new Passkey(world, "synthetic-account-a");
        (await passkey.EnrolAsync()).Expect(200);
        return (world, passkey);
    }

    public Task<WireAnswer> OptionsAsync(JsonObject asked, string? token = null) => world.PostJsonAsync("/webauthn/authentication/options", asked.ToJsonString(), token);

    public async Task<WireAnswer> EnrolAsync(string? ticket = null, Fido2Fault fault = Fido2Fault.None)
    {
        ticket ??= await world.TicketAsync(account);
        var asked = await world.PostJsonAsync("/webauthn/registration/options", new JsonObject { ["ticket"] = ticket }.ToJsonString());
        if (asked.Status != 200)
        {
            return asked;
        }

        Recognise(asked, $"MedId enrol v1\n{asked["nonce"]}\n{Canonical.Sha256(ticket)}\n{Canonical.Sha256(string.Empty)}");
        var answer = await RegisterAsync(asked["ceremony"], ticket, Authenticator.Create(asked.Json["publicKey"]!.ToJsonString(), Client, fault));
        DeviceId = answer.Status == 200 ? answer["device"] : DeviceId;
        return answer;
    }

    public Task<WireAnswer> RegisterAsync(string ceremony, string ticket, string credential) =>
        world.PostJsonAsync("/webauthn/registration", $$"""{"ceremony":"{{ceremony}}","ticket":"{{ticket}}","credential":{{credential}}}""");

    public async Task<WireAnswer> SignInAsync(Fido2Fault fault = Fido2Fault.None)
    {
        var asked = (await OptionsAsync(new() { ["act"] = "sign-in" })).Expect(200);
        Recognise(asked, $"MedId sign-in v1\n{asked["nonce"]}\n{world.Issuer}");
        return await AnswerAsync(asked, fault);
    }

    public async Task<WireAnswer> OpenAsync(string requestId)
    {
        var asked = await OptionsAsync(new() { ["act"] = "open", ["request"] = requestId });
        if (asked.Status != 200)
        {
            return asked;
        }

        Recognise(asked, $"MedId open v1\n{asked["nonce"]}\n{requestId}");
        return await AnswerAsync(asked);
    }

    public Task<WireAnswer> ChooseAsync(string requestId, string token, params string[] granted) => OptionsAsync(
        new() { ["act"] = "consent", ["request"] = requestId, ["confirmed"] = true, ["granted"] = new JsonArray([.. granted.Select(scope => (JsonNode)scope)]) }, token);

    /// <summary>Reads, chooses, recomputes what is to be signed, signs.</summary>
    public async Task<WireAnswer> ConsentAsync(string requestId, string token, string[]? granted = null, Fido2Fault fault = Fido2Fault.None)
    {
        var notice = (await world.GetAsync("/device/requests/" + requestId, token)).Expect(200).Json["notice"]!;
        var chosen = (await ChooseAsync(requestId, token, granted ?? [OpWorld.Basic, OpWorld.Medication])).Expect(200);
        var digest = Canonical.Sha256(Canonical.Of(new JsonObject { ["choice"] = JsonNode.Parse(chosen["choice"]), ["notice"] = notice.DeepClone() }));
        Assert.Equal(digest, chosen["digest"]);
        Recognise(chosen, $"MedId consent v1\n{chosen["nonce"]}\n{digest}");
        return await AnswerAsync(chosen, fault);
    }

    public Task<WireAnswer> AnswerAsync(WireAnswer asked, Fido2Fault fault = Fido2Fault.None) =>
        SendAsync(asked["ceremony"], Authenticator.Get(asked.Json["publicKey"]!.ToJsonString(), Client, fault));

    public Task<WireAnswer> SendAsync(string ceremony, string credential) =>
        world.PostJsonAsync("/webauthn/authentication", $$"""{"ceremony":"{{ceremony}}","credential":{{credential}}}""");

    private static void Recognise(WireAnswer asked, string recomputed) => Assert.Equal(Canonical.Sha256(recomputed), (string?)asked.Json["publicKey"]!["challenge"]);
}
