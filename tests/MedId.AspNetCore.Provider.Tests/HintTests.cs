using System.Text.Json.Nodes;

namespace MedId.AspNetCore.Provider.Tests;

/// <summary>Whom a request means, by each of the three hints, and by whom it was sent.</summary>
public class HintTests
{
    [Fact]
    public async Task IdTokenHint_OfAnEarlierAccess_NamesThePersonWithoutUserCode()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync();
        await using var _ = world;
        var idToken = (await phone.GrantAsync())["id_token"];
        world.Time.Advance(TimeSpan.FromDays(3));

        var tokens = await phone.GrantAsync(change: claims => Hint(claims, "id_token_hint", idToken));

        Assert.Equal("synthetic-account-a", (string?)Jwt.Claims(tokens["access_token"])["sub"]);
    }

    [Fact]
    public async Task IdTokenHint_OfAnotherClient_IsRefused()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync();
        await using var _ = world;
        var idToken = (await phone.GrantAsync(world.PsEhr))["id_token"];

        Refused(await world.Ehr.AuthorizeAsync(claims => Hint(claims, "id_token_hint", idToken)), 400, "invalid_request", "ciba.id_token_hint_invalid");
    }

    [Theory]
    [InlineData("""{"format":"iss_sub","iss":"https://op.example","sub":"synthetic-account-a"}""")]
    [InlineData("""{"format":"opaque","id":"login-of-synthetic-account-a"}""")]
    public async Task LoginHintToken_OfABelievedIssuer_NamesThePerson(string identifier)
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync();
        await using var _ = world;

        var tokens = await phone.GrantAsync(change: claims => Hint(claims, "login_hint_token", world.LoginHintToken(JsonNode.Parse(identifier)!.AsObject())));

        Assert.Equal("synthetic-account-a", (string?)Jwt.Claims(tokens["access_token"])["sub"]);
    }

    [Fact]
    public async Task LoginHintToken_Defective_IsRefusedWithItsCode()
    {
        var (world, _) = await OpWorld.StartWithPhoneAsync();
        await using var disposed = world;
        using var foreign = System.Security.Cryptography.ECDsa.Create(System.Security.Cryptography.ECCurve.NamedCurves.nistP256);
        var used = world.LoginHintToken(Identifier());
        (await Ask(used)).Expect(200);

        Refused(await Ask(used), 400, "invalid_request", "ciba.login_hint_token_invalid");
        Refused(await Ask(world.LoginHintToken(Identifier(), key: foreign)), 400, "invalid_request", "ciba.login_hint_token_invalid");
        Refused(await Ask(world.LoginHintToken(Identifier(), claims => claims["iss"] = "https://nobody.example")), 400, "invalid_request", "ciba.login_hint_token_invalid");
        Refused(await Ask(world.LoginHintToken(Identifier(), claims => claims["aud"] = "https://elsewhere.example")), 400, "invalid_request", "ciba.login_hint_token_invalid");
        Refused(
            await Ask(world.LoginHintToken(Identifier(), claims => (claims["iat"], claims["exp"]) = (world.Time.GetUtcNow().ToUnixTimeSeconds() - 600, world.Time.GetUtcNow().ToUnixTimeSeconds() - 300))),
            400,
            "expired_login_hint_token",
            "ciba.login_hint_token_expired");
        Refused(await Ask(world.LoginHintToken(new() { ["format"] = "opaque", ["id"] = "nobody" })), 400, "unknown_user_id", "ciba.user_unknown");

        static JsonObject Identifier() => new() { ["format"] = "opaque", ["id"] = "login-of-synthetic-account-a" };

        Task<WireAnswer> Ask(string token) => world.Ehr.AuthorizeAsync(claims => Hint(claims, "login_hint_token", token));
    }

    [Fact]
    public async Task LoginHint_WithoutTheUserCodeOrWithAWrongOne_IsRefusedAndFiveTimesLocks()
    {
        var (world, _) = await OpWorld.StartWithPhoneAsync();
        await using var disposed = world;

        Refused(await world.Ehr.AuthorizeAsync(claims => claims.Remove("user_code")), 400, "missing_user_code", "ciba.user_code_missing");
        for (var i = 0; i < 5; i++)
        {
            Refused(await world.Ehr.AuthorizeAsync(claims => claims["user_code"] = "wrong"), 400, "invalid_user_code", "ciba.user_code_wrong");
        }

        Refused(await world.Ehr.AuthorizeAsync(), 403, "access_denied", "ciba.user_code_locked");
        world.Time.Advance(TimeSpan.FromMinutes(15));
        (await world.Ehr.AuthorizeAsync()).Expect(200);
    }

    [Fact]
    public async Task LoginHint_OfNobody_IsAnsweredLikeAWrongCodeAndLocksAlike()
    {
        var (world, _) = await OpWorld.StartWithPhoneAsync();
        await using var disposed = world;

        // What was guessed right is no help: nobody is asked.
        for (var i = 0; i < 5; i++)
        {
            Refused(await world.Ehr.AuthorizeAsync(claims => claims["login_hint"] = "nobody"), 400, "invalid_user_code", "ciba.user_code_wrong");
        }

        Refused(await world.Ehr.AuthorizeAsync(claims => claims["login_hint"] = "nobody"), 403, "access_denied", "ciba.user_code_locked");
        world.Time.Advance(TimeSpan.FromMinutes(15));
        Refused(await world.Ehr.AuthorizeAsync(claims => claims["login_hint"] = "nobody"), 400, "invalid_user_code", "ciba.user_code_wrong");
        Assert.Empty(world.Announced);
    }

    [Fact]
    public async Task Hints_NoneOrTwo_AreRefused()
    {
        var (world, _) = await OpWorld.StartWithPhoneAsync();
        await using var disposed = world;

        Refused(await world.Ehr.AuthorizeAsync(claims => claims.Remove("login_hint")), 400, "invalid_request", "ciba.hint_missing");
        Refused(await world.Ehr.AuthorizeAsync(claims => claims["id_token_hint"] = "x"), 400, "invalid_request", "ciba.hint_multiple");
    }

    [Theory]
    [InlineData("ehr-clinic-b")]
    [InlineData("ehr-clinic-c")]
    [InlineData("ehr-clinic-d")]
    public async Task Client_OfPs256WithASecretOrWithPublishedKeys_WalksLikeAnyOther(string client)
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync();
        await using var _ = world;

        var tokens = await phone.GrantAsync(new[] { world.PsEhr, world.BasicEhr, world.RemoteEhr }.Single(ehr => ehr.ClientId == client));

        var introspected = (await world.IntrospectAsync(tokens["access_token"])).Json;
        Assert.Equal(client, (string?)introspected["client_id"]);
        Assert.Equal(client, (string?)Jwt.Claims(tokens["id_token"])["aud"]);
    }

    private static void Hint(JsonObject claims, string kind, string value)
    {
        claims.Remove("login_hint");
        claims.Remove("user_code");
        claims[kind] = value;
    }

    private static void Refused(WireAnswer answer, int status, string error, string code)
    {
        Assert.Equal((status, error, code), (answer.Status, answer.Error, answer.Code));
        Assert.Equal(("application/json", "no-store"), (answer.MediaType, answer.CacheControl));
    }
}
