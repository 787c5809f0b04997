using System.Text.Json.Nodes;
using MedId.Provider;

namespace MedId.AspNetCore.Provider.Tests;

/// <summary>What a phone hears at the device endpoints: an HTTP status and problem details with the refusal's code.</summary>
public class DeviceRefusalTests
{
    [Fact]
    public async Task Device_WithoutATokenForIt_IsUnauthorizedWithAChallenge()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync();
        await using var _ = world;
        var (one, other) = (await AskAsync(world), await AskAsync(world));
        var token = Phone.Token(await phone.OpenAsync(one));
        var history = Phone.Token(await phone.SignInAsync());

        foreach (var refused in new[]
        {
            await phone.NoticeAsync(one, "nonsense"), await phone.NoticeAsync(other, token), await phone.NoticeAsync(one, history), await phone.ConsentsAsync(token),
            await phone.ChooseAsync(other, token, OpWorld.Basic), await phone.DenyAsync(other, token), await phone.WithdrawAsync("x", token), await world.GetAsync("/device/consents"),
            await world.GetAsync("/device/consents", string.Empty), await world.GetAsync("/device/consents", new string('a', 5000)),
            await world.SendAsync(HttpMethod.Get, "/device/consents", null, request => request.Headers.TryAddWithoutValidation("Authorization", ["Bearer " + history, "Bearer " + history])),
            await world.SendAsync(HttpMethod.Get, "/device/consents?access_token=" + history, null),
        })
        {
            Refused(refused, 401, ProviderErrorCodes.DeviceTokenRefused);
            Assert.Equal("Bearer error=\"invalid_token\"", refused.Challenge);
        }

        world.Time.Advance(TimeSpan.FromMinutes(10));
        Refused(await phone.ConsentsAsync(history), 401, ProviderErrorCodes.DeviceTokenRefused);
    }

    [Fact]
    public async Task Device_PersonSuspended_IsForbidden()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync();
        await using var _ = world;
        var token = Phone.Token(await phone.SignInAsync());
        BackchannelRefusalTests.Suspend(world.Store);

        Refused(await phone.ConsentsAsync(token), 403, ProviderErrorCodes.AccountSuspended);
        Refused(await phone.WithdrawAsync("x", token), 403, ProviderErrorCodes.AccountSuspended);
    }

    [Fact]
    public async Task Choice_RequestDecided_IsAConflictAndEndedIsGone()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync();
        await using var _ = world;
        var decided = await AskAsync(world);
        var token = Phone.Token(await phone.OpenAsync(decided));
        Assert.Equal(204, (await phone.DenyAsync(decided, token)).Status);
        Refused(await phone.ChooseAsync(decided, token, OpWorld.Basic), 409, ProviderErrorCodes.RequestNotPending);
        var ending = await AskAsync(world);
        token = Phone.Token(await phone.OpenAsync(ending));
        world.Time.Advance(TimeSpan.FromSeconds(120));

        Refused(await phone.NoticeAsync(ending, token), 410, ProviderErrorCodes.RequestExpired);
        Refused(await phone.ChooseAsync(ending, token, OpWorld.Basic), 410, ProviderErrorCodes.RequestExpired);
    }

    [Theory]
    [InlineData("""{"confirmed":false,"granted":["patient/Patient.read"]}""", ProviderErrorCodes.ChoiceRefused)]
    [InlineData("""{"confirmed":true,"granted":[]}""", ProviderErrorCodes.ChoiceRefused)]
    [InlineData("""{"confirmed":true,"granted":["patient/Patient.read","patient/Patient.read"]}""", ProviderErrorCodes.ChoiceRefused)]
    [InlineData("""{"confirmed":true,"granted":["patient/AllergyIntolerance.read"]}""", ProviderErrorCodes.ChoiceRefused)]
    [InlineData("""{"confirmed":true,"granted":["openid"]}""", ProviderErrorCodes.ChoiceRefused)]
    [InlineData("""{"granted":["patient/Patient.read"]}""", ProviderErrorCodes.DeviceMessageMalformed)]
    [InlineData("""{"confirmed":"true","granted":["patient/Patient.read"]}""", ProviderErrorCodes.DeviceMessageMalformed)]
    [InlineData("""{"confirmed":true}""", ProviderErrorCodes.DeviceMessageMalformed)]
    [InlineData("""{"confirmed":true,"granted":"patient/Patient.read"}""", ProviderErrorCodes.DeviceMessageMalformed)]
    [InlineData("""{"confirmed":true,"granted":[1]}""", ProviderErrorCodes.DeviceMessageMalformed)]
    [InlineData("""{"confirmed":true,"granted":["patient/Patient.read"],"granted":[]}""", ProviderErrorCodes.DeviceMessageMalformed)]
    [InlineData("""{"confirmed":true,"granted":["\ud800"]}""", ProviderErrorCodes.DeviceMessageMalformed)]
    [InlineData("""[true]""", ProviderErrorCodes.DeviceMessageMalformed)]
    [InlineData("""{"confirmed":true,"granted":["patient/Patient.read"]} {}""", ProviderErrorCodes.DeviceMessageMalformed)]
    [InlineData("", ProviderErrorCodes.DeviceMessageMalformed)]
    public async Task Choice_NotAChoiceOfWhatWasShown_IsRefused(string body, string code)
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync();
        await using var _ = world;
        var request = await AskAsync(world);
        var token = Phone.Token(await phone.OpenAsync(request));

        Refused(await world.PostJsonAsync($"/device/requests/{request}/choice", body, token), 400, code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("""{"confirmed":false}""")]
    [InlineData("""{"confirmed":1}""")]
    public async Task DenialAndWithdrawal_BodyThatSaysSomethingElse_ChangesNothing(string body)
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync();
        await using var _ = world;
        var tokens = await phone.GrantAsync();
        var history = Phone.Token(await phone.SignInAsync());
        var consent = (string)Jwt.Claims(tokens["access_token"])["consent_id"]!;
        var request = await AskAsync(world);
        var token = Phone.Token(await phone.OpenAsync(request));

        Refused(await world.PostJsonAsync($"/device/requests/{request}/denial", body, token), 400, ProviderErrorCodes.DeviceMessageMalformed);
        Refused(await world.PostJsonAsync($"/device/consents/{consent}/withdrawal", body, history), 400, ProviderErrorCodes.DeviceMessageMalformed);

        Assert.Equal(200, (await phone.NoticeAsync(request, token)).Status);
        Assert.True((bool)(await world.IntrospectAsync(tokens["access_token"])).Json["active"]!);
        Assert.Equal(204, (await world.PostJsonAsync($"/device/requests/{request}/denial", """{"confirmed":true}""", token)).Status);
    }

    [Fact]
    public async Task Withdrawal_OfNoConsentOrAnotherPersons_IsNotFound()
    {
        var (world, phone) = await OpWorld.StartWithPhoneAsync();
        await using var _ = world;
        var consent = (string)Jwt.Claims((await phone.GrantAsync())["access_token"])["consent_id"]!;
        await world.PutAccountAsync("synthetic-account-b");
        var other = new Phone(world, "synthetic-account-b");
        await other.EnrolAsync();
        var token = Phone.Token(await other.SignInAsync());

        Refused(await other.WithdrawAsync("nonsense", token), 404, ProviderErrorCodes.ConsentUnknown);
        Refused(await other.WithdrawAsync(consent, token), 404, ProviderErrorCodes.ConsentUnknown);
        Assert.Empty((await other.ConsentsAsync(token)).Json["consents"]!.AsArray());
    }

    private static async Task<string> AskAsync(OpWorld world)
    {
        (await world.Ehr.AuthorizeAsync()).Expect(200);
        return world.Announced.Last().Id;
    }

    private static void Refused(WireAnswer answer, int status, string code)
    {
        Assert.Equal((status, code), (answer.Status, answer.Code));
        Assert.Equal(("application/problem+json", "no-store"), (answer.MediaType, answer.CacheControl));
        Assert.Equal(status, (int)answer.Json["status"]!);
        Assert.Equal(["title", "status", "code"], answer.Json.AsObject().Select(member => member.Key));
    }
}
