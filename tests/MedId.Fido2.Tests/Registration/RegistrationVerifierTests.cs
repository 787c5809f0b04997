using System.Text;
using System.Text.Json.Nodes;
using MedId.Cryptography;

namespace MedId.Fido2.Tests;

public sealed class RegistrationVerifierTests
{
    [Fact]
    public void Verify_ValidResponse_GivesRecordAndSteps()
    {
        var fixture = new Fixture { SignCount = 7 };
        var verification = fixture.Register();
        Assert.True(verification.Succeeded, verification.ToString());
        var record = verification.Evidence.Credential;
        Assert.Equal(fixture.CredentialId, record.Id.ToArray());
        Assert.Equal(fixture.PublicKey, record.PublicKey.ToArray());
        Assert.Equal(-7, record.Algorithm);
        Assert.Equal(7u, record.SignCount);
        Assert.True(record.UvInitialized);
        Assert.False(record.BackupEligible);
        Assert.False(record.BackupState);
        Assert.Equal(["internal", "hybrid"], record.Transports);
        Assert.Equal(fixture.UserHandle, record.UserHandle!.Value.ToArray());
        Assert.Equal("clinic.example", record.RpId);
        Assert.Equal("none", record.AttestationFormat);
        Assert.Null(record.AttestationObject);
        Assert.Null(record.AttestationClientDataJson);
        Assert.Equal(Fixture.Now, record.RegisteredAt);
        Assert.Equal(Enumerable.Range(1, 29), verification.Steps.Select(step => step.Number));
        Assert.Equal(
            [1, 2, 26, 29],
            verification.Steps.Where(step => step.Outcome == StepOutcome.CallersDuty).Select(step => step.Number));
        Assert.Equal(
            [11, 18, 19, 23, 28],
            verification.Steps.Where(step => step.Outcome == StepOutcome.NotApplicable).Select(step => step.Number));
        Assert.Equal("WebAuthn L3 §7.1 step 14", verification.Steps[13].Section);
    }

    [Fact]
    public void Verify_WithKeepAttestation_KeepsWhatWasReceived()
    {
        var fixture = new Fixture();
        var record = fixture.Register(fixture.Registration with { KeepAttestation = true }).Evidence!.Credential;
        Assert.Equal(fixture.AttestationObject(), record.AttestationObject!.Value.ToArray());
        Assert.Equal(fixture.ClientDataJson(), record.AttestationClientDataJson!.Value.ToArray());
    }

    [Fact]
    public void Verify_OtherCredentialType_IsRefused() => Refuse(3, Fido2ErrorCodes.CredentialType, json => json["type"] = "password");

    [Fact]
    public void Verify_IdOtherThanRawId_IsRefused() => Refuse(3, Fido2ErrorCodes.CredentialIdMismatch, json => json["id"] = "AAAA");

    [Theory]
    [InlineData("id")]
    [InlineData("rawId")]
    [InlineData("type")]
    [InlineData("response")]
    public void Verify_MissingMember_IsRefused(string member) => Refuse(3, Fido2ErrorCodes.ResponseMalformed, json => json.Remove(member));

    [Theory]
    [InlineData("clientDataJSON")]
    [InlineData("attestationObject")]
    public void Verify_MissingMemberOfResponse_IsRefused(string member) => Refuse(3, Fido2ErrorCodes.ResponseMalformed, json => json["response"]!.AsObject().Remove(member));

    [Fact]
    public void Verify_ClientDataNotJson_IsRefused() => Refuse(6, Fido2ErrorCodes.ClientDataMalformed, fixture => fixture.ClientData = "{"u8.ToArray());

    [Fact]
    public void Verify_TypeOfAuthentication_IsRefused() => Refuse(7, Fido2ErrorCodes.ClientDataType, fixture => fixture.Type = "webauthn.get");

    [Fact]
    public void Verify_OtherChallenge_IsRefused() => Refuse(8, Fido2ErrorCodes.ChallengeMismatch, fixture => fixture.Challenge[^1] ^= 1);

    [Fact]
    public void Verify_PaddedChallenge_IsRefused() => Refuse(8, Fido2ErrorCodes.ChallengeMismatch, fixture =>
        fixture.ClientData = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(fixture.ClientDataJson()).Replace("\",\"origin\"", "=\",\"origin\"", StringComparison.Ordinal)));

    [Theory]
    [InlineData("https://clinic.example.attacker.example")]
    [InlineData("http://clinic.example")]
    [InlineData("https://clinic.example:8443")]
    [InlineData("https://clinic.example/")]
    [InlineData("https://CLINIC.example")]
    public void Verify_OtherOrigin_IsRefused(string origin) => Refuse(9, Fido2ErrorCodes.OriginUnexpected, fixture => fixture.Origin = origin);

    [Fact]
    public void Verify_SecondOrigin_IsAccepted() => Accept(fixture => fixture.Origin = "https://app.clinic.example");

    [Fact]
    public void Verify_AndroidOrigin_IsAcceptedWhereExpected()
    {
        var origin = AndroidOrigin.FromCertificateHash(new byte[32]);
        var fixture = new Fixture { Origin = origin };
        Refused.At(9, Fido2ErrorCodes.OriginUnexpected, fixture.Register());
        var verification = fixture.Register(fixture.Registration with { Origins = [origin] });
        Assert.True(verification.Succeeded, verification.ToString());
    }

    [Fact]
    public void Verify_CrossOrigin_IsRefused() => Refuse(10, Fido2ErrorCodes.CrossOriginUnexpected, fixture => fixture.CrossOrigin = true);

    [Fact]
    public void Verify_CrossOriginWhereAllowed_IsAccepted() => Accept(fixture => fixture.CrossOrigin = true, expected => expected with { AllowCrossOrigin = true });

    [Fact]
    public void Verify_TopOriginUnknown_IsRefused() => Refuse(
        11,
        Fido2ErrorCodes.TopOriginUnexpected,
        fixture => (fixture.CrossOrigin, fixture.TopOrigin) = (true, "https://other.example"),
        expected => expected with { AllowCrossOrigin = true, TopOrigins = ["https://portal.example"] });

    [Fact]
    public void Verify_TopOriginWithoutCrossOrigin_IsRefused() => Refuse(
        11,
        Fido2ErrorCodes.TopOriginUnexpected,
        fixture => (fixture.CrossOrigin, fixture.TopOrigin) = (false, "https://portal.example"),
        expected => expected with { AllowCrossOrigin = true, TopOrigins = ["https://portal.example"] });

    [Fact]
    public void Verify_TopOriginWhereExpected_IsAccepted() => Accept(
        fixture => (fixture.CrossOrigin, fixture.TopOrigin) = (true, "https://portal.example"),
        expected => expected with { AllowCrossOrigin = true, TopOrigins = ["https://portal.example"] });

    [Fact]
    public void Verify_AttestationObjectWithTrailingByte_IsRefused() => Refuse(
        13,
        CryptographyErrorCodes.CborTrailingBytes,
        json => json["response"]!["attestationObject"] = StrictBase64Url.Encode([.. new Fixture().AttestationObject(), 0]));

    [Fact]
    public void Verify_CredentialIdOtherThanInAuthenticatorData_IsRefused() => Refuse(13, Fido2ErrorCodes.CredentialIdMismatch, json => (json["id"], json["rawId"]) = ("AAAA", "AAAA"));

    [Fact]
    public void Verify_OtherRpId_IsRefused() => Refuse(14, Fido2ErrorCodes.RpIdHashMismatch, fixture => fixture.RpId = "other.example");

    [Fact]
    public void Verify_HashOfAppId_IsRefused() => Refuse(
        14,
        Fido2ErrorCodes.RpIdHashMismatch,
        fixture => (fixture.HashedName, fixture.ClientExtensions) = ("https://clinic.example/appid", new JsonObject { ["appidExclude"] = true }),
        expected => expected with { AppId = "https://clinic.example/appid" });

    [Fact]
    public void Verify_WithoutPresence_IsRefused() => Refuse(15, Fido2ErrorCodes.UserNotPresent, fixture => fixture.Flags &= ~AuthenticatorDataFlags.UserPresent);

    [Fact]
    public void Verify_WithoutPresenceAfterConditionalCreate_IsAccepted() => Accept(
        fixture => fixture.Flags &= ~AuthenticatorDataFlags.UserPresent, expected => expected with { ConditionalCreate = true });

    [Fact]
    public void Verify_WithoutUserVerification_IsRefusedWhereRequired() => Refuse(16, Fido2ErrorCodes.UserNotVerified, fixture => fixture.Flags &= ~AuthenticatorDataFlags.UserVerified);

    [Theory]
    [InlineData(UserVerificationRequirement.Preferred)]
    [InlineData(UserVerificationRequirement.Discouraged)]
    public void Verify_WithoutUserVerification_IsAcceptedWhereNotRequired(UserVerificationRequirement requirement)
    {
        var evidence = Accept(fixture => fixture.Flags &= ~AuthenticatorDataFlags.UserVerified, expected => expected with { UserVerification = requirement });
        Assert.False(evidence.UserVerified);
        Assert.False(evidence.Credential.UvInitialized);
    }

    [Fact]
    public void Verify_BackupStateWithoutEligibility_IsRefused() => Refuse(17, Fido2ErrorCodes.BackupStateWithoutEligibility, fixture => fixture.Flags |= AuthenticatorDataFlags.BackupState);

    [Theory]
    [InlineData(BackupPolicy.RequireDeviceBound, AuthenticatorDataFlags.BackupEligible)]
    [InlineData(BackupPolicy.RequireEligible, AuthenticatorDataFlags.None)]
    [InlineData(BackupPolicy.RequireBackedUp, AuthenticatorDataFlags.None)]
    public void Verify_OtherBackupEligibility_IsRefusedByPolicy(BackupPolicy policy, AuthenticatorDataFlags flags) =>
        Refuse(18, Fido2ErrorCodes.BackupEligibilityRefused, fixture => fixture.Flags |= flags, expected => expected with { Backup = policy });

    [Fact]
    public void Verify_NotBackedUp_IsRefusedByPolicy() => Refuse(
        19, Fido2ErrorCodes.BackupStateRefused, fixture => fixture.Flags |= AuthenticatorDataFlags.BackupEligible, expected => expected with { Backup = BackupPolicy.RequireBackedUp });

    [Theory]
    [InlineData(BackupPolicy.RequireDeviceBound, AuthenticatorDataFlags.None)]
    [InlineData(BackupPolicy.RequireEligible, AuthenticatorDataFlags.BackupEligible)]
    [InlineData(BackupPolicy.RequireBackedUp, AuthenticatorDataFlags.BackupEligible | AuthenticatorDataFlags.BackupState)]
    public void Verify_BackupAsPolicyAsks_IsAccepted(BackupPolicy policy, AuthenticatorDataFlags flags) =>
        Accept(fixture => fixture.Flags |= flags, expected => expected with { Backup = policy });

    [Fact]
    public void Verify_AlgorithmNotOffered_IsRefused() => Refuse(20, Fido2ErrorCodes.AlgorithmNotAllowed, (Fixture _) => { }, expected => expected with { Algorithms = [-257, -8] });

    [Fact]
    public void Verify_AlgorithmForbiddenByPolicy_IsRefused() => Refuse(
        20,
        Fido2ErrorCodes.AlgorithmNotAllowed,
        (Fixture _) => { },
        expected => expected with { AlgorithmPolicy = AlgorithmPolicy.Default.Forbid(SignatureUse.WebAuthnAssertion, SignatureAlgorithm.EcdsaP256Der) });

    [Theory]
    [InlineData(-48, 1312)]
    [InlineData(-49, 1952)]
    [InlineData(-50, 2592)]
    public void Verify_MlDsaKey_IsRefusedByNameWhereThePlatformLacksIt(int algorithm, int length)
    {
        var fixture = new Fixture { OtherPublicKey = [0xA3, 0x01, 0x07, 0x03, 0x38, (byte)(-1 - algorithm), 0x20, 0x59, (byte)(length >> 8), (byte)length, .. new byte[length]] };
        var verification = fixture.Register(fixture.Registration with { Algorithms = [algorithm] });
        if (System.Security.Cryptography.MLDsa.IsSupported)
        {
            Assert.Equal(algorithm, verification.Evidence?.Credential.Algorithm);
        }
        else
        {
            Refused.At(13, CryptographyErrorCodes.AlgorithmUnsupportedHere, verification);
            Assert.Contains($"ML-DSA-{(algorithm == -48 ? 44 : algorithm == -49 ? 65 : 87)}", verification.Error!.Detail, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public void Verify_UnknownFormat_IsRefused() => Refuse(21, Fido2ErrorCodes.AttestationFormatUnknown, fixture => fixture.Format = "nonesuch");

    [Fact]
    public void Verify_StatementWithMembersOfFormatNone_IsRefused() => Refuse(22, Fido2ErrorCodes.AttestationStatementMalformed, fixture => fixture.Statement = [0xA1, 0x61, (byte)'a', 0x01]);

    [Fact]
    public void Verify_NoAttestation_IsRefusedWherePolicyAsksForOne() => Refuse(
        24, Fido2ErrorCodes.AttestationNoneNotAccepted, (Fixture _) => { }, expected => expected with { Attestation = new() { AcceptSelf = true } });

    [Theory]
    [InlineData(1)]
    [InlineData(1023)]
    public void Verify_CredentialIdWithinLimit_IsAccepted(int length) => Accept(fixture => fixture.CredentialId = Filled(length));

    [Fact]
    public void Verify_CredentialIdOf1024Bytes_IsRefused() => Refuse(25, Fido2ErrorCodes.CredentialIdTooLong, fixture => fixture.CredentialId = Filled(1024));

    [Fact]
    public void Verify_KnownCredentialId_IsRefused()
    {
        var id = new Fixture().CredentialId;
        Refuse(26, Fido2ErrorCodes.CredentialAlreadyRegistered, (Fixture _) => { }, expected => expected with { KnownCredentialIds = [new byte[] { 1 }, id] });
    }

    [Fact]
    public void Verify_CredentialIdThatTheCallerKnows_IsRefused()
    {
        var id = new Fixture().CredentialId;
        Refuse(
            26, Fido2ErrorCodes.CredentialAlreadyRegistered, (Fixture _) => { }, expected => expected with { IsRegistered = asked => asked.Span.SequenceEqual(id) });
    }

    [Fact]
    public void Verify_UnknownCredentialId_PassesStep26()
    {
        var fixture = new Fixture();
        var verification = fixture.Register(fixture.Registration with { IsRegistered = _ => false });
        Assert.Equal(StepOutcome.Passed, verification.Steps[25].Outcome);
        Assert.True(verification.Succeeded);
    }

    [Fact]
    public void Verify_MalformedOutputOfRequestedExtension_IsRefused() => Refuse(
        28,
        Fido2ErrorCodes.ExtensionMalformed,
        fixture => fixture.ClientExtensions = new JsonObject { ["credProps"] = 1 },
        expected => expected with { RequestedExtensions = [ExtensionNames.CredProps] });

    [Fact]
    public void Verify_UnsolicitedExtension_IsRefusedByPolicy() => Refuse(
        28,
        Fido2ErrorCodes.ExtensionUnsolicited,
        fixture => fixture.ClientExtensions = new JsonObject { ["credProps"] = new JsonObject { ["rk"] = true } },
        expected => expected with { UnsolicitedExtensions = UnsolicitedExtensions.Refuse });

    [Fact]
    public void Verify_WithKeyCache_FillsIt()
    {
        var fixture = new Fixture();
        var keys = new PublicKeyCache();
        new RegistrationVerifier(keys).Verify(fixture.Registration, fixture.RegistrationJson().ToJsonString());
        Assert.Equal(1, keys.Count);
    }

    private static byte[] Filled(int length)
    {
        var bytes = new byte[length];
        Array.Fill(bytes, (byte)0x5A);
        return bytes;
    }

    private static RegistrationEvidence Accept(Action<Fixture> change, Func<RegistrationExpectations, RegistrationExpectations>? expect = null)
    {
        var fixture = new Fixture();
        change(fixture);
        var verification = fixture.Register(expect?.Invoke(fixture.Registration));
        Assert.True(verification.Succeeded, verification.ToString());
        return verification.Evidence;
    }

    private static void Refuse(int step, string code, Action<Fixture> change, Func<RegistrationExpectations, RegistrationExpectations>? expect = null)
    {
        var fixture = new Fixture();
        change(fixture);
        Refused.At(step, code, fixture.Register(expect?.Invoke(fixture.Registration)));
    }

    private static void Refuse(int step, string code, Action<JsonObject> change)
    {
        var fixture = new Fixture();
        var json = fixture.RegistrationJson();
        change(json);
        Refused.At(step, code, new RegistrationVerifier().Verify(fixture.Registration, json.ToJsonString()));
    }
}
