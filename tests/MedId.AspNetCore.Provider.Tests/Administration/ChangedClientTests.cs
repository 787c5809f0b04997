using System.Text.Json.Nodes;
using MedId.AspNetCore.Provider.Tests.Registration;
using MedId.Core;
using MedId.OAuth.Server;
using MedId.Provider;
using Microsoft.Extensions.DependencyInjection;

namespace MedId.AspNetCore.Provider.Tests.Administration;

/// <summary>A client that an operator changes, suspends or removes while it waits for an answer and while it refreshes.</summary>
public sealed class ChangedClientTests
{
    private const string Path = "/clients/" + RegistrationCase.ClientId;

    /// <summary>What is changed, what the client is told, and whether it is only for as long.</summary>
    public static TheoryData<string, int, string, string> Changes => new()
    {
        { "scope", 400, "invalid_grant", OAuthServerErrorCodes.GrantInactive },
        { "resources", 400, "invalid_grant", OAuthServerErrorCodes.GrantInactive },
        { "grant_types", 400, "unauthorized_client", OAuthServerErrorCodes.GrantTypeNotRegistered },
        { "suspension", 401, "invalid_client", OAuthServerErrorCodes.ClientAuthenticationFailed },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task Change_WhileARequestWaitsAndATokenIsRefreshed_CountsAtOnceAndTakesNothingForGood(string change, int status, string error, string code)
    {
        await using var scene = await Scene.StartAsync();
        var refresh = (await scene.TokensAsync())["refresh_token"];
        var waiting = await scene.ApprovedAsync();

        await scene.ChangeAsync(change);
        foreach (var refused in new[] { await scene.Ehr.PollAsync(waiting), await scene.Ehr.RefreshAsync(refresh) })
        {
            Assert.Equal((status, error, code), (refused.Status, refused.Error, refused.Code));
        }

        await scene.PutBackAsync(change);
        (await scene.Ehr.PollAsync(waiting)).Expect(200);
        (await scene.Ehr.RefreshAsync(refresh)).Expect(200);
    }

    [Fact]
    public async Task Removed_AndItsIdRegisteredAgain_NothingOfBeforeComesBack()
    {
        await using var scene = await Scene.StartAsync();
        var tokens = await scene.TokensAsync();
        var waiting = await scene.ApprovedAsync();
        Assert.True(await scene.ActiveAsync(tokens["access_token"]));

        Assert.Equal(204, (await scene.Console.DeleteAsync(Path, 1)).Status);
        Assert.False(await scene.ActiveAsync(tokens["access_token"]));
        Assert.Equal("invalid_client", (await scene.Ehr.PollAsync(waiting)).Error);
        scene.World.Time.Advance(TimeSpan.FromSeconds(1));
        (await scene.Console.PutAsync(Path, Scene.Registration(), match: 2)).Expect(200);

        Assert.False(await scene.ActiveAsync(tokens["access_token"]));
        Assert.Equal(401, (await scene.World.GetAsync("/userinfo", tokens["access_token"])).Status);
        Assert.Equal("invalid_grant", (await scene.Ehr.PollAsync(waiting)).Error);
        Assert.Equal("invalid_grant", (await scene.Ehr.RefreshAsync(tokens["refresh_token"])).Error);

        // What is granted to the new one stands, also after it was changed.
        var own = await scene.TokensAsync();
        (await scene.Console.PutAsync(Path, Scene.Registration(json => json["client_name"] = "Another name"), match: 3)).Expect(200);
        Assert.True(await scene.ActiveAsync(own["access_token"]));
        Assert.False(await scene.ActiveAsync(tokens["access_token"]));
    }

    private sealed class Scene : IAsyncDisposable
    {
        public AdminConsole Console { get; private init; } = null!;

        public OpWorld World => Console.World;

        public Ehr Ehr { get; private init; } = null!;

        private Phone Phone { get; init; } = null!;

        public static async Task<Scene> StartAsync()
        {
            var console = await AdminConsole.StartAsync(new()
            {
                Provider = static options => options.ReuseByClient[RegistrationCase.ClientId] = new(ConsentReuse.RefreshToken, TimeSpan.FromDays(1)),
            });
            (await console.PutAsync(Path, Registration(), match: 0)).Expect(201);
            await console.World.PutAccountAsync("synthetic-account-a");
            var phone = new Phone(console.World, "synthetic-account-a");
            Assert.Equal(1200, (await phone.EnrolAsync()).UafStatus);
            return new() { Console = console, Phone = phone, Ehr = new(console.World, RegistrationCase.ClientId, RegistrationCase.Key, "ES256", basic: false) };
        }

        public static JsonObject Registration(Action<JsonObject>? change = null)
        {
            var json = new RegistrationCase(string.Empty, string.Empty).Registration(withSecret: false);
            json["grant_types"] = new JsonArray("urn:openid:params:grant-type:ciba", "refresh_token");
            json["backchannel_authentication_request_signing_alg"] = "ES256";
            change?.Invoke(json);
            return json;
        }

        public async Task<string> ApprovedAsync()
        {
            var asked = (await Ehr.AuthorizeAsync(claims => claims["scope"] = "openid " + OpWorld.Basic)).Expect(200);
            Assert.Equal(1200, (await Phone.ConsentAsync(World.Announced.Last().Id, [OpWorld.Basic])).UafStatus);
            return asked["auth_req_id"];
        }

        public async Task<WireAnswer> TokensAsync() => (await Ehr.PollAsync(await ApprovedAsync())).Expect(200);

        public async Task<bool> ActiveAsync(string token) => (bool)(await World.IntrospectAsync(token)).Expect(200).Json["active"]!;

        public async Task ChangeAsync(string change) => await (change switch
        {
            "scope" => PutAsync(1, json => json["scope"] = "openid"),
            "resources" => PutAsync(1, json => json["resources"] = new JsonArray(OpWorld.OtherResource)),
            "grant_types" => PutAsync(1, static json =>
            {
                json["grant_types"] = new JsonArray();
                json.Remove("backchannel_token_delivery_mode");
            }),
            _ => SuspendAsync("suspension"),
        });

        public Task PutBackAsync(string change) => change == "suspension" ? SuspendAsync("resumption") : PutAsync(2, static _ => { });

        public ValueTask DisposeAsync()
        {
            Console.Dispose();
            return World.DisposeAsync();
        }

        private async Task PutAsync(long version, Action<JsonObject> change) => (await Console.PutAsync(Path, Registration(change), match: version)).Expect(200);

        private async Task SuspendAsync(string verb) => (await Console.PostAsync($"{Path}/{verb}")).Expect(200);
    }
}
