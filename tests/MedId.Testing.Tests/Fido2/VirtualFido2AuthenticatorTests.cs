using System.Buffers.Text;
using System.Text.Json.Nodes;
using MedId.Fido2;

namespace MedId.Testing.Tests;

/// <summary>What behaves is accepted, with what it says.</summary>
public class VirtualFido2AuthenticatorTests
{
    public static TheoryData<int> Algorithms => [.. VirtualFido2Authenticator.SupportedAlgorithms];

    [Theory]
    [MemberData(nameof(Algorithms))]
    public void Authenticator_EveryAlgorithm_RegistersAndSignsIn(int algorithm)
    {
        var ceremony = new LabCeremony(new() { Format = VirtualFido2Format.PackedSelf }) { Algorithm = algorithm };
        var credential = ceremony.Registered();
        Assert.Equal(algorithm, credential.Algorithm);
        Assert.Equal(ceremony.Authenticator.Credentials[0].PublicKey.ToArray(), credential.PublicKey.ToArray());

        var result = ceremony.SignIn(credential);

        Assert.True(result.Succeeded, result.ToString());
        Assert.Equal(1u, result.Evidence.SignCount);
        Assert.Equal("fido2.signature_invalid", ceremony.SignIn(result.Evidence.Update(), Fido2Fault.ForeignKey).Error?.Code);
    }

    [Theory]
    [InlineData(VirtualFido2Format.Tpm, -257, TestKeyKind.P256)]
    [InlineData(VirtualFido2Format.Tpm, -35, TestKeyKind.P384)]
    [InlineData(VirtualFido2Format.Tpm, -36, TestKeyKind.Rsa2048)]
    [InlineData(VirtualFido2Format.Packed, -257, TestKeyKind.P521)]
    [InlineData(VirtualFido2Format.Packed, -8, TestKeyKind.Rsa2048)]
    [InlineData(VirtualFido2Format.AndroidKey, -257, TestKeyKind.P256)]
    [InlineData(VirtualFido2Format.Apple, -35, TestKeyKind.P256)]
    [InlineData(VirtualFido2Format.AndroidSafetyNet, -257, TestKeyKind.P256)]
    public void Authenticator_FormatAndKeys_AreTrusted(VirtualFido2Format format, int algorithm, TestKeyKind attestation)
    {
        var result = new LabCeremony(new() { Format = format, AttestationKey = attestation }) { Algorithm = algorithm }.Register();

        Assert.True(result.Succeeded, result.ToString());
        Assert.True(result.Evidence.Trust.IsTrusted);
    }

    [Fact]
    public void Tpm_Sha1_IsRefusedUnlessPolicySaysSoLoudly()
    {
        var ceremony = new LabCeremony(new() { Format = VirtualFido2Format.Tpm, TpmUsesSha1 = true }) { Algorithm = -257 };
        Assert.Equal(Fido2ErrorCodes.AttestationAlgorithmNotAllowed, ceremony.Register().Error?.Code);

        ceremony.Registration = expectations => expectations with
        {
            AlgorithmPolicy = expectations.AlgorithmPolicy.DangerouslyAllowWeak(
                Cryptography.SignatureUse.WebAuthnAttestation, Cryptography.SignatureAlgorithm.RsaSha1, DateTimeOffset.MaxValue),
        };
        var result = ceremony.Register();

        Assert.True(result.Succeeded, result.ToString());
        Assert.True(result.Evidence.Statement.UsedWeakAlgorithm);
    }

    [Fact]
    public void Compound_WithAMinimumOfOne_GoesOnWithABrokenPart()
    {
        var ceremony = new LabCeremony(new() { Format = VirtualFido2Format.Compound, CompoundFormats = [VirtualFido2Format.Packed, VirtualFido2Format.AndroidKey, VirtualFido2Format.PackedSelf] });
        Assert.True(ceremony.Register().Succeeded);
        ceremony.Rules = ceremony.Rules with { CompoundMinimum = 1 };

        var result = ceremony.Register(Fido2Fault.CompoundPartBroken);

        Assert.True(result.Succeeded, result.ToString());
        Assert.Single(result.Evidence.Statement.RefusedMembers);
    }

    [Fact]
    public void Compound_OfTrustedParts_IsTrusted()
    {
        var result = new LabCeremony(new() { Format = VirtualFido2Format.Compound, CompoundFormats = [VirtualFido2Format.Packed, VirtualFido2Format.AndroidKey, VirtualFido2Format.Tpm] }).Register();

        Assert.True(result.Evidence!.Trust.IsTrusted);
        Assert.Equal(3, result.Evidence.Trust.Members.Count);
    }

    [Fact]
    public void Flags_BackupAndVerification_AreWhatTheOptionsSay()
    {
        var ceremony = new LabCeremony(new() { BackupEligible = true, UserVerified = false });
        ceremony.Registration = expectations => expectations with { UserVerification = UserVerificationRequirement.Preferred };
        ceremony.Authentication = expectations => expectations with { UserVerification = UserVerificationRequirement.Preferred };
        var credential = ceremony.Registered();
        Assert.Equal((true, false, false), (credential.BackupEligible, credential.BackupState, credential.UvInitialized));

        ceremony.Authenticator.BackedUp = true;
        var evidence = ceremony.SignIn(credential).Evidence!;

        Assert.Equal((true, true, false), (evidence.BackupEligible, evidence.BackupState, evidence.UserVerified));
    }

    [Fact]
    public void Counter_OfAnAuthenticatorWithoutOne_IsAlwaysZeroAndSaysNothing()
    {
        var ceremony = new LabCeremony(new() { HasCounter = false });
        var credential = ceremony.Registered();

        Assert.Equal(CounterVerdict.NotSupported, ceremony.SignIn(credential).Evidence!.CounterVerdict);
        Assert.Equal(0u, ceremony.Authenticator.Counter);
    }

    [Fact]
    public void ConditionalCreate_HasNoPresence_AndIsTakenWhereItWasAskedFor()
    {
        var ceremony = new LabCeremony { Client = RelyingParty.Client with { Conditional = true } };
        ceremony.Registration = expectations => expectations with { UserVerification = UserVerificationRequirement.Preferred };
        Assert.Equal(Fido2ErrorCodes.UserNotPresent, ceremony.Register().Error?.Code);

        ceremony.Registration = expectations => expectations with { ConditionalCreate = true, UserVerification = UserVerificationRequirement.Preferred };

        Assert.True(ceremony.Register().Succeeded);
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("https://portal.example", true)]
    [InlineData("https://elsewhere.example", false)]
    public void Frame_OfAnotherOrigin_IsTakenWhereItIsExpected(string? top, bool accepted)
    {
        var ceremony = new LabCeremony { Client = RelyingParty.Client with { CrossOrigin = true, TopOrigin = top } };
        ceremony.Registration = expectations => expectations with { AllowCrossOrigin = true, TopOrigins = ["https://portal.example"] };

        Assert.Equal(accepted ? null : Fido2ErrorCodes.TopOriginUnexpected, ceremony.Register().Error?.Code);
    }

    [Fact]
    public void NativeOrigin_OfAnAndroidApp_IsComparedExactly()
    {
        const string app = "android:apk-key-hash:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";
        var ceremony = new LabCeremony { Client = new(app) };
        var credential = ceremony.Registered();
        Assert.True(ceremony.SignIn(credential).Succeeded);

        ceremony.Authentication = expectations => expectations with { Origins = [app[..^1] + "E"] };

        Assert.Equal(Fido2ErrorCodes.OriginUnexpected, ceremony.SignIn(credential).Error?.Code);
    }

    [Fact]
    public void Extensions_Outputs_AreReadBack()
    {
        var ceremony = new LabCeremony { Extensions = new() { ["credProps"] = true, ["minPinLength"] = true, ["credentialProtectionPolicy"] = "userVerificationRequired", ["credBlob"] = "AQID", ["largeBlob"] = new JsonObject { ["support"] = "preferred" } } };
        ceremony.Extensions["prf"] = new JsonObject { ["eval"] = new JsonObject { ["first"] = "AQIDBA" } };
        var made = ceremony.Register().Evidence!;
        Assert.Equal((true, true), (made.ClientExtensions.ResidentKey, made.ClientExtensions.LargeBlob?.Supported));
        Assert.Equal((3, true, 4, true), (made.AuthenticatorExtensions.CredentialProtection, made.AuthenticatorExtensions.HmacSecret, made.AuthenticatorExtensions.MinimumPinLength, made.AuthenticatorExtensions.CredentialBlobStored));
        var first = made.ClientExtensions.Prf!.First!.Value.ToArray();
        Assert.Equal(32, first.Length);

        ceremony.Extensions = new() { ["getCredBlob"] = true, ["prf"] = new JsonObject { ["eval"] = new JsonObject { ["first"] = "AQIDBA", ["second"] = "BQYHCA" } }, ["largeBlob"] = new JsonObject { ["write"] = "CQoLDA" } };
        var signed = ceremony.SignIn(made.Credential).Evidence!;
        Assert.Equal([1, 2, 3], signed.AuthenticatorExtensions.CredentialBlob!.Value.ToArray());
        Assert.Equal(first, signed.ClientExtensions.Prf!.First!.Value.ToArray());
        Assert.NotEqual(first, signed.ClientExtensions.Prf.Second!.Value.ToArray());
        Assert.True(signed.ClientExtensions.LargeBlob!.Written);

        ceremony.Extensions = new() { ["largeBlob"] = new JsonObject { ["read"] = true } };
        Assert.Equal([9, 10, 11, 12], ceremony.SignIn(signed.Update()).Evidence!.ClientExtensions.LargeBlob!.Blob!.Value.ToArray());
    }

    [Fact]
    public void U2fToken_AdoptedWithItsRecord_SignsForTheAppIdWhereItIsAskedFor()
    {
        var token = new VirtualU2fToken();
        var made = token.Register(LabCeremony.AppId, RelyingParty.Challenge(), RelyingParty.Origin);
        var point = U2fRegistrationResponse.Parse(made.RegistrationData).Value!.PublicKey;
        var credential = new U2fRegistration { AppId = LabCeremony.AppId, KeyHandle = made.KeyHandle, PublicKey = point }.ToCredentialRecord(RelyingParty.RpId).Value!;
        var ceremony = new LabCeremony(new() { UserVerified = false });
        ceremony.Authenticator.Adopt(token);
        ceremony.Extensions = new() { ["appid"] = LabCeremony.AppId };
        ceremony.Authentication = expectations => expectations with { AppId = LabCeremony.AppId, UserIdentified = true, UserVerification = UserVerificationRequirement.Discouraged };

        var result = ceremony.SignIn(credential);

        Assert.True(result.Succeeded, result.ToString());
        Assert.True(result.Evidence.UsedAppId);
        ceremony.Authentication = expectations => expectations with { UserIdentified = true, UserVerification = UserVerificationRequirement.Discouraged };
        Assert.Equal(Fido2ErrorCodes.RpIdHashMismatch, ceremony.SignIn(credential).Error?.Code);
    }

    [Fact]
    public void Client_RefusesWhatABrowserWould()
    {
        var authenticator = new VirtualFido2Authenticator(new() { UserVerified = false, Algorithms = [-7] });
        var options = RelyingParty.Creation(RelyingParty.Challenge());
        options["authenticatorSelection"]!["userVerification"] = "required";
        Assert.StartsWith("NotAllowedError", Assert.Throws<InvalidOperationException>(() => authenticator.Create(options.ToJsonString(), RelyingParty.Client)).Message, StringComparison.Ordinal);
        Assert.StartsWith("NotSupportedError", Assert.Throws<InvalidOperationException>(() => authenticator.Create(RelyingParty.Creation("AAAA", algorithms: -257).ToJsonString(), RelyingParty.Client)).Message, StringComparison.Ordinal);
        Assert.StartsWith("NotAllowedError", Assert.Throws<InvalidOperationException>(() => authenticator.Get(RelyingParty.Request("AAAA").ToJsonString(), RelyingParty.Client)).Message, StringComparison.Ordinal);
        authenticator.Create(RelyingParty.Creation("AAAA").ToJsonString(), RelyingParty.Client);
        var again = RelyingParty.Creation("AAAA");
        again["excludeCredentials"] = new JsonArray(new JsonObject { ["type"] = "public-key", ["id"] = authenticator.Credentials[0].Id });
        Assert.StartsWith("InvalidStateError", Assert.Throws<InvalidOperationException>(() => authenticator.Create(again.ToJsonString(), RelyingParty.Client)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => authenticator.Create("no json", RelyingParty.Client));
        Assert.True(authenticator.Forget(authenticator.Credentials[0].Id));
        Assert.Empty(authenticator.Credentials);
    }

    [Fact]
    public void CredentialOfOtherAccount_WithoutAListOfAllowedOnes_IsFoundOutByTheUserHandle()
    {
        var ceremony = new LabCeremony();
        var credential = ceremony.Registered();
        ceremony.Authenticator.Create(RelyingParty.Creation(RelyingParty.Challenge()).ToJsonString(), RelyingParty.Client);
        var other = ceremony.Authenticator.Credentials[1];
        ceremony.Authentication = expectations => expectations with
        {
            AllowCredentials = [],

            // The record of the credential that answers, held by mistake against the account that asked.
            Credential = credential with { Id = Base64Url.DecodeFromChars(other.Id), PublicKey = other.PublicKey },
        };

        Assert.Equal(Fido2ErrorCodes.UserHandleMismatch, ceremony.SignIn(credential, Fido2Fault.CredentialOfOtherAccount).Error?.Code);
    }

    [Fact]
    public void Certificates_OfTheModel_AreUnderTheRootThatWasGiven()
    {
        var root = TestAuthority.CreateRoot(TestName.Common("LAB shared root"), new() { Now = TimeProvider.System.GetUtcNow() });
        var ceremony = new LabCeremony(new() { AttestationRoot = root });

        Assert.Equal(root.Certificate.Der, ceremony.Authenticator.AttestationRoot.Der);
        Assert.Equal(root.Certificate.Der, ceremony.Register().Evidence!.Trust.Anchor!.Certificate!.RawData.ToArray());
    }
}
