using System.Text.Json.Nodes;

namespace MedId.Browser.Tests;

/// <summary>The walk with a passkey in a real browser: the sample OP over HTTP, its page, the doctor's EHR, the data API.</summary>
[Trait("Peer", "chromium")]
public class PasskeyWalkTests
{
    private const string Platform = """{"protocol":"ctap2","ctap2Version":"ctap2_1","transport":"internal","hasResidentKey":true,"hasUserVerification":true,"isUserVerified":true}""";

    [Fact]
    public async Task Page_EnrolSignInAndAgree_LetsTheDoctorReadWhatWasGranted()
    {
        await using var browser = await Chromium.StartAsync();
        await using var servers = await ConsentServers.StartAsync();
        await browser.AddAsync(JsonNode.Parse(Platform)!.AsObject());
        await browser.DoAsync("open", ("url", servers.PatientOp + "/passkey?lang=ja"));
        await StateAsync(browser, "ready");
        await browser.DoAsync("fill", ("selector", "#ticket"), ("value", await servers.TicketAsync()));
        await browser.DoAsync("click", ("selector", "#enrol"));
        await StateAsync(browser, "enrolled");

        var access = await servers.AskAsync();
        await SignInAsync(browser);
        await browser.DoAsync("click", ("selector", "#requests button[data-request]"));
        await StateAsync(browser, "notice");

        // Nothing is ticked before the person does.
        Assert.Equal(3, (int)(await browser.DoAsync("count", ("selector", "#notice input[name=\"scope\"]")))["count"]!);
        Assert.Equal(0, (int)(await browser.DoAsync("count", ("selector", "#notice input:checked")))["count"]!);
        await browser.DoAsync("check", ("selector", "input[name=\"scope\"][value=\"patient/Patient.read\"]"));
        await browser.DoAsync("check", ("selector", "input[name=\"scope\"][value=\"patient/MedicationRequest.read\"]"));
        await browser.DoAsync("check", ("selector", "#confirmed"));
        await browser.DoAsync("click", ("selector", "#agree"));
        await StateAsync(browser, "agreed");

        var end = await servers.EndOfAsync(access);
        Assert.True((string?)end["state"] == "done", end.ToJsonString());
        Assert.Equal(["openid", "patient/MedicationRequest.read", "patient/Patient.read"], end["granted"]!.AsArray().Select(scope => (string)scope!).Order(StringComparer.Ordinal));
        Assert.NotNull((string?)end["consent_id"]);
        Assert.Equal(["MedicationRequest", "Patient"], end["record"]!.AsArray().Where(one => (bool)one!["ok"]!).Select(one => (string)one!["type"]!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Page_Deny_EndsTheAccess()
    {
        await using var browser = await Chromium.StartAsync();
        await using var servers = await ConsentServers.StartAsync();
        await EnrolAsync(browser, servers);

        var access = await servers.AskAsync();
        await SignInAsync(browser);
        await browser.DoAsync("click", ("selector", "#requests button[data-request]"));
        await StateAsync(browser, "notice");
        await browser.DoAsync("click", ("selector", "#deny"));
        await StateAsync(browser, "denied");

        Assert.Equal("refused", (string?)(await servers.EndOfAsync(access))["state"]);
    }

    [Fact]
    public async Task Routes_UsedTwiceOrWithoutVerification_AreRefused()
    {
        await using var browser = await Chromium.StartAsync();
        await using var servers = await ConsentServers.StartAsync();
        var authenticator = await browser.AddAsync(JsonNode.Parse(Platform)!.AsObject());
        await browser.DoAsync("open", ("url", servers.PatientOp + "/passkey"));

        // A ticket enrols once, and a ceremony is answered once.
        var ticket = await servers.TicketAsync();
        var options = await servers.PostAsync(servers.PatientOp + "/webauthn/registration/options", new() { ["ticket"] = ticket });
        var (made, error) = await browser.RunAsync("create", options["publicKey"]!.ToJsonString());
        Assert.Null(error);
        var body = new JsonObject { ["ceremony"] = (string?)options["ceremony"], ["ticket"] = ticket, ["credential"] = JsonNode.Parse(made!) };
        Assert.Equal("enrol", (string?)(await servers.PostAsync(servers.PatientOp + "/webauthn/registration", body))["act"]);
        Assert.NotEqual("enrol", (string?)(await RefusedAsync(servers, "/webauthn/registration", body))["act"]);

        // So is a sign-in.
        var signIn = await servers.PostAsync(servers.PatientOp + "/webauthn/authentication/options", new() { ["act"] = "sign-in" });
        var (signed, _) = await browser.RunAsync("get", signIn["publicKey"]!.ToJsonString());
        var act = new JsonObject { ["ceremony"] = (string?)signIn["ceremony"], ["credential"] = JsonNode.Parse(signed!) };
        Assert.NotNull((string?)(await servers.PostAsync(servers.PatientOp + "/webauthn/authentication", act))["device_token"]);
        Assert.NotNull((string?)(await RefusedAsync(servers, "/webauthn/authentication", act))["code"]);

        // The options ask for verification, so a browser whose user cannot be verified does not even answer.
        await browser.DoAsync("verified", ("id", authenticator), ("value", false));
        var again = await servers.PostAsync(servers.PatientOp + "/webauthn/authentication/options", new() { ["act"] = "sign-in" });
        Assert.Equal("required", (string?)again["publicKey"]!["userVerification"]);
        Assert.Equal("NotAllowedError", (await browser.RunAsync("get", again["publicKey"]!.ToJsonString())).Error);
    }

    [Fact]
    public async Task Page_ForeignTicket_IsRefusedWithItsCode()
    {
        await using var browser = await Chromium.StartAsync();
        await using var servers = await ConsentServers.StartAsync();
        await browser.AddAsync(JsonNode.Parse(Platform)!.AsObject());
        await browser.DoAsync("open", ("url", servers.PatientOp + "/passkey?lang=en"));
        await StateAsync(browser, "ready");
        await browser.DoAsync("fill", ("selector", "#ticket"), ("value", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"));
        await browser.DoAsync("click", ("selector", "#enrol"));

        Assert.False(string.IsNullOrEmpty((string?)(await StateAsync(browser, "refused"))["code"]));
    }

    private static async Task EnrolAsync(Chromium browser, ConsentServers servers)
    {
        await browser.AddAsync(JsonNode.Parse(Platform)!.AsObject());
        await browser.DoAsync("open", ("url", servers.PatientOp + "/passkey?lang=en"));
        await StateAsync(browser, "ready");
        await browser.DoAsync("fill", ("selector", "#ticket"), ("value", await servers.TicketAsync()));
        await browser.DoAsync("click", ("selector", "#enrol"));
        await StateAsync(browser, "enrolled");
    }

    /// <summary>The EHR's request takes a moment to arrive: signs in until it is there.</summary>
    private static async Task SignInAsync(Chromium browser)
    {
        for (var turn = 0; turn < 40; turn++)
        {
            await browser.DoAsync("click", ("selector", "#sign-in"));
            await StateAsync(browser, "signed-in");
            if ((int)(await browser.DoAsync("count", ("selector", "#requests button[data-request]")))["count"]! > 0)
            {
                return;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(250));
        }

        Assert.Fail("No request arrived at the OP.");
    }

    /// <summary>Waits for a state of the page; a refusal that is not wanted ends the wait too.</summary>
    private static async Task<JsonObject> StateAsync(Chromium browser, string state)
    {
        var seen = await browser.DoAsync("state", ("selector", "#status"), ("attribute", "data-state"), ("values", new JsonArray(state, "refused")));
        Assert.True((string?)seen["value"] == state, $"wanted {state}: {seen.ToJsonString()}");
        return seen;
    }

    private static async Task<JsonObject> RefusedAsync(ConsentServers servers, string path, JsonObject body)
    {
        using var http = new HttpClient();
        using var answer = await http.PostAsync(new Uri(servers.PatientOp + path), new StringContent(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json"));
        Assert.True((int)answer.StatusCode is >= 400 and < 500, answer.StatusCode.ToString());
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject();
    }
}
