using System.Text.Json.Nodes;
using MedId.Cryptography;

namespace MedId.Fido2.Tests;

public sealed class AuthenticationVerifierTests
{
    private const string AppId = "https://clinic.example/appid";

    [Fact]
    public void Verify_ValidResponse_GivesEvidenceAndSteps()
    {
        var fixture = Fixture.OfAuthentication();
        fixture.SignCount = 8;
        var verification = fixture.Authenticate(fixture.Authentication with { Credential = fixture.Record with { SignCount = 7 } });
        Assert.True(verification.Succeeded, verification.ToString());
        Assert.Equal(8u, verification.Evidence.SignCount);
        Assert.Equal(CounterVerdict.Advanced, verification.Evidence.CounterVerdict);
        Assert.False(verification.Evidence.CloneSuspected);
        Assert.True(verification.Evidence.UserVerified);
        Assert.Equal(8u, verification.Evidence.Update().SignCount);
        Assert.Equal(Enumerable.Range(1, 25), verification.Steps.Select(step => step.Number));
        Assert.Equal([1, 2, 24, 25], verification.Steps.Where(step => step.Outcome == StepOutcome.CallersDuty).Select(step => step.Number));
        Assert.Equal([5, 14, 23], verification.Steps.Where(step => step.Outcome == StepOutcome.NotApplicable).Select(step => step.Number));
        Assert.Equal("WebAuthn L3 §7.2 step 21", verification.Steps[20].Section);
    }

    [Fact]
    public void Verify_OtherCredentialType_IsRefused() => Refuse(3, Fido2ErrorCodes.CredentialType, json => json["type"] = "password");

    [Fact]
    public void Verify_IdOtherThanRawId_IsRefused() => Refuse(3, Fido2ErrorCodes.CredentialIdMismatch, json => json["id"] = "AAAA");

    [Theory]
    [InlineData("clientDataJSON")]
    [InlineData("authenticatorData")]
    [InlineData("signature")]
    public void Verify_MissingMemberOfResponse_IsRefused(string member) => Refuse(3, Fido2ErrorCodes.ResponseMalformed, json => json["response"]!.AsObject().Remove(member));

    [Fact]
    public void Verify_CredentialNotInAllowList_IsRefused() => Refuse(
        5, Fido2ErrorCodes.CredentialNotAllowed, (Fixture _) => { }, expected => expected with { AllowCredentials = [new byte[] { 1 }] });

    [Fact]
    public void Verify_CredentialInAllowList_IsAccepted() => Accept(_ => { }, expected => expected with { AllowCredentials = [new byte[] { 1 }, expected.Credential.Id] });

    [Fact]
    public void Verify_RecordOfOtherCredential_IsRefused() => Refuse(
        6, Fido2ErrorCodes.CredentialUnknown, (Fixture _) => { }, expected => expected with { Credential = expected.Credential with { Id = new byte[] { 1 } } });

    [Fact]
    public void Verify_NobodyIdentifiedAndNoUserHandle_IsRefused() => Refuse(
        6, Fido2ErrorCodes.UserHandleMissing, (Fixture _) => { }, expected => expected with { UserIdentified = false });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Verify_UserHandleOfSomebodyElse_IsRefused(bool identified) => Refuse(
        6,
        Fido2ErrorCodes.UserHandleMismatch,
        fixture => fixture.ResponseUserHandle = "AAAA",
        expected => expected with { UserIdentified = identified });

    [Fact]
    public void Verify_UserHandleWithNothingToCompare_IsRefusedWhereNobodyIsIdentified() => Refuse(
        6,
        Fido2ErrorCodes.UserHandleMismatch,
        fixture => fixture.ResponseUserHandle = "AAAA",
        expected => expected with { UserIdentified = false, Credential = expected.Credential with { UserHandle = null } });

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Verify_UserHandleOfTheAccount_IsAccepted(bool identified) => Accept(
        fixture => fixture.ResponseUserHandle = StrictBase64Url.Encode(fixture.UserHandle), expected => expected with { UserIdentified = identified });

    [Fact]
    public void Verify_UserHandleGivenByTheCaller_OutweighsThatOfTheRecord() => Refuse(
        6,
        Fido2ErrorCodes.UserHandleMismatch,
        fixture => fixture.ResponseUserHandle = StrictBase64Url.Encode(fixture.UserHandle),
        expected => expected with { UserHandle = new byte[] { 1 } });

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    public void Parse_UserHandleWithinLimit_IsAccepted(int length)
    {
        var fixture = Fixture.OfAuthentication();
        fixture.ResponseUserHandle = StrictBase64Url.Encode(new byte[length]);
        Assert.True(AuthenticationResponse.Parse(fixture.AuthenticationJson().ToJsonString()).Succeeded);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65)]
    public void Parse_UserHandleOutsideLimit_IsRefused(int length)
    {
        var fixture = Fixture.OfAuthentication();
        fixture.ResponseUserHandle = StrictBase64Url.Encode(new byte[length]);
        Refused.With(Fido2ErrorCodes.UserHandleMalformed, AuthenticationResponse.Parse(fixture.AuthenticationJson().ToJsonString()));
    }

    [Fact]
    public void Verify_AuthenticatorDataWithTrailingByte_IsRefused() => Refuse(
        7,
        Fido2ErrorCodes.AuthenticatorDataTrailingBytes,
        json => json["response"]!["authenticatorData"] = StrictBase64Url.Encode([.. Fixture.OfAuthentication().AuthenticatorData(withCredential: false), 0]));

    [Fact]
    public void Verify_AssertionWithCredential_IsRefused()
    {
        var fixture = Fixture.OfAuthentication();
        Refused.At(7, Fido2ErrorCodes.AttestedDataUnexpected, new AuthenticationVerifier().Verify(fixture.Authentication, fixture.AuthenticationJson(withCredential: true).ToJsonString()));
    }

    [Fact]
    public void Verify_ClientDataNotJson_IsRefused() => Refuse(9, Fido2ErrorCodes.ClientDataMalformed, fixture => fixture.ClientData = "{"u8.ToArray());

    [Fact]
    public void Verify_TypeOfRegistration_IsRefused() => Refuse(10, Fido2ErrorCodes.ClientDataType, fixture => fixture.Type = "webauthn.create");

    [Fact]
    public void Verify_OtherChallenge_IsRefused() => Refuse(11, Fido2ErrorCodes.ChallengeMismatch, fixture => fixture.Challenge[0] ^= 1);

    [Fact]
    public void Challenge_Empty_IsMisuse() => Assert.Throws<ArgumentException>(() => Fixture.OfAuthentication().Authentication with { Challenge = default });

    [Fact]
    public void Verify_OtherOrigin_IsRefused() => Refuse(12, Fido2ErrorCodes.OriginUnexpected, fixture => fixture.Origin = "https://clinic.example.attacker.example");

    [Fact]
    public void Verify_CrossOrigin_IsRefused() => Refuse(13, Fido2ErrorCodes.CrossOriginUnexpected, fixture => fixture.CrossOrigin = true);

    [Fact]
    public void Verify_TopOriginUnknown_IsRefused() => Refuse(
        14,
        Fido2ErrorCodes.TopOriginUnexpected,
        fixture => (fixture.CrossOrigin, fixture.TopOrigin) = (true, "https://other.example"),
        expected => expected with { AllowCrossOrigin = true, TopOrigins = ["https://portal.example"] });

    [Fact]
    public void Verify_OtherRpId_IsRefused() => Refuse(15, Fido2ErrorCodes.RpIdHashMismatch, fixture => fixture.RpId = "other.example");

    [Fact]
    public void Verify_AppIdThatWasAskedAndUsed_IsAccepted()
    {
        var evidence = Accept(UseAppId, expected => expected with { AppId = AppId });
        Assert.True(evidence.UsedAppId);
        Assert.True(evidence.ClientExtensions.AppId);
    }

    [Fact]
    public void Verify_AppIdThatWasNotAsked_IsRefused() => Refuse(15, Fido2ErrorCodes.RpIdHashMismatch, UseAppId);

    [Fact]
    public void Verify_HashOfAppIdWithoutItsOutput_IsRefused() => Refuse(
        15, Fido2ErrorCodes.RpIdHashMismatch, fixture => fixture.HashedName = AppId, expected => expected with { AppId = AppId });

    [Fact]
    public void Verify_HashOfAppIdWithOutputFalse_IsRefused() => Refuse(
        15,
        Fido2ErrorCodes.RpIdHashMismatch,
        fixture => (fixture.HashedName, fixture.ClientExtensions) = (AppId, new JsonObject { ["appid"] = false }),
        expected => expected with { AppId = AppId });

    [Fact]
    public void Verify_HashOfRpIdWithOutputTrue_IsRefused() => Refuse(
        15, Fido2ErrorCodes.RpIdHashMismatch, fixture => fixture.ClientExtensions = new JsonObject { ["appid"] = true }, expected => expected with { AppId = AppId });

    [Fact]
    public void Verify_WithoutPresence_IsRefused() => Refuse(16, Fido2ErrorCodes.UserNotPresent, fixture => fixture.Flags &= ~AuthenticatorDataFlags.UserPresent);

    [Fact]
    public void Verify_WithoutUserVerification_IsRefusedWhereRequired() => Refuse(17, Fido2ErrorCodes.UserNotVerified, fixture => fixture.Flags &= ~AuthenticatorDataFlags.UserVerified);

    [Theory]
    [InlineData(UserVerificationRequirement.Preferred)]
    [InlineData(UserVerificationRequirement.Discouraged)]
    public void Verify_WithoutUserVerification_IsAcceptedWhereNotRequired(UserVerificationRequirement requirement) =>
        Assert.False(Accept(fixture => fixture.Flags &= ~AuthenticatorDataFlags.UserVerified, expected => expected with { UserVerification = requirement }).UserVerified);

    [Fact]
    public void Verify_BackupStateWithoutEligibility_IsRefused() => Refuse(18, Fido2ErrorCodes.BackupStateWithoutEligibility, fixture => fixture.Flags |= AuthenticatorDataFlags.BackupState);

    [Theory]
    [InlineData(true, AuthenticatorDataFlags.None)]
    [InlineData(false, AuthenticatorDataFlags.BackupEligible)]
    public void Verify_BackupEligibilityChanged_IsRefused(bool stored, AuthenticatorDataFlags flags) => Refuse(
        19,
        Fido2ErrorCodes.BackupEligibilityChanged,
        fixture => fixture.Flags |= flags,
        expected => expected with { Credential = expected.Credential with { BackupEligible = stored } });

    [Theory]
    [InlineData(AuthenticatorDataFlags.None)]
    [InlineData(AuthenticatorDataFlags.BackupEligible)]
    public void Verify_BackupEligibilityNotStored_IsNotCompared(AuthenticatorDataFlags flags) => Accept(
        fixture => fixture.Flags |= flags, expected => expected with { Credential = expected.Credential with { BackupEligible = null } });

    [Fact]
    public void Verify_BackedUpNow_UpdatesRecord()
    {
        var evidence = Accept(
            fixture => fixture.Flags |= AuthenticatorDataFlags.BackupEligible | AuthenticatorDataFlags.BackupState,
            expected => expected with { Credential = expected.Credential with { BackupEligible = true } });
        Assert.True(evidence.BackupState);
        Assert.True(evidence.Update().BackupState);
        Assert.False(evidence.Credential.BackupState);
    }

    [Fact]
    public void Verify_EligibleCredential_IsRefusedByPolicy() => Refuse(
        19,
        Fido2ErrorCodes.BackupEligibilityRefused,
        fixture => fixture.Flags |= AuthenticatorDataFlags.BackupEligible,
        expected => expected with { Backup = BackupPolicy.RequireDeviceBound, Credential = expected.Credential with { BackupEligible = true } });

    [Fact]
    public void Verify_NotBackedUp_IsRefusedByPolicy() => Refuse(
        19,
        Fido2ErrorCodes.BackupStateRefused,
        fixture => fixture.Flags |= AuthenticatorDataFlags.BackupEligible,
        expected => expected with { Backup = BackupPolicy.RequireBackedUp, Credential = expected.Credential with { BackupEligible = true } });

    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(-1)]
    public void Verify_ChangedSignature_IsRefused(int index) => Refuse(21, Fido2ErrorCodes.SignatureInvalid, json => Flip(json, "signature", index));

    [Fact]
    public void Verify_EmptySignature_IsRefused() => Refuse(21, Fido2ErrorCodes.SignatureInvalid, json => json["response"]!["signature"] = string.Empty);

    [Fact]
    public void Verify_SignatureInOtherLayout_IsRefused() => Refuse(21, Fido2ErrorCodes.SignatureInvalid, json => json["response"]!["signature"] = StrictBase64Url.Encode(new byte[64]));

    [Fact]
    public void Verify_ChangedCounter_IsRefused() => Refuse(21, Fido2ErrorCodes.SignatureInvalid, json => Flip(json, "authenticatorData", 36));

    [Fact]
    public void Verify_ClientDataWithOtherWhiteSpace_IsRefused() => Refuse(21, Fido2ErrorCodes.SignatureInvalid, json =>
        json["response"]!["clientDataJSON"] = StrictBase64Url.Encode([.. Fixture.OfAuthentication().ClientDataJson(), (byte)' ']));

    [Fact]
    public void Verify_KeyOfOtherCredential_IsRefused()
    {
        var other = new Fixture().PublicKey;
        Refuse(21, Fido2ErrorCodes.SignatureInvalid, (Fixture _) => { }, expected => expected with { Credential = expected.Credential with { PublicKey = other } });
    }

    [Theory]
    [InlineData(-35)]
    [InlineData(-257)]
    [InlineData(-65535)]
    [InlineData(0)]
    public void Verify_AlgorithmOfOtherKey_IsRefused(long algorithm) => Refuse(
        21, Fido2ErrorCodes.AlgorithmNotAllowed, (Fixture _) => { }, expected => expected with { Credential = expected.Credential with { Algorithm = algorithm } });

    [Fact]
    public void Verify_UnreadableStoredKey_IsRefused() => Refuse(
        21, CryptographyErrorCodes.CborMalformed, (Fixture _) => { }, expected => expected with { Credential = expected.Credential with { PublicKey = new byte[] { 0xA5 } } });

    [Theory]
    [InlineData(0u, 0u, CounterVerdict.NotSupported)]
    [InlineData(0u, 1u, CounterVerdict.Advanced)]
    [InlineData(1u, 0u, CounterVerdict.NotAdvanced)]
    [InlineData(5u, 5u, CounterVerdict.NotAdvanced)]
    [InlineData(5u, 4u, CounterVerdict.NotAdvanced)]
    [InlineData(uint.MaxValue - 1, uint.MaxValue, CounterVerdict.Advanced)]
    [InlineData(uint.MaxValue, uint.MaxValue, CounterVerdict.NotAdvanced)]
    public void Verify_Counter_IsReportedOrRefused(uint stored, uint received, CounterVerdict verdict)
    {
        var fixture = Fixture.OfAuthentication();
        fixture.SignCount = received;
        var expected = fixture.Authentication with { Credential = fixture.Record with { SignCount = stored } };
        var reported = fixture.Authenticate(expected);
        Assert.True(reported.Succeeded, reported.ToString());
        Assert.Equal(verdict, reported.Evidence.CounterVerdict);
        Assert.Equal(verdict == CounterVerdict.NotAdvanced, reported.Evidence.CloneSuspected);
        Assert.Equal(Math.Max(stored, received), reported.Evidence.Update().SignCount);
        var strict = fixture.Authenticate(expected with { Counter = CounterPolicy.Refuse });
        if (verdict == CounterVerdict.NotAdvanced)
        {
            Refused.At(22, Fido2ErrorCodes.CounterNotAdvanced, strict);
        }
        else
        {
            Assert.True(strict.Succeeded);
        }
    }

    [Fact]
    public void Verify_MalformedOutputOfAppId_IsRefused() => Refuse(
        23, Fido2ErrorCodes.ExtensionMalformed, fixture => fixture.ClientExtensions = new JsonObject { ["appid"] = "true" }, expected => expected with { AppId = AppId });

    [Fact]
    public void Verify_UnsolicitedExtension_IsRefusedByPolicy() => Refuse(
        23,
        Fido2ErrorCodes.ExtensionUnsolicited,
        fixture => fixture.ClientExtensions = new JsonObject { ["uvm"] = new JsonArray() },
        expected => expected with { UnsolicitedExtensions = UnsolicitedExtensions.Refuse });

    [Theory]
    [InlineData(false, false, true, false)]
    [InlineData(false, true, true, true)]
    [InlineData(false, true, false, false)]
    [InlineData(true, false, false, true)]
    public void Update_UvInitialized_GoesUpByExplicitDecisionOnly(bool stored, bool confirm, bool verified, bool expectedValue)
    {
        var evidence = Accept(
            fixture => fixture.Flags = AuthenticatorDataFlags.UserPresent | (verified ? AuthenticatorDataFlags.UserVerified : AuthenticatorDataFlags.None),
            expected => expected with { UserVerification = UserVerificationRequirement.Preferred, Credential = expected.Credential with { UvInitialized = stored } });
        Assert.Equal(expectedValue, evidence.Update(confirm).UvInitialized);
    }

    private static void UseAppId(Fixture fixture) => (fixture.HashedName, fixture.ClientExtensions) = (AppId, new JsonObject { ["appid"] = true });

    private static void Flip(JsonObject json, string member, int index)
    {
        Assert.True(StrictBase64Url.TryDecode(json["response"]![member]!.GetValue<string>().AsSpan(), out var bytes));
        bytes[index < 0 ? bytes.Length + index : index] ^= 1;
        json["response"]![member] = StrictBase64Url.Encode(bytes);
    }

    private static AuthenticationEvidence Accept(Action<Fixture> change, Func<AuthenticationExpectations, AuthenticationExpectations>? expect = null)
    {
        var fixture = Fixture.OfAuthentication();
        change(fixture);
        var verification = fixture.Authenticate(expect?.Invoke(fixture.Authentication));
        Assert.True(verification.Succeeded, verification.ToString());
        return verification.Evidence;
    }

    private static void Refuse(int step, string code, Action<Fixture> change, Func<AuthenticationExpectations, AuthenticationExpectations>? expect = null)
    {
        var fixture = Fixture.OfAuthentication();
        change(fixture);
        Refused.At(step, code, fixture.Authenticate(expect?.Invoke(fixture.Authentication)));
    }

    private static void Refuse(int step, string code, Action<JsonObject> change)
    {
        var fixture = Fixture.OfAuthentication();
        var json = fixture.AuthenticationJson();
        change(json);
        Refused.At(step, code, new AuthenticationVerifier().Verify(fixture.Authentication, json.ToJsonString()));
    }
}
