using MedId.Cryptography;
using MedId.TestSupport;

namespace MedId.Fido2.Tests;

public sealed class CeremonyStateTests
{
    private const string Session = "session-1";
    private const string User = "account-1";

    private readonly CeremonyStateProtector _protector = new(new FieldCipher("lab", FieldKey.Generate("k1")));

    private static CeremonyState State => new()
    {
        Kind = WebAuthnCeremony.Registration,
        Challenge = new byte[16],
        RpId = "clinic.example",
        Origins = ["https://clinic.example", "android:apk-key-hash:AAAA"],
        ExpiresAt = Fixture.Now.AddMinutes(5),
        User = User,
        UserHandle = new byte[] { 1 },
        UserVerification = UserVerificationRequirement.Discouraged,
        AllowCrossOrigin = true,
        TopOrigins = ["https://portal.example"],
        Algorithms = [-7, -257],
        ConditionalCreate = true,
        AllowCredentials = [new byte[] { 2 }, new byte[] { 3, 4 }],
        AppId = "https://clinic.example/appid",
        RequestedExtensions = ["credProps"],
    };

    [Fact]
    public void Open_ProtectedState_GivesEverythingBack()
    {
        var opened = _protector.Open(_protector.Protect(State, Session), WebAuthnCeremony.Registration, Session, User, Fixture.Now);
        Assert.True(opened.Succeeded, opened.ToString());
        Assert.Equal(CeremonyStateJson.Write(State), CeremonyStateJson.Write(opened.Value));
        Assert.Equal(StrictBase64Url.Encode(new byte[16]), opened.Value.ReplayKey.Id);
        Assert.Equal("fido2 clinic.example", opened.Value.ReplayKey.Issuer);
        Assert.Equal(State.ExpiresAt, opened.Value.ReplayKey.ExpiresAt);
    }

    [Fact]
    public void Open_StateOfNobody_OpensForNobodyOnly()
    {
        var token = _protector.Protect(State with { User = null }, Session);
        Assert.True(_protector.Open(token, WebAuthnCeremony.Registration, Session, null, Fixture.Now).Succeeded);
        Refused.With(Fido2ErrorCodes.StateNotAuthentic, _protector.Open(token, WebAuthnCeremony.Registration, Session, User, Fixture.Now));
        Refused.With(Fido2ErrorCodes.StateNotAuthentic, _protector.Open(token, WebAuthnCeremony.Registration, Session, string.Empty, Fixture.Now));
    }

    [Theory]
    [InlineData(WebAuthnCeremony.Authentication, Session, User)]
    [InlineData(WebAuthnCeremony.Registration, "session-2", User)]
    [InlineData(WebAuthnCeremony.Registration, Session, "account-2")]
    [InlineData(WebAuthnCeremony.Registration, Session, null)]
    public void Open_ForSomethingElse_IsRefused(WebAuthnCeremony kind, string session, string? user) =>
        Refused.With(Fido2ErrorCodes.StateNotAuthentic, _protector.Open(_protector.Protect(State, Session), kind, session, user, Fixture.Now));

    [Fact]
    public void Open_UnderAnotherKeyOrTenant_IsRefused()
    {
        var key = FieldKey.Generate("k1");
        var token = new CeremonyStateProtector(new FieldCipher("lab", key)).Protect(State, Session);
        Refused.With(Fido2ErrorCodes.StateNotAuthentic, _protector.Open(token, WebAuthnCeremony.Registration, Session, User, Fixture.Now));
        Refused.With(
            Fido2ErrorCodes.StateNotAuthentic, new CeremonyStateProtector(new FieldCipher("other", key)).Open(token, WebAuthnCeremony.Registration, Session, User, Fixture.Now));
    }

    [Fact]
    public void Open_AtItsEnd_IsRefused()
    {
        var token = _protector.Protect(State, Session);
        Assert.True(_protector.Open(token, WebAuthnCeremony.Registration, Session, User, State.ExpiresAt.AddTicks(-1)).Succeeded);
        Refused.With(Fido2ErrorCodes.StateExpired, _protector.Open(token, WebAuthnCeremony.Registration, Session, User, State.ExpiresAt));
    }

    [Fact]
    public void Open_EveryBitChanged_IsRefused()
    {
        var token = _protector.Protect(State, Session);
        Assert.True(StrictBase64Url.TryDecode(token.AsSpan(), out var bytes));
        foreach (var mutant in SeededMutator.EveryBitFlip(bytes).Concat(SeededMutator.EveryTruncation(bytes)))
        {
            Refused.With(
                Fido2ErrorCodes.StateNotAuthentic, _protector.Open(StrictBase64Url.Encode(mutant.Bytes), WebAuthnCeremony.Registration, Session, User, Fixture.Now));
        }

        Refused.With(Fido2ErrorCodes.StateNotAuthentic, _protector.Open("not base64url", WebAuthnCeremony.Registration, Session, User, Fixture.Now));
    }

    [Fact]
    public void Protect_State_HidesItsContent() => Assert.DoesNotContain(StrictBase64Url.Encode("clinic"u8), _protector.Protect(State, Session), StringComparison.Ordinal);

    [Fact]
    public void Protect_ShortChallenge_IsMisuse() => Assert.Throws<ArgumentException>(() => _protector.Protect(State with { Challenge = new byte[15] }, Session));

    [Fact]
    public void ForRegistration_Options_GiveTheExpectationsOfThem()
    {
        var options = new PublicKeyCredentialCreationOptions
        {
            Rp = new() { Id = "clinic.example", Name = "LAB" },
            User = new() { Id = new byte[] { 9 }, Name = "n", DisplayName = "d" },
            Challenge = new byte[32],
            PubKeyCredParams = [new(-7), new(-8), new(1) { Type = "future" }],
            Timeout = TimeSpan.FromMinutes(10),
            AuthenticatorSelection = new() { UserVerification = "required" },
            Extensions = new() { AppIdExclude = "https://clinic.example/appid", CredProps = true },
        };
        var state = CeremonyState.ForRegistration(options, ["https://clinic.example"], User, Fixture.Now);
        Assert.Equal(Fixture.Now.AddMinutes(10), state.ExpiresAt);
        var expected = state.ToRegistrationExpectations(Fixture.Now);
        Assert.Equal([-7, -8], expected.Algorithms);
        Assert.Equal(UserVerificationRequirement.Required, expected.UserVerification);
        Assert.Equal("https://clinic.example/appid", expected.AppId);
        Assert.Equal(["appidExclude", "credProps"], expected.RequestedExtensions);
        Assert.Equal([9], expected.UserHandle!.Value.ToArray());
        Assert.Throws<InvalidOperationException>(() => state.ToAuthenticationExpectations(new Fixture().Record, Fixture.Now));
        Assert.Throws<ArgumentException>(() => CeremonyState.ForRegistration(options with { Rp = new() { Name = "LAB" } }, [], User, Fixture.Now));
        Assert.Equal(Fixture.Now.AddMinutes(5), CeremonyState.ForRegistration(options with { Timeout = null }, [], User, Fixture.Now).ExpiresAt);
    }

    [Theory]
    [InlineData("required", UserVerificationRequirement.Required)]
    [InlineData("preferred", UserVerificationRequirement.Preferred)]
    [InlineData("discouraged", UserVerificationRequirement.Discouraged)]
    [InlineData("future", UserVerificationRequirement.Preferred)]
    [InlineData(null, UserVerificationRequirement.Preferred)]
    public void ForAuthentication_UserVerification_IsThatOfTheOptions(string? value, UserVerificationRequirement requirement)
    {
        var options = new PublicKeyCredentialRequestOptions { Challenge = new byte[32], RpId = "clinic.example", UserVerification = value, AllowCredentials = [new(new byte[] { 1 })] };
        var state = CeremonyState.ForAuthentication(options, ["https://clinic.example"], null, Fixture.Now);
        var expected = state.ToAuthenticationExpectations(new Fixture().Record, Fixture.Now);
        Assert.Equal(requirement, expected.UserVerification);
        Assert.False(expected.UserIdentified);
        Assert.Equal([1], Assert.Single(expected.AllowCredentials).ToArray());
        Assert.True(CeremonyState.ForAuthentication(options, [], User, Fixture.Now).ToAuthenticationExpectations(new Fixture().Record, Fixture.Now).UserIdentified);
        Assert.Throws<InvalidOperationException>(() => state.ToRegistrationExpectations(Fixture.Now));
        Assert.Throws<ArgumentException>(() => CeremonyState.ForAuthentication(options with { RpId = null }, [], User, Fixture.Now));
    }
}
