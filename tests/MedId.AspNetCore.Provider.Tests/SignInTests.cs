using System.Text.Json.Nodes;
using MedId.Core;
using MedId.Provider;

namespace MedId.AspNetCore.Provider.Tests;

/// <summary>Requests that ask for no health data: a sign-in needs no doctor, and opens nothing but who the person is.</summary>
public class SignInTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Authorize_OpenIdAndProfileWithoutEvidence_SignsInAndOpensNoHealthData(bool sqlite)
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync(new() { Sqlite = sqlite });
        await using var _ = world;

        var tokens = await phone.GrantAsync(change: claims => SignIn(claims, "openid profile"), granted: ["openid", "profile"]);

        Assert.Equal("openid profile", tokens["scope"]);
        Assert.Null(tokens.Json["patient"]);
        Assert.Null(tokens.Json["refresh_token"]);
        var access = Jwt.Claims(tokens["access_token"]);
        Assert.Equal(world.Issuer, (string?)access["aud"]);
        Assert.Null(access["act"]);
        Assert.Null(access["patient"]);
        Assert.Equal(OpWorld.Trial, (string?)Jwt.Claims(tokens["id_token"])["acr"]);
        Assert.Equal("synthetic-account-a", (await world.GetAsync("/userinfo", tokens["access_token"])).Expect(200)["sub"]);
        Assert.False((bool)(await world.IntrospectAsync(tokens["access_token"])).Json["active"]!);

        var session = Phone.Token(await phone.SignInAsync());
        var entry = (await phone.ConsentsAsync(session)).Json["consents"]![0]!;
        Assert.Null(entry["practitioner"]);
        Assert.Equal("ログインのため", (string?)entry["purpose"]);
        Assert.Null((await world.GetAsync("/device/dashboard", session)).Expect(200).Json["consents"]![0]!["practitioner"]);
        (await phone.WithdrawAsync((string)entry["id"]!, session)).Expect(204);
        (await world.GetAsync("/userinfo", tokens["access_token"])).Expect(401);
    }

    [Fact]
    public async Task Notice_OfASignIn_NamesTheServiceAndNoDoctor()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync();
        await using var _ = world;
        (await world.Ehr.AuthorizeAsync(claims => SignIn(claims, "openid profile"))).Expect(200);
        var request = world.Announced.Last().Id;

        var notice = (await phone.NoticeAsync(request, Phone.Token(await phone.OpenAsync(request)))).Expect(200).Json["notice"]!;

        Assert.Null(notice["practitioner"]);
        Assert.Equal("サービスへのログインの確認", (string?)notice["title"]);
        Assert.Equal(["本人であることの確認", "ログインサービスに登録されたプロフィール"], notice["categories"]!.AsArray().Select(one => (string?)one!["text"]));
    }

    [Fact]
    public async Task Choice_WithoutProfile_IsNarrowed_AndWithoutOpenIdIsRefused()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync();
        await using var _ = world;
        (await world.Ehr.AuthorizeAsync(claims => SignIn(claims, "openid profile"))).Expect(200);
        var request = world.Announced.Last().Id;

        var refused = await phone.ChooseAsync(request, Phone.Token(await phone.OpenAsync(request)), "profile");

        Assert.Equal(ProviderErrorCodes.ChoiceRefused, refused.Code);
        Assert.Equal("openid", (await phone.GrantAsync(change: claims => SignIn(claims, "openid profile"), granted: ["openid"]))["scope"]);
    }

    [Theory]
    [InlineData("openid", false)]
    [InlineData("openid offline_access", true)]
    public async Task Refresh_OfASignIn_IsForOfflineAccessOnly(string scope, bool refreshes)
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync(new() { Provider = provider => provider.Reuse = ConsentReuse.RefreshToken });
        await using var _ = world;

        var tokens = await phone.GrantAsync(change: claims => SignIn(claims, scope), granted: ["openid"]);

        Assert.Equal(refreshes, tokens.Json["refresh_token"] is not null);
        if (refreshes)
        {
            Assert.Equal("openid", (await world.Ehr.RefreshAsync(tokens["refresh_token"])).Expect(200)["scope"]);
        }
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public async Task Refresh_WhereOfflineAccessIsNeeded_IsNotGivenWithoutIt(bool needed, bool refreshes)
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync(new()
        {
            Provider = provider => (provider.Reuse, provider.RefreshNeedsOfflineAccess) = (ConsentReuse.RefreshToken, needed),
        });
        await using var _ = world;

        Assert.Equal(refreshes, (await phone.GrantAsync()).Json["refresh_token"] is not null);
        Assert.NotNull((await phone.GrantAsync(change: claims => claims["scope"] = $"openid offline_access {OpWorld.Basic} {OpWorld.Medication}")).Json["refresh_token"]);
    }

    [Fact]
    public async Task Authorize_ProfileBesideHealthData_IsShownAndMayBeStruckOut()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync();
        await using var _ = world;

        var tokens = await phone.GrantAsync(change: claims => claims["scope"] = $"openid profile {OpWorld.Basic}", granted: [OpWorld.Basic]);

        Assert.Equal($"openid {OpWorld.Basic}", tokens["scope"]);
        Assert.NotNull(Jwt.Claims(tokens["access_token"])["act"]);
    }

    [Fact]
    public async Task Authorize_OpenIdWithAResource_AsksForDataAndNeedsSome()
    {
        var (world, _) = await OpWorld.StartWithPhoneAsync();
        await using var disposed = world;

        var refused = await world.Ehr.AuthorizeAsync(claims => claims["scope"] = "openid");

        Assert.Equal((400, "invalid_scope", ProviderErrorCodes.ScopeNotAccepted), (refused.Status, refused.Error, refused.Code));
    }

    [Fact]
    public async Task AssumedPractitioner_StandsInForMissingEvidence_AndSaysLabEverywhere()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync(new() { Provider = provider => provider.DangerouslyAssumedPractitioner = new() });
        await using var _ = world;

        var tokens = await phone.GrantAsync(change: WithoutEvidence);

        var actor = Jwt.Claims(tokens["access_token"])["act"]!;
        Assert.Equal("lab-practitioner", (string?)actor["sub"]);
        Assert.StartsWith("LAB ", (string?)actor["extensions"]!["ihe_iua"]!["subject_name"], StringComparison.Ordinal);
        var entry = (await phone.ConsentsAsync(Phone.Token(await phone.SignInAsync()))).Json["consents"]![0]!;
        Assert.StartsWith("LAB ", (string?)entry["practitioner"]!["name"], StringComparison.Ordinal);
        Assert.Contains("LAB", world.Said, StringComparison.Ordinal);
    }

    private static void SignIn(JsonObject claims, string scope)
    {
        WithoutEvidence(claims);
        claims.Remove("resource");
        claims["scope"] = scope;
    }

    private static void WithoutEvidence(JsonObject claims)
    {
        claims.Remove("actor_token");
        claims.Remove("actor_token_type");
    }
}
