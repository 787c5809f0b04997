using System.Security.Cryptography;
using System.Text.Json.Nodes;
using MedId.Core;
using MedId.Cryptography;
using MedId.Fido.Metadata;
using MedId.Pki;
using MedId.Testing;

namespace MedId.Fido2.Tests;

public sealed class U2fVerifierTests
{
    private readonly U2fScene _scene = new();

    public static TheoryData<U2fFault> RegistrationFaults => Faults(registration: true);

    public static TheoryData<U2fFault> AuthenticationFaults => Faults(registration: false);

    [Fact]
    public void VerifyRegistration_Right_GivesWhatToStore()
    {
        var answer = _scene.Register();
        var evidence = _scene.Verify(answer).Value!;

        Assert.Equal(answer.KeyHandle.ToArray(), evidence.Registration.KeyHandle.ToArray());
        Assert.Equal((U2fScene.AppId, 0u, 65), (evidence.Registration.AppId, evidence.Registration.Counter, evidence.Registration.PublicKey.Length));
        Assert.Equal(U2fTransports.Usb | U2fTransports.Nfc, evidence.Registration.Transports);
        Assert.Equal(_scene.Token.AttestationCertificate.Der, evidence.Registration.AttestationCertificate!.Value.ToArray());
        Assert.Equal(_scene.Token.AttestationCertificate.Sha256, evidence.AttestationCertificate.Sha256);
        Assert.True(evidence.Trust.IsTrusted);
        Assert.Equal(StrictBase64Url.Encode(SHA256.HashData(_scene.Token.AttestationRoot.Key.SubjectPublicKeyInfo)), evidence.Registration.TrustAnchor);
    }

    [Theory]
    [MemberData(nameof(RegistrationFaults))]
    public void VerifyRegistration_TokenThatMisbehaves_IsRefusedByItsCode(U2fFault fault) =>
        Assert.Equal(TestFaultCodes.CodeOf(fault, registration: true), _scene.Verify(_scene.Register(fault)).Error?.Code);

    [Theory]
    [MemberData(nameof(AuthenticationFaults))]
    public void VerifyAuthentication_TokenThatMisbehaves_IsRefusedByItsCode(U2fFault fault)
    {
        var registration = _scene.Registered();
        registration = _scene.Verify(_scene.Authentication(registration), _scene.Sign(registration)).Value!.Registration;

        var answer = _scene.Verify(_scene.Authentication(registration), _scene.Sign(registration, fault));
        Assert.Equal(TestFaultCodes.CodeOf(fault, registration: false), answer.Error?.Code);
    }

    [Theory]
    [InlineData(U2fFault.CutOff, U2fErrorCodes.RegistrationMalformed)]
    [InlineData(U2fFault.TrailingByte, U2fErrorCodes.RegistrationMalformed)]
    [InlineData(U2fFault.PointOffCurve, U2fErrorCodes.KeyMalformed)]
    [InlineData(U2fFault.GarbageCertificate, U2fErrorCodes.CertificateMalformed)]
    [InlineData(U2fFault.LeafOtherCurve, U2fErrorCodes.CertificateMalformed)]
    [InlineData(U2fFault.SignedOtherPublicKey, U2fErrorCodes.AttestationSignatureInvalid)]
    [InlineData(U2fFault.OtherAppId, U2fErrorCodes.AttestationSignatureInvalid)]
    [InlineData(U2fFault.ForeignRoot, Fido2ErrorCodes.AttestationUntrusted)]
    [InlineData(U2fFault.Expired, Fido2ErrorCodes.AttestationUntrusted)]
    [InlineData(U2fFault.ClientDataDuplicateMember, U2fErrorCodes.ClientDataMalformed)]
    [InlineData(U2fFault.OtherType, U2fErrorCodes.ClientDataType)]
    [InlineData(U2fFault.OtherChallenge, U2fErrorCodes.ChallengeMismatch)]
    [InlineData(U2fFault.PaddedChallenge, U2fErrorCodes.ChallengeMismatch)]
    [InlineData(U2fFault.OtherFacet, U2fErrorCodes.FacetUnexpected)]
    [InlineData(U2fFault.HighS, null)]
    [InlineData(U2fFault.ClientDataChannelId, null)]
    public void VerifyRegistration_OneChange_HasItsCode(U2fFault fault, string? code) => Assert.Equal(code, _scene.Verify(_scene.Register(fault)).Error?.Code);

    [Theory]
    [InlineData(U2fFault.CutOff, U2fErrorCodes.SignResponseMalformed)]
    [InlineData(U2fFault.RawSignature, U2fErrorCodes.SignResponseMalformed)]
    [InlineData(U2fFault.OtherKeyHandle, U2fErrorCodes.KeyHandleMismatch)]
    [InlineData(U2fFault.TamperedSignature, U2fErrorCodes.SignatureInvalid)]
    [InlineData(U2fFault.OtherAppId, U2fErrorCodes.SignatureInvalid)]
    [InlineData(U2fFault.NoUserPresence, U2fErrorCodes.UserNotPresent)]
    [InlineData(U2fFault.CounterNotAdvanced, U2fErrorCodes.CounterNotAdvanced)]
    [InlineData(U2fFault.OtherType, U2fErrorCodes.ClientDataType)]
    [InlineData(U2fFault.OtherChallenge, U2fErrorCodes.ChallengeMismatch)]
    [InlineData(U2fFault.OtherFacet, U2fErrorCodes.FacetUnexpected)]
    public void VerifyAuthentication_OneChange_HasItsCode(U2fFault fault, string code)
    {
        var registration = _scene.Registered();
        registration = _scene.Verify(_scene.Authentication(registration), _scene.Sign(registration)).Value!.Registration;
        Assert.Equal(code, _scene.Verify(_scene.Authentication(registration), _scene.Sign(registration, fault)).Error?.Code);
    }

    [Fact]
    public void VerifyAuthentication_Right_AdvancesTheCounter()
    {
        var registration = _scene.Registered();
        var first = _scene.Verify(_scene.Authentication(registration), _scene.Sign(registration)).Value!;
        var second = _scene.Verify(_scene.Authentication(first.Registration), _scene.Sign(registration)).Value!;

        Assert.Equal((1u, 2u), (first.Registration.Counter, second.Registration.Counter));
        Assert.Equal((CounterVerdict.Advanced, true, false), (second.Counter, second.UserPresent, second.CloneSuspected));
    }

    [Fact]
    public void VerifyAuthentication_CounterReported_IsSaidAndNotRefused()
    {
        var registration = _scene.Registered() with { Counter = 100 };
        var evidence = _scene.Verify(_scene.Authentication(registration) with { Counter = CounterPolicy.Report }, _scene.Sign(registration)).Value!;
        Assert.Equal((CounterVerdict.NotAdvanced, true, 1u), (evidence.Counter, evidence.CloneSuspected, evidence.Registration.Counter));
    }

    [Fact]
    public void VerifyAuthentication_CounterOfZeroTwice_IsATokenWithoutOne()
    {
        var registration = _scene.Registered();
        var evidence = _scene.Verify(_scene.Authentication(registration), _scene.Sign(registration, U2fFault.CounterReset)).Value!;
        Assert.Equal(CounterVerdict.NotSupported, evidence.Counter);
    }

    [Fact]
    public void VerifyAuthentication_PresenceNotRequired_IsSaidAndNotRefused()
    {
        var registration = _scene.Registered();
        var evidence = _scene.Verify(_scene.Authentication(registration) with { RequireUserPresence = false }, _scene.Sign(registration, U2fFault.NoUserPresence)).Value!;
        Assert.False(evidence.UserPresent);
    }

    [Theory]
    [InlineData("https://login.clinic.example/")]
    [InlineData("https://LOGIN.clinic.example")]
    [InlineData("https://login.clinic.example:443")]
    [InlineData("http://login.clinic.example")]
    [InlineData("https://clinic.example")]
    public void VerifyRegistration_FacetOtherwiseWritten_IsAnotherFacet(string facet)
    {
        var expected = _scene.Registration with { Facets = [facet] };
        Assert.Equal(U2fErrorCodes.FacetUnexpected, _scene.Verify(_scene.Register(), expected).Error?.Code);
    }

    [Fact]
    public void VerifyRegistration_AndroidFacet_IsAFacet()
    {
        const string Facet = "android:apk-key-hash:LK84ci82ruA6u8SyF26cghsVwZg";
        var answer = _scene.Token.Register(U2fScene.AppId, U2fScene.Base64UrlChallenge, Facet);
        Assert.True(_scene.Verify(answer, _scene.Registration with { Facets = [Facet] }).Succeeded);
    }

    [Fact]
    public void VerifyRegistration_TrustNotAsked_GoesOnWithoutAnchor()
    {
        var expected = _scene.Registration with { Attestation = _scene.Registration.Attestation with { Policy = AttestationTrustPolicy.NotAsked } };
        var evidence = _scene.Verify(_scene.Register(U2fFault.ForeignRoot), expected).Value!;
        Assert.False(evidence.Trust.IsTrusted);
        Assert.Null(evidence.Registration.TrustAnchor);
    }

    [Fact]
    public void VerifyRegistration_MetadataOfTheKey_SayWhoIsTrusted()
    {
        var expected = _scene.Registration with { Attestation = _scene.Registration.Attestation with { Policy = new() { Metadata = Metadata() } } };
        var evidence = _scene.Verify(_scene.Register(), expected).Value!;
        Assert.Equal("LAB U2F token, synthetic", evidence.Trust.Metadata?.Statement?.Description);
        Assert.True(evidence.Trust.IsTrusted);
    }

    [Fact]
    public void VerifyRegistration_ModelRevokedInMetadata_IsRefused()
    {
        var policy = new AttestationTrustPolicy { Metadata = Metadata(new StatusReport { Status = AuthenticatorStatus.Revoked, StatusText = "REVOKED" }) };
        var expected = _scene.Registration with { Attestation = _scene.Registration.Attestation with { Policy = policy } };
        Assert.Equal(Fido2ErrorCodes.AttestationModelStatus, _scene.Verify(_scene.Register(), expected).Error?.Code);
    }

    [Fact]
    public void VerifyRegistration_CertificateThatSaysNothingOfTransports_IsAccepted()
    {
        var certificate = TestAuthority.CreateRoot(TestName.Common("LAB"), new() { Now = U2fScene.Now }).Issue(TestName.Common("LAB"));
        Assert.Equal(U2fTransports.None, U2fTransportsReader.Read(Certificate.Parse(certificate.Der).Value!));
    }

    [Theory]
    [InlineData(U2fTransports.None, "")]
    [InlineData(U2fTransports.Bluetooth, "")]
    [InlineData(U2fTransports.BluetoothLowEnergy, "ble")]
    [InlineData(U2fTransports.Usb | U2fTransports.Nfc, "nfc usb")]
    [InlineData(U2fTransports.UsbInternal, "usb")]
    public void ToWebAuthn_Transports_HaveItsNames(U2fTransports transports, string expected) => Assert.Equal(expected, string.Join(' ', U2fTransportsReader.ToWebAuthn(transports)));

    [Fact]
    public void ToCredentialRecord_TokenAnswersWebAuthnByAppId()
    {
        var registration = _scene.Registered();
        registration = _scene.Verify(_scene.Authentication(registration), _scene.Sign(registration)).Value!.Registration;
        var record = registration.ToCredentialRecord("clinic.example", "user"u8.ToArray()).Value!;

        Assert.Equal((-7L, 1u, false, Guid.Empty, "fido-u2f"), (record.Algorithm, record.SignCount, record.UvInitialized, record.Aaguid, record.AttestationFormat));
        Assert.Equal(registration.KeyHandle.ToArray(), record.Id.ToArray());
        Assert.Equal(PublicKey.FromUncompressedPoint(KeyKind.P256, registration.PublicKey.Span).Value, CoseKey.Read(record.PublicKey.Span, out var consumed).Value!.Key);
        Assert.Equal(record.PublicKey.Length, consumed);

        // The same token behind a WebAuthn client: only the AppID makes its answer count.
        var authenticator = new VirtualFido2Authenticator(time: new TestSupport.ManualTimeProvider(U2fScene.Now));
        authenticator.Adopt(_scene.Token);
        var options = new JsonObject
        {
            ["challenge"] = U2fScene.Base64UrlChallenge,
            ["rpId"] = "clinic.example",
            ["userVerification"] = "discouraged",
            ["allowCredentials"] = new JsonArray(new JsonObject { ["type"] = "public-key", ["id"] = StrictBase64Url.Encode(record.Id.Span) }),
            ["extensions"] = new JsonObject { ["appid"] = U2fScene.AppId },
        };
        var answer = authenticator.Get(options.ToJsonString(), new("https://login.clinic.example"));
        var expected = new AuthenticationExpectations
        {
            RpId = "clinic.example",
            Origins = ["https://login.clinic.example"],
            Challenge = U2fScene.Challenge,
            Now = U2fScene.Now,
            UserVerification = UserVerificationRequirement.Discouraged,
            Credential = record,
            AppId = U2fScene.AppId,
        };
        var verified = new AuthenticationVerifier().Verify(expected, answer);
        Assert.True(verified.Succeeded, verified.Error?.ToString());
        Assert.True(verified.Evidence.UsedAppId);
        Assert.False(new AuthenticationVerifier().Verify(expected with { AppId = null }, answer).Succeeded);
    }

    [Fact]
    public void ToCredentialRecord_StoredBytesThatAreNoKey_AreRefused() =>
        Assert.Equal(U2fErrorCodes.KeyMalformed, (_scene.Registered() with { PublicKey = new byte[65] }).ToCredentialRecord("clinic.example").Error?.Code);

    [Fact]
    public void VerifyAuthentication_StoredBytesThatAreNoKey_AreRefused()
    {
        var registration = _scene.Registered();
        var answer = _scene.Sign(registration);
        Assert.Equal(U2fErrorCodes.KeyMalformed, _scene.Verify(_scene.Authentication(registration with { PublicKey = new byte[65] }), answer).Error?.Code);
    }

    [Fact]
    public void ToString_Parts_ShowNoKeyHandle()
    {
        var registration = _scene.Registered();
        var handle = StrictBase64Url.Encode(registration.KeyHandle.Span);
        Assert.DoesNotContain(handle, registration.ToString(), StringComparison.Ordinal);
    }

    private static TheoryData<U2fFault> Faults(bool registration) =>
        [.. Enum.GetValues<U2fFault>().Where(fault => fault == U2fFault.None || TestFaultCodes.CodeOf(fault, registration) is not null || IsNoFault(fault)).Where(fault => Concerns(fault, registration))];

    private static bool IsNoFault(U2fFault fault) => fault is U2fFault.ClientDataUnknownMember or U2fFault.ClientDataChannelId or U2fFault.HighS;

    // The token says which faults it has for which operation.
    private static bool Concerns(U2fFault fault, bool registration)
    {
        var token = new U2fScene();
        try
        {
            _ = registration ? (object)token.Register(fault) : token.Sign(token.Registered(), fault);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private LocalMetadata Metadata(params StatusReport[] reports)
    {
        var token = _scene.Token;
        return new([MetadataEntry.ForStatement(
            new()
            {
                ProtocolFamily = "u2f",
                Description = "LAB U2F token, synthetic",
                AttestationCertificateKeyIdentifiers = [AttestationKeyIdentifier.Of(Certificate.Parse(token.AttestationCertificate.Der).Value!)],
                AttestationTypes = [FidoAttestationType.BasicFull],
                AttestationRootCertificates = [token.AttestationRoot.Der],
            },
            reports)]);
    }
}
