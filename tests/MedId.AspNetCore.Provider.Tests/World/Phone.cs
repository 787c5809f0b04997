using System.Text.Json.Nodes;
using MedId.Testing;

namespace MedId.AspNetCore.Provider.Tests;

/// <summary>The patient's phone as the wire sees it. It recomputes every challenge and the digest before it signs.</summary>
internal sealed class Phone(OpWorld world, string account)
{
    public const string UafMediaType = "application/fido+uaf; charset=utf-8";

    public SoftwareUafAuthenticator Authenticator { get; set; } = new(world.Model);

    public string PushAddress { get; set; } = "http://127.0.0.1:5999/push";

    public string? Handle { get; private set; }

    public Task<WireAnswer> UafRequestAsync(string op, JsonObject context) =>
        world.PostJsonAsync("/uaf/request", new JsonObject { ["op"] = op, ["context"] = context.ToJsonString() }.ToJsonString(), mediaType: UafMediaType);

    public Task<WireAnswer> UafResponseAsync(string uafResponse, JsonObject? context = null) =>
        world.PostJsonAsync("/uaf/response", new JsonObject { ["uafResponse"] = uafResponse, ["context"] = (context ?? []).ToJsonString() }.ToJsonString(), mediaType: UafMediaType);

    public async Task<WireAnswer> EnrolAsync(string? ticket = null, UafFault fault = UafFault.None, string facet = OpWorld.Facet)
    {
        ticket ??= await world.TicketAsync(account);
        var asked = await UafRequestAsync("Reg", new() { ["ticket"] = ticket, ["push_address"] = PushAddress });
        if (asked.UafStatus != 1200)
        {
            return asked;
        }

        Recognise(asked, $"MedId enrol v1\n{asked["nonce"]}\n{Canonical.Sha256(ticket)}\n{Canonical.Sha256(PushAddress)}");
        var answer = await UafResponseAsync(Authenticator.Register(asked["uafRequest"], facet, fault), new() { ["ticket"] = ticket });
        Handle = answer.UafStatus == 1200 ? Token(answer) : Handle;
        return answer;
    }

    public async Task<WireAnswer> OpenAsync(string requestId, UafFault fault = UafFault.None)
    {
        var asked = await UafRequestAsync("Auth", new() { ["act"] = "open", ["request"] = requestId });
        if (asked.UafStatus != 1200)
        {
            return asked;
        }

        Recognise(asked, $"MedId open v1\n{asked["nonce"]}\n{requestId}");
        return await UafResponseAsync(Authenticator.Authenticate(asked["uafRequest"], OpWorld.Facet, fault));
    }

    public async Task<WireAnswer> SignInAsync()
    {
        var asked = await UafRequestAsync("Auth", new() { ["act"] = "sign-in", ["account"] = Handle });
        if (asked.UafStatus != 1200)
        {
            return asked;
        }

        Recognise(asked, $"MedId sign-in v1\n{asked["nonce"]}\n{Handle}");
        return await UafResponseAsync(Authenticator.Authenticate(asked["uafRequest"], OpWorld.Facet));
    }

    public Task<WireAnswer> NoticeAsync(string requestId, string token) => world.GetAsync("/device/requests/" + requestId, token);

    public Task<WireAnswer> ChooseAsync(string requestId, string token, params string[] granted) => world.PostJsonAsync(
        $"/device/requests/{requestId}/choice",
        new JsonObject { ["confirmed"] = true, ["granted"] = new JsonArray([.. granted.Select(scope => (JsonNode)scope)]) }.ToJsonString(),
        token);

    public Task<WireAnswer> DenyAsync(string requestId, string token) => world.PostJsonAsync($"/device/requests/{requestId}/denial", "{}", token);

    public Task<WireAnswer> ConsentsAsync(string token) => world.GetAsync("/device/consents", token);

    public Task<WireAnswer> WithdrawAsync(string consentId, string token) => world.PostJsonAsync($"/device/consents/{consentId}/withdrawal", "{}", token);

    /// <summary>Opens, reads, chooses, recomputes what is to be signed, signs.</summary>
    public async Task<WireAnswer> ConsentAsync(string requestId, string[]? granted = null, UafFault fault = UafFault.None)
    {
        var token = Token(await OpenAsync(requestId));
        var notice = (await NoticeAsync(requestId, token)).Expect(200).Json["notice"]!;
        var chosen = (await ChooseAsync(requestId, token, granted ?? [OpWorld.Basic, OpWorld.Medication])).Expect(200);
        return await SignAsync(chosen, notice, fault);
    }

    /// <summary>Asks, consents and polls: the tokens of one access.</summary>
    public async Task<WireAnswer> GrantAsync(Ehr? ehr = null, Action<JsonObject>? change = null, string[]? granted = null)
    {
        var asked = (await (ehr ?? world.Ehr).AuthorizeAsync(change, account)).Expect(200);
        Assert.Equal(1200, (await ConsentAsync(world.Announced.Last().Id, granted)).UafStatus);
        return (await (ehr ?? world.Ehr).PollAsync(asked["auth_req_id"])).Expect(200);
    }

    public async Task<WireAnswer> SignAsync(WireAnswer chosen, JsonNode notice, UafFault fault = UafFault.None)
    {
        var digest = Canonical.Sha256(Canonical.Of(new JsonObject { ["choice"] = JsonNode.Parse(chosen["choice"]), ["notice"] = notice.DeepClone() }));
        Assert.Equal(digest, chosen["digest"]);
        Recognise(chosen, $"MedId consent v1\n{chosen["nonce"]}\n{digest}");
        var message = (string?)notice["binding_message"];
        var line = $"MedId consent v1; to={(string?)notice["recipient"]!["client_id"]}; msg={(message is not null && message.All(c => c is >= ' ' and <= '~' and not ';') ? message : "-")}; sha-256={digest}";
        Assert.Equal(line, Transaction(chosen));
        return await UafResponseAsync(Authenticator.Authenticate(chosen["uafRequest"], OpWorld.Facet, fault));
    }

    public static string Token(WireAnswer answer) =>
        answer.UafStatus == 1200 ? (string)answer.Json["additionalTokens"]![0]!["value"]! : throw new InvalidOperationException($"refused: {answer.Text}");

    public static string Transaction(WireAnswer asked) =>
        System.Text.Encoding.ASCII.GetString(System.Buffers.Text.Base64Url.DecodeFromChars((string)JsonNode.Parse(asked["uafRequest"])![0]!["transaction"]![0]!["content"]!));

    private static void Recognise(WireAnswer asked, string recomputed)
    {
        Assert.Equal(Canonical.Sha256(recomputed), (string?)JsonNode.Parse(asked["uafRequest"])![0]!["challenge"]);
    }
}
