using System.Text;
using System.Text.Json.Nodes;
using System.Web;
using MedId.Core;
using MedId.Provider;
using MedId.TestSupport;

namespace MedId.AspNetCore.Provider.Tests;

/// <summary>
/// A valid body of every endpoint, changed by a seed. Each mutant comes with fresh single-use parts, so that none is refused only because another came before.
/// Never a 5xx; where a mutant is taken, it meant the same.
/// </summary>
public class MutationTests
{
    private const int Mutants = 60;

    [Fact]
    public async Task BcAuthorize_Mutated_OpensNothingElse()
    {
        var (world, _) = await StartAsync();
        await using var disposed = world;
        var taken = 0;
        for (var seed = 0; seed < Mutants; seed++)
        {
            var form = await FormAsync([new("request", world.Ehr.Sign(world.Ehr.RequestClaims(), "JWT")), .. world.Ehr.Assertion()]);
            var answer = await SendAsync(world, "/bc-authorize", Mutate(form, seed));
            if (answer.Status == 200)
            {
                taken++;
                var request = (await world.Store.FindRequestAsync(Core.TenantId.Single, world.Announced.Last().Id))!;
                Assert.Equal(("synthetic-account-a", "ehr-clinic-a", "WXYZ-1234"), (request.Subject, request.ClientId, request.BindingMessage));
                Assert.Equal(["openid", OpWorld.Basic, OpWorld.Medication], request.Scopes);
            }
        }

        Assert.Equal(taken, world.Announced.Count);
    }

    [Fact]
    public async Task Token_PollMutated_RedeemsNothingElse()
    {
        var (world, phone) = await StartAsync();
        await using var _ = world;
        var asked = (await world.Ehr.AuthorizeAsync())["auth_req_id"];
        await phone.ConsentAsync(world.Announced.Last().Id);
        for (var seed = 0; seed < Mutants; seed++)
        {
            var form = await FormAsync([new("grant_type", Ehr.CibaGrant), new("auth_req_id", asked), .. world.Ehr.Assertion()]);
            var mutant = Mutate(form, seed);
            var answer = await SendAsync(world, "/token", mutant);
            if (answer.Status == 200)
            {
                Assert.Equal(asked, Parse(mutant)["auth_req_id"]);
                Assert.Equal($"openid {OpWorld.Basic} {OpWorld.Medication}", answer["scope"]);
                asked = (await world.Ehr.AuthorizeAsync())["auth_req_id"];
                await phone.ConsentAsync(world.Announced.Last().Id);
            }
        }

        (await world.Ehr.PollAsync(asked)).Expect(200);
    }

    [Fact]
    public async Task Token_RefreshMutated_RotatesNothingElse()
    {
        var (world, phone) = await StartAsync();
        await using var _ = world;
        var refresh = (await phone.GrantAsync())["refresh_token"];
        for (var seed = 0; seed < Mutants; seed++)
        {
            var form = await FormAsync([new("grant_type", "refresh_token"), new("refresh_token", refresh), .. world.Ehr.Assertion()]);
            var mutant = Mutate(form, seed);
            var answer = await SendAsync(world, "/token", mutant);
            if (answer.Status == 200)
            {
                Assert.Equal(refresh, Parse(mutant)["refresh_token"]);
                Assert.Equal($"openid {OpWorld.Basic} {OpWorld.Medication}", answer["scope"]);
                refresh = answer["refresh_token"];
            }
        }

        (await world.Ehr.RefreshAsync(refresh)).Expect(200);
    }

    [Fact]
    public async Task Introspect_Mutated_SaysNothingElse()
    {
        var (world, phone) = await StartAsync();
        await using var _ = world;
        var token = (await phone.GrantAsync())["access_token"];
        var form = await FormAsync([new("token", token), new("token_type_hint", "access_token")]);
        for (var seed = 0; seed < Mutants * 3; seed++)
        {
            var mutant = Mutate(form, seed);
            var answer = await SendAsync(world, "/introspect", mutant, basic: true);
            if (answer.Status == 200 && answer.Text != """{"active":false}""")
            {
                Assert.Equal(token, Parse(mutant)["token"]);
                Assert.Equal("ehr-clinic-a", answer["client_id"]);
            }
        }
    }

    [Fact]
    public async Task Revoke_Mutated_EndsNothingElse()
    {
        var (world, phone) = await StartAsync();
        await using var _ = world;
        var token = (await phone.GrantAsync())["access_token"];
        for (var seed = 0; seed < Mutants; seed++)
        {
            var mutant = Mutate(await FormAsync([new("token", token), .. world.Ehr.Assertion()]), seed);
            var answer = await SendAsync(world, "/revoke", mutant);
            if (!(bool)(await world.IntrospectAsync(token)).Json["active"]!)
            {
                Assert.Equal((200, token), (answer.Status, Parse(mutant)["token"]));
                token = (await phone.GrantAsync())["access_token"];
            }
        }
    }

    [Fact]
    public async Task UafRequest_Mutated_AsksForNoOtherAct()
    {
        var (world, _) = await StartAsync();
        await using var disposed = world;
        await world.Ehr.AuthorizeAsync();
        var id = world.Announced.Last().Id;
        var body = new JsonObject { ["op"] = "Auth", ["context"] = new JsonObject { ["act"] = "open", ["request"] = id }.ToJsonString() }.ToJsonString();
        foreach (var mutant in new SeededMutator(7).Mutate(Encoding.UTF8.GetBytes(body), Mutants * 5))
        {
            var answer = await SendAsync(world, "/uaf/request", mutant, mediaType: Phone.UafMediaType);
            Assert.Equal(200, answer.Status);
            if (answer.UafStatus == 1200)
            {
                Assert.Equal(Canonical.Sha256($"MedId open v1\n{answer["nonce"]}\n{id}"), (string?)JsonNode.Parse(answer["uafRequest"])![0]!["challenge"]);
            }
        }
    }

    [Fact]
    public async Task UafResponse_Mutated_ProvesNothingElse()
    {
        var (world, phone) = await StartAsync();
        await using var _ = world;
        await world.Ehr.AuthorizeAsync();
        var id = world.Announced.Last().Id;
        for (var seed = 0; seed < Mutants; seed++)
        {
            var asked = await phone.UafRequestAsync("Auth", new() { ["act"] = "open", ["request"] = id });
            var body = new JsonObject { ["uafResponse"] = phone.Authenticator.Authenticate(asked["uafRequest"], OpWorld.Facet), ["context"] = "{}" }.ToJsonString();
            var answer = await SendAsync(world, "/uaf/response", Mutate(Encoding.UTF8.GetBytes(body), seed), mediaType: Phone.UafMediaType);
            Assert.Equal(200, answer.Status);
            if (answer.UafStatus == 1200)
            {
                Assert.Equal(200, (await phone.NoticeAsync(id, Phone.Token(answer))).Status);
                Assert.Equal(401, (await phone.ConsentsAsync(Phone.Token(answer))).Status);
            }
        }
    }

    [Fact]
    public async Task EnrolmentResponse_Mutated_EnrolsNoOtherKey()
    {
        var (world, _) = await StartAsync();
        await using var disposed = world;
        for (var seed = 0; seed < Mutants; seed++)
        {
            var account = $"synthetic-account-{seed}";
            await world.PutAccountAsync(account);
            var ticket = await world.TicketAsync(account);
            var phone = new Phone(world, account);
            var asked = await phone.UafRequestAsync("Reg", new() { ["ticket"] = ticket, ["push_address"] = phone.PushAddress });
            var body = new JsonObject
            {
                ["uafResponse"] = phone.Authenticator.Register(asked["uafRequest"], OpWorld.Facet),
                ["context"] = new JsonObject { ["ticket"] = ticket }.ToJsonString(),
            }.ToJsonString();
            var answer = await SendAsync(world, "/uaf/response", Mutate(Encoding.UTF8.GetBytes(body), seed), mediaType: Phone.UafMediaType);
            var devices = await world.Store.ListDevicesAsync(Core.TenantId.Single, account);
            Assert.Equal(answer.UafStatus == 1200 ? 1 : 0, devices.Count);
            Assert.All(devices, device => Assert.Equal((phone.Authenticator.KeyIds[0], phone.PushAddress), (device.KeyId, device.PushAddress)));
        }
    }

    [Fact]
    public async Task Choice_Mutated_IsTheChoiceThatWasSent()
    {
        var (world, phone) = await StartAsync();
        await using var _ = world;
        await world.Ehr.AuthorizeAsync();
        var id = world.Announced.Last().Id;
        var token = Phone.Token(await phone.OpenAsync(id));
        var body = $$"""{"confirmed":true,"granted":["{{OpWorld.Basic}}","{{OpWorld.Medication}}"]}""";
        foreach (var mutant in new SeededMutator(11).Mutate(Encoding.UTF8.GetBytes(body), Mutants * 5))
        {
            var answer = await SendAsync(world, $"/device/requests/{id}/choice", mutant, bearer: token);
            if (answer.Status == 200)
            {
                var sent = JsonNode.Parse(mutant.Bytes)!;
                Assert.True((bool)sent["confirmed"]!);
                Assert.Equal(
                    sent["granted"]!.AsArray().Select(one => (string)one!).Order(StringComparer.Ordinal),
                    JsonNode.Parse(answer["choice"])!["granted"]!.AsArray().Select(one => (string)one!).Order(StringComparer.Ordinal));
            }
        }
    }

    [Fact]
    public async Task DenialAndWithdrawal_Mutated_ActOnlyOnWhatTheySay()
    {
        var (world, phone) = await StartAsync();
        await using var _ = world;
        var history = Phone.Token(await phone.SignInAsync());
        for (var seed = 0; seed < Mutants; seed++)
        {
            await world.Ehr.AuthorizeAsync();
            var id = world.Announced.Last().Id;
            var token = Phone.Token(await phone.OpenAsync(id));
            var mutant = Mutate("""{"confirmed":true}"""u8.ToArray(), seed);
            Taken(await SendAsync(world, $"/device/requests/{id}/denial", mutant, bearer: token), mutant);
            var withdrawal = await SendAsync(world, "/device/consents/unknown/withdrawal", mutant, bearer: history);
            Assert.True(withdrawal.Code is ProviderErrorCodes.ConsentUnknown or ProviderErrorCodes.DeviceMessageMalformed, $"{mutant}: {withdrawal.Text}");
            Assert.Equal(200, (await world.GetAsync("/device/consents", history)).Status);
        }

        static void Taken(WireAnswer answer, Mutant mutant)
        {
            if (answer.Status == 204)
            {
                var sent = JsonNode.Parse(mutant.Bytes)!.AsObject();
                Assert.True(!sent.ContainsKey("confirmed") || (bool)sent["confirmed"]!, mutant.ToString());
            }
        }
    }

    private static Task<(OpWorld World, Phone Phone)> StartAsync() => OpWorld.StartWithPhoneAsync(new()
    {
        Provider = options => (options.Reuse, options.Access) = (ConsentReuse.RefreshToken, TimeSpan.FromDays(1)),
        Ciba = ciba => ciba.MaxPendingOfSubject = 10_000,
    });

    private static Mutant Mutate(byte[] body, int seed) => new SeededMutator(seed).Mutate(body, 1).Single();

    private static Task<byte[]> FormAsync(IEnumerable<KeyValuePair<string, string>> form) => new FormUrlEncodedContent(form).ReadAsByteArrayAsync();

    private static System.Collections.Specialized.NameValueCollection Parse(Mutant mutant) => HttpUtility.ParseQueryString(mutant.Text);

    private static async Task<WireAnswer> SendAsync(
        OpWorld world, string path, Mutant mutant, bool basic = false, string? bearer = null, string mediaType = "application/x-www-form-urlencoded")
    {
        var answer = await world.SendAsync(HttpMethod.Post, path, OpWorld.Content(mutant.Bytes, mediaType), request =>
        {
            if (basic)
            {
                request.Headers.Authorization = Ehr.BasicHeader("health-record-api", OpWorld.Secret);
            }

            if (bearer is not null)
            {
                request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + bearer);
            }
        });
        Assert.True(answer.Status < 500, $"{mutant}: {answer.Status} {world.Said}");
        return answer;
    }
}
