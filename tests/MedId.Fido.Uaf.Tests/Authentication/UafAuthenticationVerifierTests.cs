using MedId.Fido.Metadata;
using MedId.Testing;

namespace MedId.Fido.Uaf.Tests;

public sealed class UafAuthenticationVerifierTests
{
    [Fact]
    public void Examine_CounterThatStoodStill_FlagsTheRegistrationAlsoWhenRefused()
    {
        var ceremony = new Ceremony();
        var registration = ceremony.Registered() with { SignCounter = 7 };
        UafAuthenticationOutcome Outcome(UafFault fault, UafCounterPolicy policy)
        {
            var request = ceremony.AuthenticationRequest();
            var response = ceremony.Authenticator.Authenticate(request.Json, Ceremony.Facet, fault);
            return new UafAuthenticationVerifier().Examine(ceremony.ExpectAuthentication(request, null, registration) with { CounterPolicy = policy }, response);
        }

        var refused = Outcome(UafFault.OldCounter, UafCounterPolicy.Refuse);
        Assert.Equal(UafErrorCodes.CounterNotAdvanced, refused.Error?.Code);
        Assert.True(refused.CloneSuspected);
        Assert.Equal(registration.KeyId, refused.Verdicts[0].KeyId);

        var reported = Outcome(UafFault.OldCounter, UafCounterPolicy.Report);
        Assert.True(reported.Succeeded && reported.CloneSuspected);
        Assert.True(reported.Authentications[0].CloneSuspected);

        // A counter under a signature that does not hold says nothing.
        Assert.False(Outcome(UafFault.TamperedSignature, UafCounterPolicy.Report).CloneSuspected);
    }

    private static readonly UafTransaction[] Transaction = [UafTransaction.FromText("MedId consent v1; to=ehr-clinic-a; msg=A17; sha-256=x")];

    [Fact]
    public void Verify_ValidResponse_GivesEvidence()
    {
        var ceremony = new Ceremony();
        var registration = ceremony.Registered();
        var evidence = Ceremony.Accepted(ceremony.Authenticate(registration));

        Assert.Equal(registration.Aaid, evidence.Aaid);
        Assert.Equal(registration.KeyId, evidence.KeyId);
        Assert.Equal(Ceremony.User, evidence.User);
        Assert.Equal(1u, evidence.SignCounter);
        Assert.Equal(UafSignCounterVerdict.Advanced, evidence.SignCounterVerdict);
        Assert.Null(evidence.ConfirmedTransaction);
        Assert.Equal(Ceremony.Now, evidence.At);
        Assert.Equal(Ceremony.Now.AddMinutes(5), evidence.ReplayKey.ExpiresAt);
        Assert.True(evidence is { Attested: true, HardwareKey: true, MultiFactor: true, TransactionConfirmed: false });
        Assert.True(evidence.Authenticator is { UserVerified: true, HardwareProtected: true, PhishingResistant: true, Exportable: false, Intent: true });
    }

    [Fact]
    public void Verify_Transaction_GivesTheExactBytesConfirmed()
    {
        var ceremony = new Ceremony();
        var evidence = Ceremony.Accepted(ceremony.Authenticate(ceremony.Registered(), transactions: Transaction));
        Assert.True(evidence.TransactionConfirmed);
        Assert.Same(Transaction[0], evidence.ConfirmedTransaction);
    }

    [Theory]
    [MemberData(nameof(UafRegistrationVerifierTests.FaultsOfBothOperations), MemberType = typeof(UafRegistrationVerifierTests))]
    [InlineData(UafFault.NoNonce, UafErrorCodes.TagMissing)]
    [InlineData(UafFault.NoTransactionHash, UafErrorCodes.TagMissing)]
    [InlineData(UafFault.ShortNonce, UafErrorCodes.NonceLength)]
    [InlineData(UafFault.OtherTransactionHashPresence, UafErrorCodes.TransactionMismatch)]
    [InlineData(UafFault.TamperedSignature, UafErrorCodes.SignatureInvalid)]
    [InlineData(UafFault.SignatureWithoutHeader, UafErrorCodes.SignatureInvalid)]
    [InlineData(UafFault.ForeignKey, UafErrorCodes.SignatureInvalid)]
    [InlineData(UafFault.UnknownKey, UafErrorCodes.KeyUnknown)]
    [InlineData(UafFault.CounterReset, UafErrorCodes.CounterNotAdvanced)]
    [InlineData(UafFault.OldCounter, UafErrorCodes.CounterNotAdvanced)]
    public void Verify_Fault_IsRefusedByName(UafFault fault, string code)
    {
        var ceremony = new Ceremony();
        var registration = ceremony.Registered();
        var used = Ceremony.Accepted(ceremony.Authenticate(registration));
        Ceremony.Refused(code, ceremony.Authenticate(registration with { SignCounter = used.SignCounter }, fault));
    }

    [Theory]
    [InlineData(UafFault.OtherMode, UafErrorCodes.Mode)]
    [InlineData(UafFault.ModeZero, UafErrorCodes.Mode)]
    [InlineData(UafFault.OtherTransaction, UafErrorCodes.TransactionMismatch)]
    [InlineData(UafFault.TransactionHashOverBase64Url, UafErrorCodes.TransactionMismatch)]
    [InlineData(UafFault.OtherTransactionHashPresence, UafErrorCodes.TransactionMismatch)]
    [InlineData(UafFault.NoTransactionHash, UafErrorCodes.TagMissing)]
    public void Verify_TransactionFault_IsRefusedByName(UafFault fault, string code)
    {
        var ceremony = new Ceremony();
        Ceremony.Refused(code, ceremony.Authenticate(ceremony.Registered(), fault, Transaction));
    }

    [Fact]
    public void Verify_OneOfSeveralRenderings_IsTheOneConfirmed()
    {
        var ceremony = new Ceremony();
        var registration = ceremony.Registered();
        var shown = Transaction[0];
        UafTransaction[] sent = [UafTransaction.FromText("another rendering"), shown];
        var evidence = Ceremony.Accepted(ceremony.Authenticate(registration, transactions: [shown], change: expected => expected with { Transactions = sent }));
        Assert.Same(shown, evidence.ConfirmedTransaction);
    }

    [Fact]
    public void Verify_PictureTransaction_IsConfirmedOverItsBytes()
    {
        var ceremony = new Ceremony();
        UafTransaction[] picture = [UafTransaction.FromPng(UafTransactionTests.Png)];
        var evidence = Ceremony.Accepted(ceremony.Authenticate(ceremony.Registered(), transactions: picture));
        Assert.Equal(UafTransactionTests.Png, evidence.ConfirmedTransaction!.Content.ToArray());
    }

    [Fact]
    public void Verify_TransactionFromModelWithoutDisplay_IsRefused()
    {
        var ceremony = new Ceremony(new SoftwareUafModelOptions { TransactionDisplay = 0 });
        Ceremony.Refused(UafErrorCodes.Mode, ceremony.Authenticate(ceremony.Registered(), transactions: Transaction));
    }

    [Fact]
    public void Verify_KeyOfAnotherAccount_IsRefused()
    {
        var ceremony = new Ceremony();
        var other = ceremony.RegistrationRequest("other");
        var theirs = Ceremony.Accepted(new UafRegistrationVerifier().Verify(
            ceremony.Expect(other) with { User = "account-2" }, ceremony.Authenticator.Register(other.Json, Ceremony.Facet)));
        var mine = ceremony.Registered();
        Ceremony.Refused(
            UafErrorCodes.KeyOfOtherUser,
            ceremony.Authenticate(mine, UafFault.KeyOfOtherAccount, change: expected => expected with { Registrations = [mine, theirs] }));

        // Where nobody is known yet, the key says who it is.
        var evidence = Ceremony.Accepted(ceremony.Authenticate(mine, UafFault.KeyOfOtherAccount, change: expected => expected with { User = null, Registrations = [mine, theirs] }));
        Assert.Equal("account-2", evidence.User);
    }

    [Fact]
    public void Verify_AuthenticatorWithoutCounters_PassesAsNotSupported()
    {
        var ceremony = new Ceremony(new SoftwareUafModelOptions { HasCounters = false });
        var registration = ceremony.Registered();
        for (var again = 0; again < 2; again++)
        {
            Assert.Equal(UafSignCounterVerdict.NotSupported, Ceremony.Accepted(ceremony.Authenticate(registration)).SignCounterVerdict);
        }
    }

    [Fact]
    public void Verify_FirmwareOlderThanAtRegistration_IsRefused()
    {
        var ceremony = new Ceremony();
        Ceremony.Refused(UafErrorCodes.AuthenticatorOutdated, ceremony.Authenticate(ceremony.Registered() with { AuthenticatorVersion = 2 }));
    }

    [Fact]
    public void Verify_OtherAlgorithmThanRegistered_IsRefused()
    {
        var ceremony = new Ceremony();
        Ceremony.Refused(UafErrorCodes.AlgorithmMismatch, ceremony.Authenticate(ceremony.Registered() with { Algorithm = FidoAlgorithm.EcdsaP256Sha256Der }));
    }

    [Fact]
    public void Verify_RevokedSinceRegistration_IsRefused()
    {
        var ceremony = new Ceremony();
        var registration = ceremony.Registered();
        ceremony.Metadata = new UafMetadataSet([ceremony.Statement], [registration.Aaid]);
        Ceremony.Refused(UafErrorCodes.AuthenticatorRevoked, ceremony.Authenticate(registration));
    }

    [Fact]
    public void Verify_KeyThatThePolicyDoesNotName_IsRefused()
    {
        var ceremony = new Ceremony();
        var registration = ceremony.Registered();
        var other = registration with { KeyId = UafKeyId.FromBytes(new byte[32]) };
        Ceremony.Refused(UafErrorCodes.PolicyNotMet, ceremony.Authenticate(registration, change: expected => expected with { Policy = UafPolicy.ForKeys(other) }));
        Ceremony.Accepted(ceremony.Authenticate(registration, change: expected => expected with { Policy = UafPolicy.ForKeys(other, registration) }));
    }

    [Fact]
    public void Verify_ReplayedResponse_IsStoppedByCounterAndReplayKey()
    {
        var ceremony = new Ceremony();
        var registration = ceremony.Registered();
        var request = ceremony.AuthenticationRequest();
        var response = ceremony.Authenticator.Authenticate(request.Json, Ceremony.Facet);
        var verifier = new UafAuthenticationVerifier();
        var first = Ceremony.Accepted(verifier.Verify(ceremony.ExpectAuthentication(request, null, registration), response));
        var second = Ceremony.Accepted(verifier.Verify(ceremony.ExpectAuthentication(request, null, registration), response));
        Assert.Equal(first.ReplayKey, second.ReplayKey);
        Ceremony.Refused(
            UafErrorCodes.CounterNotAdvanced, verifier.Verify(ceremony.ExpectAuthentication(request, null, registration with { SignCounter = first.SignCounter }), response));
    }

    [Fact]
    public void Verify_ForeignChannel_IsRefusedOnlyWhereTheChannelIsKnown()
    {
        var ceremony = new Ceremony();
        var registration = ceremony.Registered();
        var known = ChannelBindingExpectation.ForServerCertificates([ceremony.Statement.AttestationRootCertificates[0]]);
        var required = ChannelBindingExpectation.ForServerCertificates([ceremony.Statement.AttestationRootCertificates[0]], required: true);
        Ceremony.Accepted(ceremony.Authenticate(registration, UafFault.ForeignChannel));
        Ceremony.Refused(UafErrorCodes.ChannelBinding, ceremony.Authenticate(registration, UafFault.ForeignChannel, change: expected => expected with { ChannelBinding = known }));
        Ceremony.Accepted(ceremony.Authenticate(registration, change: expected => expected with { ChannelBinding = known }));
        Ceremony.Refused(UafErrorCodes.ChannelBinding, ceremony.Authenticate(registration, change: expected => expected with { ChannelBinding = required }));
    }

    [Theory]
    [InlineData(UserVerificationMethods.Presence, false, true)]
    [InlineData(UserVerificationMethods.None, false, false)]
    [InlineData(UserVerificationMethods.Location, false, true)]
    [InlineData(UserVerificationMethods.Passcode, true, true)]
    public void Evidence_WeakVerification_IsNotCalledStrong(UserVerificationMethods method, bool multiFactor, bool intent)
    {
        var ceremony = new Ceremony(new SoftwareUafModelOptions { UserVerification = [UserVerificationMethods.Fingerprint, method] });
        var evidence = Ceremony.Accepted(ceremony.Authenticate(ceremony.Registered()));
        Assert.Equal(multiFactor, evidence.MultiFactor);
        Assert.Equal(intent, evidence.Authenticator.Intent);
    }

    [Fact]
    public void Evidence_SurrogateAttestation_ProvesNoHardware()
    {
        var ceremony = new Ceremony(new SoftwareUafModelOptions { Attestation = SoftwareUafAttestation.Surrogate });
        var evidence = Ceremony.Accepted(ceremony.Authenticate(ceremony.Registered()));
        Assert.True(evidence is { Attested: false, HardwareKey: false });
        Assert.True(evidence.Authenticator.Exportable);
    }

    [Fact]
    public void Evidence_VerificationThatIsNotFresh_IsNotMultiFactor()
    {
        var ceremony = new Ceremony();
        var registration = ceremony.Registered();
        ceremony.Metadata = new UafMetadataSet([ceremony.Statement with { IsFreshUserVerificationRequired = false }]);
        Assert.False(Ceremony.Accepted(ceremony.Authenticate(registration)).MultiFactor);
    }

    [Fact]
    public void Verify_WithSteps_TellsWhatThereWasNothingToCheck()
    {
        var ceremony = new Ceremony(new SoftwareUafModelOptions { HasCounters = false });
        var steps = new List<UafStep>();
        ceremony.Authenticate(ceremony.Registered(), steps: steps);
        Assert.Equal(["channel binding", "transaction", "signature counter"], steps.Where(step => step.Outcome == UafStepOutcome.NotApplicable).Select(step => step.Name));
        Assert.DoesNotContain(steps, step => step.Outcome == UafStepOutcome.Failed);
        Assert.Equal(20, steps[^1].Number);
    }

    [Fact]
    public void Evidence_CannotBeMadeOutside() =>
        Assert.Empty(typeof(UafAuthentication).GetConstructors());
}
