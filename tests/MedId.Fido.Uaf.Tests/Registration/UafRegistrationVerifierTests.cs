using MedId.Fido.Metadata;
using MedId.Testing;

namespace MedId.Fido.Uaf.Tests;

public sealed class UafRegistrationVerifierTests
{
    private static readonly DateTimeOffset Now = Ceremony.Now;

    [Fact]
    public void Verify_ValidResponse_GivesTheRegistrationToStore()
    {
        var ceremony = new Ceremony();
        var registration = Ceremony.Accepted(ceremony.Register());

        Assert.Equal(Aaid.Parse("FFFF#5A01"), registration.Aaid);
        Assert.Equal(ceremony.Authenticator.KeyIds[0], registration.KeyId.Value);
        Assert.Equal(Ceremony.User, registration.User);
        Assert.Equal(FidoAlgorithm.EcdsaP256Sha256Raw, registration.Algorithm);
        Assert.Equal(FidoKeyFormat.EccX962Raw, registration.KeyFormat);
        Assert.Equal(65, registration.PublicKey.Length);
        Assert.Equal((0u, 1u), (registration.SignCounter, registration.RegistrationCounter));
        Assert.Equal(UafAttestationType.BasicFull, registration.AttestationType);
        Assert.True(registration.IsAttested);
        Assert.Equal(Now, registration.RegisteredAt);
    }

    /// <summary>Faults that registrations and authentications refuse with the same code.</summary>
    public static TheoryData<UafFault, string> FaultsOfBothOperations { get; } = new()
    {
        { UafFault.NoArray, UafErrorCodes.ResponseMalformed },
        { UafFault.DuplicateVersion, UafErrorCodes.VersionDuplicate },
        { UafFault.UnknownVersion, UafErrorCodes.VersionUnsupported },
        { UafFault.EmptyVersion, UafErrorCodes.ResponseMalformed },
        { UafFault.OperationInCapitals, UafErrorCodes.ResponseMalformed },
        { UafFault.OtherOperation, UafErrorCodes.OperationMismatch },
        { UafFault.NoHeader, UafErrorCodes.ResponseMalformed },
        { UafFault.NoFinalChallengeParams, UafErrorCodes.ResponseMalformed },
        { UafFault.NoAssertions, UafErrorCodes.ResponseMalformed },
        { UafFault.EmptyAssertions, UafErrorCodes.ResponseMalformed },
        { UafFault.TwoAssertions, UafErrorCodes.AssertionCount },
        { UafFault.AppIdAsNumber, UafErrorCodes.ResponseMalformed },
        { UafFault.OtherServerData, UafErrorCodes.ServerDataMismatch },
        { UafFault.UnknownHeaderExtension, UafErrorCodes.ExtensionUnknown },
        { UafFault.OtherHeaderAppId, UafErrorCodes.AppIdMismatch },
        { UafFault.OtherAppId, UafErrorCodes.AppIdMismatch },
        { UafFault.OtherChallenge, UafErrorCodes.ChallengeMismatch },
        { UafFault.NoChallenge, UafErrorCodes.FinalChallengeParamsMalformed },
        { UafFault.OtherFacet, UafErrorCodes.FacetUntrusted },
        { UafFault.NoFacet, UafErrorCodes.FinalChallengeParamsMalformed },
        { UafFault.NoChannelBinding, UafErrorCodes.FinalChallengeParamsMalformed },
        { UafFault.ChannelBindingAsList, UafErrorCodes.FinalChallengeParamsMalformed },
        { UafFault.PaddedFinalChallengeParams, UafErrorCodes.Encoding },
        { UafFault.PaddedAssertion, UafErrorCodes.Encoding },
        { UafFault.LineBreakInAssertion, UafErrorCodes.Encoding },
        { UafFault.Sha1FinalChallenge, UafErrorCodes.FinalChallengeMismatch },
        { UafFault.HashOfDecodedFinalChallenge, UafErrorCodes.FinalChallengeMismatch },
        { UafFault.OtherFinalChallenge, UafErrorCodes.FinalChallengeMismatch },
        { UafFault.OtherScheme, UafErrorCodes.SchemeMismatch },
        { UafFault.UnknownModel, UafErrorCodes.AaidUnknown },
        { UafFault.TrailingBytes, UafErrorCodes.TrailingBytes },
        { UafFault.CutOff, UafErrorCodes.AssertionMalformed },
        { UafFault.UnknownCriticalTag, UafErrorCodes.TagUnknownCritical },
        { UafFault.UnknownExtension, UafErrorCodes.ExtensionUnknown },
        { UafFault.ShadowingOuterTags, UafErrorCodes.TagUnexpected },
        { UafFault.DuplicateTag, UafErrorCodes.TagDuplicate },
        { UafFault.NoCounters, UafErrorCodes.TagMissing },
        { UafFault.NoAaid, UafErrorCodes.TagMissing },
        { UafFault.NoFinalChallenge, UafErrorCodes.TagMissing },
        { UafFault.NoKeyId, UafErrorCodes.TagMissing },
        { UafFault.NoAssertionInfo, UafErrorCodes.TagMissing },
        { UafFault.OtherOuterTag, UafErrorCodes.TagUnexpected },
        { UafFault.OtherInnerTag, UafErrorCodes.TagUnexpected },
        { UafFault.ShortKeyId, UafErrorCodes.KeyIdLength },
        { UafFault.LongKeyId, UafErrorCodes.KeyIdLength },
        { UafFault.ShortAssertionInfo, UafErrorCodes.FieldLength },
        { UafFault.WrongCounterSize, UafErrorCodes.FieldLength },
        { UafFault.ModeZero, UafErrorCodes.Mode },
        { UafFault.OtherMode, UafErrorCodes.Mode },
        { UafFault.OtherAlgorithm, UafErrorCodes.AlgorithmMismatch },
        { UafFault.EmptySignature, UafErrorCodes.FieldLength },
        { UafFault.OldFirmware, UafErrorCodes.AuthenticatorOutdated },
    };

    [Theory]
    [MemberData(nameof(FaultsOfBothOperations))]
    [InlineData(UafFault.NoPublicKey, UafErrorCodes.TagMissing)]
    [InlineData(UafFault.OtherKeyFormat, UafErrorCodes.KeyFormatMismatch)]
    [InlineData(UafFault.PointOffCurve, UafErrorCodes.PublicKeyInvalid)]
    [InlineData(UafFault.TamperedSignature, UafErrorCodes.AttestationSignatureInvalid)]
    [InlineData(UafFault.SignatureWithoutHeader, UafErrorCodes.AttestationSignatureInvalid)]
    [InlineData(UafFault.ForeignKey, UafErrorCodes.AttestationSignatureInvalid)]
    [InlineData(UafFault.CounterReset, UafErrorCodes.RegistrationCounter)]
    [InlineData(UafFault.NoAttestation, UafErrorCodes.AttestationMissing)]
    [InlineData(UafFault.SurrogateAttestation, UafErrorCodes.AttestationDowngrade)]
    [InlineData(UafFault.ForeignAttestationCertificate, UafErrorCodes.AttestationUntrusted)]
    [InlineData(UafFault.LongAttestationPath, UafErrorCodes.AttestationUntrusted)]
    [InlineData(UafFault.GarbageAttestationCertificate, UafErrorCodes.AttestationUntrusted)]
    [InlineData(UafFault.EcdaaAttestation, UafErrorCodes.EcdaaUnsupported)]
    public void Verify_Fault_IsRefusedByName(UafFault fault, string code)
    {
        // A root makes the long path possible, and does not change the other refusals.
        var ceremony = new Ceremony(new SoftwareUafModelOptions { Attestation = SoftwareUafAttestation.IssuedCertificate });
        Ceremony.Refused(code, ceremony.Register(fault));
    }

    [Theory]
    [InlineData(UafFault.TamperedSignature, UafErrorCodes.AttestationSignatureInvalid)]
    [InlineData(UafFault.ForeignKey, UafErrorCodes.AttestationSignatureInvalid)]
    [InlineData(UafFault.NoAttestation, UafErrorCodes.AttestationMissing)]
    [InlineData(UafFault.EmptySignature, UafErrorCodes.FieldLength)]
    public void Verify_SurrogateFault_IsRefusedByName(UafFault fault, string code)
    {
        var ceremony = new Ceremony(new SoftwareUafModelOptions { Attestation = SoftwareUafAttestation.Surrogate });
        Ceremony.Refused(code, ceremony.Register(fault));
    }

    [Theory]
    [InlineData(UafFault.UnknownSkippableTag)]
    [InlineData(UafFault.UnknownNonCriticalExtension)]
    public void Verify_WhatMayBeIgnored_IsAccepted(UafFault difference) => Ceremony.Accepted(new Ceremony().Register(difference));

    [Fact]
    public void Verify_KnownExtension_IsAccepted() =>
        Ceremony.Accepted(new Ceremony().Register(UafFault.UnknownExtension, expected => expected with { KnownExtensions = ["test.unknown"] }));

    [Theory]
    [InlineData(SoftwareUafAttestation.Surrogate, false)]
    [InlineData(SoftwareUafAttestation.PinnedCertificate, true)]
    [InlineData(SoftwareUafAttestation.IssuedCertificate, true)]
    public void Verify_EachAttestation_SaysWhetherTheModelIsProved(SoftwareUafAttestation attestation, bool proved)
    {
        var registration = new Ceremony(new SoftwareUafModelOptions { Attestation = attestation }).Registered();
        Assert.Equal(proved, registration.IsAttested);
        Assert.Equal(proved, !registration.AttestationCertificate.IsEmpty);
    }

    [Theory]
    [InlineData(SoftwareUafAttestation.IssuedCertificate, false)]
    [InlineData(SoftwareUafAttestation.PinnedCertificate, true)]
    public void Verify_AttestationCertificateAfterItsEnd_IsTrustedOnlyWherePinned(SoftwareUafAttestation attestation, bool accepted)
    {
        var later = Now.AddYears(11);
        var result = new Ceremony(new SoftwareUafModelOptions { Attestation = attestation }).Register(change: expected => expected with { Now = later, ChallengeExpiresAt = later.AddMinutes(5) });
        Assert.Equal(accepted ? null : UafErrorCodes.AttestationUntrusted, result.Error?.Code);
    }

    [Fact]
    public void Verify_FullAttestationWithoutCertificatesInMetadata_IsRefused()
    {
        var ceremony = new Ceremony();
        ceremony.Metadata = new UafMetadataSet([ceremony.Statement with { AttestationRootCertificates = [] }]);
        Ceremony.Refused(UafErrorCodes.AttestationUntrusted, ceremony.Register());
    }

    [Fact]
    public void Verify_AttestationTypeThatTheModelDoesNotHave_IsRefused()
    {
        var ceremony = new Ceremony(new SoftwareUafModelOptions { Attestation = SoftwareUafAttestation.Surrogate });
        ceremony.Metadata = new UafMetadataSet([ceremony.Statement with { AttestationTypes = [UafAttestationType.BasicFull] }]);
        Ceremony.Refused(UafErrorCodes.AttestationType, ceremony.Register());
    }

    [Fact]
    public void Verify_AttestationTypeThatThePolicyPrefersLess_IsRefused()
    {
        var ceremony = new Ceremony(new SoftwareUafModelOptions { Attestation = SoftwareUafAttestation.Surrogate });
        ceremony.Metadata = new UafMetadataSet([ceremony.Statement with { AttestationTypes = [UafAttestationType.BasicSurrogate, UafAttestationType.BasicFull] }]);
        var criteria = new MatchCriteria { AuthenticationAlgorithms = [FidoAlgorithm.EcdsaP256Sha256Raw], AssertionSchemes = [MatchCriteria.Uafv1Tlv] };
        ceremony.Policy = UafPolicy.AnyOf(criteria with { AttestationTypes = [UafAttestationType.BasicFull, UafAttestationType.BasicSurrogate] });
        Ceremony.Refused(UafErrorCodes.AttestationType, ceremony.Register());
        ceremony.Policy = UafPolicy.AnyOf(criteria with { AttestationTypes = [UafAttestationType.Ecdaa, UafAttestationType.BasicSurrogate, UafAttestationType.BasicFull] });
        Ceremony.Accepted(ceremony.Register());
    }

    [Theory]
    [InlineData(-1, true)]
    [InlineData(0, false)]
    [InlineData(1, false)]
    public void Verify_ChallengeAtItsEnd_IsExactToTheTick(int ticks, bool accepted)
    {
        var result = new Ceremony().Register(change: expected => expected with { Now = expected.ChallengeExpiresAt.AddTicks(ticks) });
        if (accepted)
        {
            Ceremony.Accepted(result);
        }
        else
        {
            Ceremony.Refused(UafErrorCodes.ChallengeExpired, result);
        }
    }

    [Fact]
    public void Verify_KeyThatIsRegisteredAlready_IsRefused()
    {
        var ceremony = new Ceremony();
        var request = ceremony.RegistrationRequest();
        var response = ceremony.Authenticator.Register(request.Json, Ceremony.Facet);
        var verifier = new UafRegistrationVerifier();
        var registration = Ceremony.Accepted(verifier.Verify(ceremony.Expect(request), response));
        Ceremony.Refused(UafErrorCodes.AlreadyRegistered, verifier.Verify(ceremony.Expect(request, registration with { User = "somebody else" }), response));
    }

    [Fact]
    public void Verify_RevokedModel_IsRefused()
    {
        var ceremony = new Ceremony();
        ceremony.Metadata = new UafMetadataSet([ceremony.Statement], [ceremony.Statement.Aaid]);
        Ceremony.Refused(UafErrorCodes.AuthenticatorRevoked, ceremony.Register());
    }

    [Fact]
    public void Verify_ModelOutsideThePolicy_IsRefused()
    {
        var ceremony = new Ceremony { Policy = UafPolicy.ForModels(Aaid.Parse("FFFF#5A02")) };
        Ceremony.Refused(UafErrorCodes.PolicyNotMet, ceremony.Register());
    }

    [Fact]
    public void Verify_AlgorithmOutsideTheServersPolicy_IsRefused() => Ceremony.Refused(
        UafErrorCodes.AlgorithmUnsupported,
        new Ceremony().Register(change: expected => expected with
        {
            Algorithms = expected.Algorithms.Forbid(MedId.Cryptography.SignatureUse.UafAttestation, MedId.Cryptography.SignatureAlgorithm.ES256),
        }));

    [Fact]
    public void Verify_VersionThatWasNotAskedFor_IsRefused() =>
        Ceremony.Refused(UafErrorCodes.VersionUnsupported, new Ceremony().Register(change: expected => expected with { Versions = [UafVersion.V10] }));

    [Theory]
    [InlineData(1u, true)]
    [InlineData(0u, false)]
    public void Verify_RegistrationCounterAtItsLimit_IsExact(uint maximum, bool accepted)
    {
        var result = new Ceremony().Register(change: expected => expected with { MaximumRegistrationCounter = maximum });
        if (accepted)
        {
            Ceremony.Accepted(result);
        }
        else
        {
            Ceremony.Refused(UafErrorCodes.RegistrationCounter, result);
        }
    }

    [Fact]
    public void Verify_RegistrationCounterOfUnrestrictedKey_MeansNothing()
    {
        var ceremony = new Ceremony();
        ceremony.Metadata = new UafMetadataSet([ceremony.Statement with { IsKeyRestricted = false }]);
        Ceremony.Accepted(ceremony.Register(UafFault.CounterReset));
    }

    [Theory]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(2048)]
    public void Verify_KeyHandleAsKeyId_IsAcceptedOfSecondFactors(int bytes) =>
        Ceremony.Accepted(new Ceremony(new SoftwareUafModelOptions { KeyIdBytes = bytes }).Register());

    [Fact]
    public void Verify_KeyHandleOverItsLimit_IsRefused() =>
        Ceremony.Refused(UafErrorCodes.KeyIdLength, new Ceremony(new SoftwareUafModelOptions { KeyIdBytes = 2049 }).Register());

    [Theory]
    [InlineData(FidoAlgorithm.EcdsaP256Sha256Raw, FidoKeyFormat.EccX962Raw)]
    [InlineData(FidoAlgorithm.EcdsaP256Sha256Raw, FidoKeyFormat.EccX962Der)]
    [InlineData(FidoAlgorithm.EcdsaP256Sha256Der, FidoKeyFormat.EccX962Raw)]
    [InlineData(FidoAlgorithm.EcdsaP256Sha256Der, FidoKeyFormat.EccX962Der)]
    [InlineData(FidoAlgorithm.EcdsaSecp256k1Sha256Raw, FidoKeyFormat.EccX962Raw)]
    [InlineData(FidoAlgorithm.EcdsaSecp256k1Sha256Der, FidoKeyFormat.EccX962Der)]
    [InlineData(FidoAlgorithm.RsaPssSha256Raw, FidoKeyFormat.Rsa2048Raw)]
    [InlineData(FidoAlgorithm.RsaPssSha256Raw, FidoKeyFormat.Rsa2048Der)]
    [InlineData(FidoAlgorithm.RsaPssSha256Der, FidoKeyFormat.Rsa2048Raw)]
    [InlineData(FidoAlgorithm.RsaPssSha256Der, FidoKeyFormat.Rsa2048Der)]
    [InlineData(FidoAlgorithm.RsaPkcs1Sha256Raw, FidoKeyFormat.Rsa2048Raw)]
    [InlineData(FidoAlgorithm.RsaPkcs1Sha256Der, FidoKeyFormat.Rsa2048Der)]
    [InlineData(FidoAlgorithm.RsaPssSha384Raw, FidoKeyFormat.Cose)]
    [InlineData(FidoAlgorithm.RsaPssSha512Raw, FidoKeyFormat.Cose)]
    [InlineData(FidoAlgorithm.RsaPkcs1V15Sha256Raw, FidoKeyFormat.Cose)]
    [InlineData(FidoAlgorithm.RsaPkcs1V15Sha384Raw, FidoKeyFormat.Cose)]
    [InlineData(FidoAlgorithm.RsaPkcs1V15Sha512Raw, FidoKeyFormat.Rsa2048Der)]
    [InlineData(FidoAlgorithm.EcdsaP384Sha384Raw, FidoKeyFormat.EccX962Raw)]
    [InlineData(FidoAlgorithm.EcdsaP384Sha384Raw, FidoKeyFormat.Cose)]
    [InlineData(FidoAlgorithm.EcdsaP521Sha512Raw, FidoKeyFormat.EccX962Raw)]
    [InlineData(FidoAlgorithm.EcdsaP521Sha512Raw, FidoKeyFormat.EccX962Der)]
    [InlineData(FidoAlgorithm.EcdsaP521Sha512Raw, FidoKeyFormat.Cose)]
    [InlineData(FidoAlgorithm.EcdsaP256Sha256Der, FidoKeyFormat.Cose)]
    [InlineData(FidoAlgorithm.EcdsaSecp256k1Sha256Raw, FidoKeyFormat.Cose)]
    public void Verify_EachAlgorithmAndKeyFormat_RegistersAndAuthenticates(FidoAlgorithm algorithm, FidoKeyFormat format)
    {
        foreach (var attestation in (SoftwareUafAttestation[])[SoftwareUafAttestation.Surrogate, SoftwareUafAttestation.PinnedCertificate, SoftwareUafAttestation.IssuedCertificate])
        {
            var ceremony = new Ceremony(new SoftwareUafModelOptions { Algorithm = algorithm, KeyFormat = format, Attestation = attestation });
            var registration = ceremony.Registered();
            Ceremony.Accepted(ceremony.Authenticate(registration));
            Ceremony.Refused(UafErrorCodes.SignatureInvalid, ceremony.Authenticate(registration, UafFault.TamperedSignature));
        }
    }

    [Theory]
    [InlineData(FidoAlgorithm.RsaPkcs1Sha256Raw)]
    [InlineData(FidoAlgorithm.RsaPkcs1Sha256Der)]
    public void Verify_AlgorithmThatThePolicyForbids_IsRefused(FidoAlgorithm algorithm)
    {
        var ceremony = new Ceremony(new SoftwareUafModelOptions { Algorithm = algorithm, KeyFormat = FidoKeyFormat.Rsa2048Der });
        Ceremony.Accepted(ceremony.Register());
        Assert.True(MedId.Cryptography.SignatureAlgorithm.TryFromUaf((ushort)algorithm, out var row));
        Ceremony.Refused(UafErrorCodes.AlgorithmUnsupported, ceremony.Register(change: expected => expected with
        {
            Algorithms = expected.Algorithms.Forbid(MedId.Cryptography.SignatureUse.UafAttestation, row),
        }));
    }

    [Theory]
    [InlineData(UafChallengeState.Used, UafErrorCodes.ChallengeUsed)]
    [InlineData(UafChallengeState.Foreign, UafErrorCodes.ChallengeForeign)]
    [InlineData(UafChallengeState.Expired, UafErrorCodes.ChallengeExpired)]
    public void Verify_ChallengeThatIsNotOpen_IsRefused(UafChallengeState state, string code)
    {
        var ceremony = new Ceremony();
        var outcome = ceremony.Register(change: expected => expected with { ChallengeState = state });
        Ceremony.Refused(code, outcome);
        Assert.Equal(UafStatusCodes.RequestInvalid, UafStatusCodes.FromError(outcome.Error!));
        Ceremony.Refused(code, ceremony.Authenticate(ceremony.Registered(), change: expected => expected with { ChallengeState = state }));
    }

    [Fact]
    public void Verify_NoAppIdSent_TakesTheFacetForIt()
    {
        var ceremony = new Ceremony();
        var request = new UafRequestFactory(string.Empty).CreateRegistration(new byte[32], "patient", ceremony.Policy);
        var response = ceremony.Authenticator.Register(request.Json, Ceremony.Facet);
        var expected = ceremony.Expect(request) with { AppId = string.Empty, ServerData = null };
        Ceremony.Accepted(new UafRegistrationVerifier().Verify(expected, response));
        Ceremony.Refused(UafErrorCodes.AppIdMismatch, new UafRegistrationVerifier().Verify(expected with { AppId = Ceremony.AppId }, response));
    }

    [Fact]
    public void Verify_WithSteps_SaysWhatWasCheckedUpToTheRefusal()
    {
        var steps = new List<UafStep>();
        new Ceremony().Register(UafFault.ModeZero, steps: steps);
        Assert.Equal(1, steps[0].Number);
        Assert.Equal((17, UafStepOutcome.Failed, UafErrorCodes.Mode), (steps[^1].Number, steps[^1].Outcome, steps[^1].Code));
        Assert.All(steps.SkipLast(1), step => Assert.NotEqual(UafStepOutcome.Failed, step.Outcome));
        Assert.Contains(steps, step => step.Number == 16);
    }
}
