using MedId.Testing;
using static MedId.Fido2.Tests.AttestationScene;

namespace MedId.Fido2.Tests;

public sealed class AndroidKeyAttestationTests
{
    private const string Format = AttestationFormats.AndroidKey;

    [Fact]
    public void Verify_KeyOfAKeystore_ProvesWhatTheKeystoreSays()
    {
        var fixture = new AndroidFixture();

        var evidence = Accepted(fixture.Scene.Verify(Format, fixture.Statement()));

        Assert.Equal(AttestationType.Basic, evidence.Type);
        var description = evidence.AndroidKey!;
        Assert.Equal((200, 1, 41, 2), (description.AttestationVersion, description.AttestationSecurityLevel, description.KeyMintVersion, description.KeyMintSecurityLevel));
        Assert.Equal(fixture.Scene.Hash, description.AttestationChallenge.ToArray());
        Assert.Equal((0L, false), (description.TeeEnforced.Origin!.Value, description.TeeEnforced.AllApplications));
        Assert.Equal([2L], description.TeeEnforced.Purposes!);
        Assert.Null(description.SoftwareEnforced.Purposes);
        Assert.True(fixture.Scene.Judge(Format, fixture.Statement()).IsTrusted);
    }

    [Theory]
    [InlineData("alg")]
    [InlineData("sig")]
    [InlineData("x5c")]
    public void Verify_MemberMissing_IsRefused(string name)
    {
        var fixture = new AndroidFixture { Members = { [name] = [] } };
        Refused(Fido2ErrorCodes.AttestationStatementMalformed, fixture.Scene.Verify(Format, fixture.Statement()));
    }

    [Fact]
    public void Verify_SignatureOrKeyOfAnother_IsRefused()
    {
        var unsigned = new AndroidFixture { Members = { ["sig"] = RawCbor.Bytes(TestKey.Named("other", TestKeyKind.P256).Sign([1])) } };
        Refused(Fido2ErrorCodes.AttestationSignatureInvalid, unsigned.Scene.Verify(Format, unsigned.Statement()));

        var other = new AndroidFixture { CertifiedKey = TestKey.Named("other", TestKeyKind.P256) };
        Refused(Fido2ErrorCodes.AttestationKeyMismatch, other.Scene.Verify(Format, other.Statement()));
    }

    [Fact]
    public void Verify_ChallengeOfAnotherRegistration_IsRefused()
    {
        var fixture = new AndroidFixture { Challenge = new byte[32] };
        Refused(Fido2ErrorCodes.AttestationAndroidChallenge, fixture.Scene.Verify(Format, fixture.Statement()));

        var shorter = new AndroidFixture { Challenge = [] };
        Refused(Fido2ErrorCodes.AttestationAndroidChallenge, shorter.Scene.Verify(Format, shorter.Statement()));
    }

    [Fact]
    public void Verify_ExtensionMissingOrMalformed_IsRefused()
    {
        Func<byte[], byte[]>[] changes =
        [
            _ => [],
            description => [.. description, 0],
            description => description[..^1],
            _ => TestDer.Sequence(),
            _ => TestDer.Null,
        ];
        Assert.All(changes, change =>
        {
            var fixture = new AndroidFixture { ChangeDescription = change };
            Refused(Fido2ErrorCodes.AttestationAndroidExtension, fixture.Scene.Verify(Format, fixture.Statement()));
        });
    }

    [Fact]
    public void Verify_KeyForAllApplications_IsRefusedFromEitherList()
    {
        var software = new AndroidFixture { AllApplicationsInSoftware = true };
        Refused(Fido2ErrorCodes.AttestationAndroidAuthorization, software.Scene.Verify(Format, software.Statement()));
        software.Scene.Policy = software.Scene.Policy with { RequireTeeForAndroidKey = true };
        Refused(Fido2ErrorCodes.AttestationAndroidAuthorization, software.Scene.Verify(Format, software.Statement()));

        var tee = new AndroidFixture { AllApplicationsInTee = true };
        Refused(Fido2ErrorCodes.AttestationAndroidAuthorization, tee.Scene.Verify(Format, tee.Statement()));
    }

    [Theory]
    [InlineData(1L)] // derived
    [InlineData(2L)] // imported
    [InlineData(-1L)]
    public void Verify_KeyNotMadeInTheKeystore_IsRefusedFromEitherList(long origin)
    {
        var tee = new AndroidFixture { TeeOrigin = origin };
        Refused(Fido2ErrorCodes.AttestationAndroidAuthorization, tee.Scene.Verify(Format, tee.Statement()));

        var software = new AndroidFixture { SoftwareOrigin = origin };
        Refused(Fido2ErrorCodes.AttestationAndroidAuthorization, software.Scene.Verify(Format, software.Statement()));
    }

    [Theory]
    [InlineData(new long[] { })]
    [InlineData(new long[] { 0 })]
    [InlineData(new long[] { 0, 2 })]
    [InlineData(new long[] { 2, 3 })]
    public void Verify_KeyNotForSigningAlone_IsRefusedFromEitherList(long[] purposes)
    {
        var tee = new AndroidFixture { TeePurposes = purposes };
        Refused(Fido2ErrorCodes.AttestationAndroidAuthorization, tee.Scene.Verify(Format, tee.Statement()));

        var software = new AndroidFixture { SoftwarePurposes = purposes };
        Refused(Fido2ErrorCodes.AttestationAndroidAuthorization, software.Scene.Verify(Format, software.Statement()));
    }

    [Fact]
    public void Verify_FactsOfSoftwareAlone_CountUnlessTheTrustedEnvironmentHasToVouch()
    {
        var fixture = new AndroidFixture { TeePurposes = null, TeeOrigin = null, SoftwarePurposes = [2], SoftwareOrigin = 0 };
        Accepted(fixture.Scene.Verify(Format, fixture.Statement()));

        fixture.Scene.Policy = fixture.Scene.Policy with { RequireTeeForAndroidKey = true };
        Refused(Fido2ErrorCodes.AttestationAndroidAuthorization, fixture.Scene.Verify(Format, fixture.Statement()));

        var vouched = new AndroidFixture { SoftwarePurposes = [0], SoftwareOrigin = 2 };
        vouched.Scene.Policy = vouched.Scene.Policy with { RequireTeeForAndroidKey = true };
        Accepted(vouched.Scene.Verify(Format, vouched.Statement()));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Verify_TeeThatIsSilent_IsRefusedWhereItHasToVouch(bool purpose, bool origin)
    {
        var fixture = new AndroidFixture { TeePurposes = purpose ? [2] : null, TeeOrigin = origin ? 0 : null };
        Accepted(fixture.Scene.Verify(Format, fixture.Statement()));

        fixture.Scene.Policy = fixture.Scene.Policy with { RequireTeeForAndroidKey = true };
        Refused(Fido2ErrorCodes.AttestationAndroidAuthorization, fixture.Scene.Verify(Format, fixture.Statement()));
    }

    [Fact]
    public void Parse_ListOutOfOrderOrWithAMemberTwice_IsRefused()
    {
        byte[][] lists =
        [
            TestDer.Sequence(AndroidFixture.HighTag(702, TestDer.Integer(0)), AndroidFixture.HighTag(600, TestDer.Null)),
            TestDer.Sequence(AndroidFixture.HighTag(702, TestDer.Integer(0)), AndroidFixture.HighTag(702, TestDer.Integer(0))),
            TestDer.Sequence(TestDer.Context(1, TestDer.Set(TestDer.Integer(2))), TestDer.Integer(1)),
            TestDer.Sequence(TestDer.Context(1, TestDer.Integer(2))),
            TestDer.Sequence(AndroidFixture.HighTag(600, TestDer.Integer(0))),
            TestDer.Sequence(AndroidFixture.HighTag(702, TestDer.Null)),
        ];
        Assert.All(lists, list => Refused(Fido2ErrorCodes.AttestationAndroidExtension, AndroidKeyDescription.Parse(TestDer.Sequence(
            TestDer.Integer(1), TestDer.Enumerated(0), TestDer.Integer(1), TestDer.Enumerated(0), TestDer.OctetString(), TestDer.OctetString(), TestDer.Sequence(), list))));
    }
}
