using MedId.Core;
using MedId.Provider;

namespace MedId.AspNetCore.Provider.Tests;

/// <summary>From approval to the end of the last token.</summary>
public class TokenLifeTests
{
    private const string Inactive = """{"active":false}""";

    [Fact]
    public async Task Narrowed_TokensHoldThePartOnly()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync();
        await using var _ = world;

        var tokens = await phone.GrantAsync(granted: [OpWorld.Medication]);

        Assert.Equal("openid " + OpWorld.Medication, tokens["scope"]);
        Assert.Equal("openid " + OpWorld.Medication, (string?)Jwt.Claims(tokens["access_token"])["scope"]);
        Assert.Equal("openid " + OpWorld.Medication, (await world.IntrospectAsync(tokens["access_token"]))["scope"]);
        var history = await phone.ConsentsAsync(Phone.Token(await phone.SignInAsync()));
        Assert.Equal([false, true], history.Json["consents"]![0]!["categories"]!.AsArray().Select(one => (bool)one!["granted"]!));
    }

    [Fact]
    public async Task EachTime_NoRefreshToken_AlthoughTheClientIsRegisteredForThem()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync();
        await using var _ = world;

        Assert.Null((await phone.GrantAsync()).Json["refresh_token"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Refresh_RotatesNarrowsOnlyAndAnOldTokenEndsTheFamily(bool sqlite)
    {
        var (world, phone) = await StartReusableAsync(sqlite);
        await using var _ = world;
        var first = await phone.GrantAsync();
        world.Time.Advance(TimeSpan.FromHours(1));

        var second = (await world.Ehr.RefreshAsync(first["refresh_token"])).Expect(200);
        Assert.Equal(("application/json", "no-store"), (second.MediaType, second.CacheControl));
        Assert.NotEqual(first["refresh_token"], second["refresh_token"]);
        Assert.Equal((string?)Jwt.Claims(first["access_token"])["consent_id"], (string?)Jwt.Claims(second["access_token"])["consent_id"]);
        Assert.Equal((long)Jwt.Claims(first["access_token"])["auth_time"]!, (long)Jwt.Claims(second["access_token"])["auth_time"]!);
        var narrowed = (await world.Ehr.RefreshAsync(second["refresh_token"], "openid " + OpWorld.Basic)).Expect(200);
        Assert.Equal("openid " + OpWorld.Basic, narrowed["scope"]);
        Refused(await world.Ehr.RefreshAsync(narrowed["refresh_token"], "openid patient/AllergyIntolerance.read"), "invalid_scope", "oauth_server.scope_widened");
        Assert.True((bool)(await world.IntrospectAsync(narrowed["access_token"])).Json["active"]!);

        Refused(await world.PsEhr.RefreshAsync(narrowed["refresh_token"]), "invalid_grant", "oauth_server.refresh_token_unknown");
        Refused(await world.Ehr.RefreshAsync(second["refresh_token"]), "invalid_grant", "oauth_server.refresh_token_reused");
        Refused(await world.Ehr.RefreshAsync(narrowed["refresh_token"]), "invalid_grant", "oauth_server.refresh_token_unknown");
        Assert.Equal(Inactive, (await world.IntrospectAsync(narrowed["access_token"])).Text);
    }

    [Fact]
    public async Task Refresh_AtTheConsentsEnd_IsOver()
    {
        var (world, phone) = await StartReusableAsync(sqlite: false);
        await using var _ = world;
        var tokens = await phone.GrantAsync();
        world.Time.SetUtcNow(OpWorld.Start + TimeSpan.FromMinutes(2) + TimeSpan.FromDays(1));

        Assert.Equal("invalid_grant", (await world.Ehr.RefreshAsync(tokens["refresh_token"])).Error);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Revoke_AccessTokenOrRefreshToken_EndsIt(bool refreshToken)
    {
        var (world, phone) = await StartReusableAsync(sqlite: false);
        await using var _ = world;
        var tokens = await phone.GrantAsync();

        // RFC 7009 §2.1: another client's token is not revoked; §2.2: the answer is the same for tokens that nobody knows.
        Silent(await world.PsEhr.RevokeAsync(tokens[refreshToken ? "refresh_token" : "access_token"]));
        Assert.True((bool)(await world.IntrospectAsync(tokens["access_token"])).Json["active"]!);
        Silent(await world.Ehr.RevokeAsync("nonsense"));
        Silent(await world.Ehr.RevokeAsync(tokens[refreshToken ? "refresh_token" : "access_token"], refreshToken ? "access_token" : "refresh_token"));

        Assert.Equal(Inactive, (await world.IntrospectAsync(tokens["access_token"])).Text);
        var refreshed = await world.Ehr.RefreshAsync(tokens["refresh_token"]);
        Assert.Equal(refreshToken ? "invalid_grant" : null, refreshed.Error);

        static void Silent(WireAnswer answer) => Assert.Equal((200, 0, "no-store"), (answer.Status, answer.Body.Length, answer.CacheControl));
    }

    [Fact]
    public async Task Withdrawal_EndsAccessAndRefreshAtOnce()
    {
        var (world, phone) = await StartReusableAsync(sqlite: true);
        await using var _ = world;
        var tokens = await phone.GrantAsync();
        var token = Phone.Token(await phone.SignInAsync());
        var consent = (string)Jwt.Claims(tokens["access_token"])["consent_id"]!;

        Assert.Equal(204, (await phone.WithdrawAsync(consent, token)).Status);

        Assert.Equal(Inactive, (await world.IntrospectAsync(tokens["access_token"])).Text);
        Assert.Equal("""{"active":false}""", Jwt.Claims((await world.IntrospectAsync(tokens["access_token"], signed: true)).Text)["token_introspection"]!.ToJsonString());
        Assert.Equal("invalid_grant", (await world.Ehr.RefreshAsync(tokens["refresh_token"])).Error);
        Assert.Equal(401, (await world.GetAsync("/userinfo", tokens["access_token"])).Status);
        Assert.Equal(204, (await phone.WithdrawAsync(consent, token)).Status);
    }

    [Fact]
    public async Task Withdrawal_BetweenApprovalAndPoll_LeavesNothingToFetch()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync();
        await using var _ = world;
        var asked = await world.Ehr.AuthorizeAsync();
        await phone.ConsentAsync(world.Announced.Last().Id);
        var token = Phone.Token(await phone.SignInAsync());
        var consent = (string)(await phone.ConsentsAsync(token)).Json["consents"]![0]!["id"]!;
        Assert.Equal(204, (await phone.WithdrawAsync(consent, token)).Status);

        Refused(await world.Ehr.PollAsync(asked["auth_req_id"]), "access_denied", "ciba.denied");
    }

    [Fact]
    public async Task Suspension_EndsAccessRefreshRequestsAndTheDevice()
    {
        var (world, phone) = await StartReusableAsync(sqlite: true);
        await using var _ = world;
        var tokens = await phone.GrantAsync();
        var pending = await world.Ehr.AuthorizeAsync();
        var deviceToken = Phone.Token(await phone.OpenAsync(world.Announced.Last().Id));

        await world.Store.SetAccountStatusAsync(TenantId.Single, "synthetic-account-a", AccountStatus.Suspended, world.Time.GetUtcNow());

        Assert.Equal(Inactive, (await world.IntrospectAsync(tokens["access_token"])).Text);
        Assert.Equal("invalid_grant", (await world.Ehr.RefreshAsync(tokens["refresh_token"])).Error);
        Refused(await world.Ehr.PollAsync(pending["auth_req_id"]), "access_denied", "ciba.denied");
        Assert.Equal((403, ProviderErrorCodes.AccountSuspended), Said(await phone.NoticeAsync(world.Announced.Last().Id, deviceToken)));
        var again = await world.Ehr.AuthorizeAsync();
        Assert.Equal((400, "invalid_user_code", "ciba.user_code_wrong"), (again.Status, again.Error, again.Code));
    }

    [Fact]
    public async Task Denial_EndsTheRequestOnce()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync();
        await using var _ = world;
        var asked = await world.Ehr.AuthorizeAsync();
        var request = world.Announced.Last().Id;
        var token = Phone.Token(await phone.OpenAsync(request));

        var denied = await phone.DenyAsync(request, token);

        Assert.Equal((204, "no-store", 0), (denied.Status, denied.CacheControl, denied.Body.Length));
        Assert.Equal((409, ProviderErrorCodes.RequestNotPending), Said(await phone.DenyAsync(request, token)));
        Assert.Equal((409, ProviderErrorCodes.RequestNotPending), Said(await phone.NoticeAsync(request, token)));
        Refused(await world.Ehr.PollAsync(asked["auth_req_id"]), "access_denied", "ciba.denied");
        Assert.Empty((await phone.ConsentsAsync(Phone.Token(await phone.SignInAsync()))).Json["consents"]!.AsArray());
    }

    [Fact]
    public async Task Poll_TooFast_SlowsDownAndTheIntervalGrows()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync();
        await using var _ = world;
        var asked = (await world.Ehr.AuthorizeAsync())["auth_req_id"];

        Refused(await world.Ehr.PollAsync(asked), "authorization_pending", "ciba.pending");
        world.Time.Advance(TimeSpan.FromMilliseconds(4999));
        Refused(await world.Ehr.PollAsync(asked), "slow_down", "ciba.slow_down");
        world.Time.Advance(TimeSpan.FromMilliseconds(9999));
        Refused(await world.Ehr.PollAsync(asked), "slow_down", "ciba.slow_down");
        world.Time.Advance(TimeSpan.FromSeconds(15));
        Refused(await world.Ehr.PollAsync(asked), "authorization_pending", "ciba.pending");

        await phone.ConsentAsync(world.Announced.Last().Id);
        (await world.Ehr.PollAsync(asked)).Expect(200);
    }

    [Fact]
    public async Task Poll_PastTheEndOrByAnotherClient_GetsNothing()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync();
        await using var _ = world;
        var asked = (await world.Ehr.AuthorizeAsync())["auth_req_id"];
        await phone.ConsentAsync(world.Announced.Last().Id);

        Refused(await world.PsEhr.PollAsync(asked), "invalid_grant", "ciba.auth_req_id_unknown");
        Refused(await world.Ehr.PollAsync("nonsense"), "invalid_grant", "ciba.auth_req_id_unknown");
        world.Time.SetUtcNow(OpWorld.Start + TimeSpan.FromSeconds(120));
        Refused(await world.Ehr.PollAsync(asked), "expired_token", "ciba.auth_req_id_expired");
    }

    [Fact]
    public async Task AccessToken_AtItsEnd_IsInactive()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync();
        await using var _ = world;
        var tokens = await phone.GrantAsync();
        var end = DateTimeOffset.FromUnixTimeSeconds((long)Jwt.Claims(tokens["access_token"])["exp"]!);

        world.Time.SetUtcNow(end - TimeSpan.FromSeconds(1));
        Assert.True((bool)(await world.IntrospectAsync(tokens["access_token"])).Json["active"]!);
        world.Time.SetUtcNow(end);
        Assert.Equal(Inactive, (await world.IntrospectAsync(tokens["access_token"])).Text);
    }

    [Fact]
    public async Task UserInfo_GivesTheSubjectForALiveTokenAndChallengesOtherwise()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync();
        await using var _ = world;
        var tokens = await phone.GrantAsync();

        var answer = (await world.GetAsync("/userinfo", tokens["access_token"])).Expect(200);
        Assert.Equal("""{"sub":"synthetic-account-a"}""", answer.Text);
        Assert.Equal("no-store", answer.CacheControl);
        answer = await world.SendAsync(HttpMethod.Post, "/userinfo", null, request => request.Headers.Authorization = new("Bearer", tokens["access_token"]));
        Assert.Equal("""{"sub":"synthetic-account-a"}""", answer.Text);
        answer = await world.GetAsync("/userinfo");
        Assert.Equal(401, answer.Status);
        Assert.StartsWith("Bearer, DPoP algs=", answer.Challenge, StringComparison.Ordinal);
        answer = await world.GetAsync("/userinfo", "nonsense");
        Assert.Equal(401, answer.Status);
        Assert.StartsWith("Bearer error=\"invalid_token\", DPoP algs=", answer.Challenge, StringComparison.Ordinal);
    }

    private static Task<(OpWorld World, Phone Phone)> StartReusableAsync(bool sqlite) => OpWorld.StartWithPhoneAsync(new()
    {
        Sqlite = sqlite,
        Provider = options => (options.Reuse, options.Access) = (ConsentReuse.RefreshToken, TimeSpan.FromDays(1)),
    });

    private static (int Status, string? Code) Said(WireAnswer answer)
    {
        Assert.Equal(("application/problem+json", "no-store"), (answer.MediaType, answer.CacheControl));
        return (answer.Status, answer.Code);
    }

    private static void Refused(WireAnswer answer, string error, string code) => Assert.Equal((400, error, code), (answer.Status, answer.Error, answer.Code));
}
