using MedId.Cryptography;
using MedId.Testing;
using static MedId.Fido2.Tests.AttestationScene;

namespace MedId.Fido2.Tests;

public sealed class PackedAttestationTests
{
    private const string Format = AttestationFormats.Packed;

    [Fact]
    public void Verify_Full_ProvesTheModel()
    {
        var fixture = new PackedFixture
        {
            Profile = builder => builder
                .With(new("1.3.6.1.4.1.45724.1.1.5", Critical: false, TestDer.Integer(42)))
                .With(new("1.3.6.1.4.1.45724.1.1.2", Critical: false, TestDer.OctetString([1, 2, 3])))
                .With(new("1.3.6.1.4.1.45724.2.1.1", Critical: false, TestDer.BitString([0b0011_0000], 4))),
        };

        var evidence = Accepted(fixture.Scene.Verify(Format, fixture.Full()));

        Assert.Equal((Format, AttestationType.Basic, Aaguid), (evidence.Format, evidence.Type, evidence.Aaguid));
        Assert.Single(evidence.Path);
        Assert.Equal((12, 42L), (evidence.Device!.Transports, evidence.Device.FirmwareVersion));
        Assert.Equal([1, 2, 3], evidence.Device.SerialNumber.ToArray());
        Assert.DoesNotContain("01", evidence.Device.ToString(), StringComparison.Ordinal);
        Assert.True(fixture.Scene.Judge(Format, fixture.Full()).IsTrusted);
    }

    [Fact]
    public void Verify_FullWithoutAaguidExtension_IsAccepted()
    {
        var fixture = new PackedFixture { AaguidExtension = null };
        var evidence = Accepted(fixture.Scene.Verify(Format, fixture.Full()));
        Assert.Null(evidence.Device);
    }

    [Theory]
    [InlineData(TestKeyKind.P384, -35, TestSignatureAlgorithm.EcdsaSha384)]
    [InlineData(TestKeyKind.P521, -36, TestSignatureAlgorithm.EcdsaSha512)]
    [InlineData(TestKeyKind.Rsa2048, -257, TestSignatureAlgorithm.RsaSha256)]
    [InlineData(TestKeyKind.Rsa2048, -37, TestSignatureAlgorithm.PssSha256)]
    public void Verify_FullWithAnotherAlgorithmThanTheCredentials_IsAccepted(TestKeyKind kind, long algorithm, TestSignatureAlgorithm with)
    {
        var fixture = new PackedFixture { AttestationKey = TestKey.Named("packed attestation", kind) };
        Accepted(fixture.Scene.Verify(Format, fixture.Full(algorithm, with)));
    }

    [Fact]
    public void Verify_Self_ProvesPossessionAndNoMore()
    {
        var fixture = new PackedFixture();
        var evidence = Accepted(fixture.Scene.Verify(Format, fixture.Self()));
        Assert.Equal((AttestationType.Self, 0), (evidence.Type, evidence.Path.Count));
    }

    [Theory]
    [InlineData("alg")]
    [InlineData("sig")]
    public void Verify_MemberMissing_IsRefused(string name)
    {
        var fixture = new PackedFixture { Members = { [name] = [] } };
        Refused(Fido2ErrorCodes.AttestationStatementMalformed, fixture.Scene.Verify(Format, fixture.Full()));
        Refused(Fido2ErrorCodes.AttestationStatementMalformed, fixture.Scene.Verify(Format, fixture.Self()));
    }

    [Theory]
    [InlineData("alg", "text")]
    [InlineData("sig", "text")]
    [InlineData("x5c", "text")]
    [InlineData("x5c", "empty")]
    [InlineData("x5c", "numbers")]
    [InlineData("x5c", "many")]
    [InlineData("ecdaaKeyId", "text")]
    public void Verify_MemberOfAnotherType_IsRefused(string name, string kind)
    {
        var fixture = new PackedFixture();
        fixture.Members[name] = kind switch
        {
            "empty" => RawCbor.Array(),
            "numbers" => RawCbor.Array(RawCbor.Int(1)),
            "many" => X5c([.. Enumerable.Repeat(fixture.Certificate, 17)]),
            _ => RawCbor.Text("x"),
        };
        Refused(Fido2ErrorCodes.AttestationStatementMalformed, fixture.Scene.Verify(Format, fixture.Full()));
    }

    [Fact]
    public void Verify_StatementThatIsNoMapOfNames_IsRefused()
    {
        var scene = new AttestationScene();
        Refused(Fido2ErrorCodes.AttestationStatementMalformed, scene.Verify(Format, RawCbor.Array()));
        Refused(Fido2ErrorCodes.AttestationStatementMalformed, scene.Verify(Format, RawCbor.Map((RawCbor.Int(1), RawCbor.Int(1)))));
    }

    [Fact]
    public void Verify_CertificateThatIsNone_IsRefused()
    {
        var fixture = new PackedFixture { Members = { ["x5c"] = RawCbor.Array(RawCbor.Bytes([0x30, 0x00])) } };
        Refused(Fido2ErrorCodes.AttestationCertificateUnreadable, fixture.Scene.Verify(Format, fixture.Full()));
    }

    [Fact]
    public void Verify_SmallKey_IsRefusedUnlessPolicySaysSoLoudly()
    {
        var fixture = new PackedFixture { AttestationKey = TestKey.Named("packed attestation", TestKeyKind.Rsa1024) };
        Refused(Fido2ErrorCodes.AttestationCertificateUnreadable, fixture.Scene.Verify(Format, fixture.Full(-257)));

        fixture.Scene.Algorithms = AlgorithmPolicy.Default.DangerouslyAllowSmallRsa(SignatureUse.WebAuthnAttestation, 1024, At.AddTicks(1));
        Assert.True(Accepted(fixture.Scene.Verify(Format, fixture.Full(-257))).UsedWeakAlgorithm);
    }

    [Theory]
    [InlineData(-35)]
    [InlineData(-8)]
    [InlineData(-257)]
    [InlineData(-65535)]
    [InlineData(-1)]
    public void Verify_AlgorithmThatIsNotTheKeys_IsRefused(long algorithm)
    {
        var fixture = new PackedFixture();
        Refused(Fido2ErrorCodes.AttestationAlgorithmNotAllowed, fixture.Scene.Verify(Format, fixture.Full(algorithm, TestSignatureAlgorithm.EcdsaSha256)));
    }

    [Fact]
    public void Verify_Sha1_IsRefusedUnlessPolicySaysSoLoudlyAndOnlySoLong()
    {
        var fixture = new PackedFixture { AttestationKey = TestKey.Named("packed attestation", TestKeyKind.Rsa2048) };
        var statement = fixture.Full(-65535, TestSignatureAlgorithm.RsaSha1);
        Refused(Fido2ErrorCodes.AttestationAlgorithmNotAllowed, fixture.Scene.Verify(Format, statement));

        fixture.Scene.Algorithms = AlgorithmPolicy.Default.DangerouslyAllowWeak(SignatureUse.WebAuthnAttestation, SignatureAlgorithm.RsaSha1, At.AddTicks(1));
        Assert.True(Accepted(fixture.Scene.Verify(Format, statement)).UsedWeakAlgorithm);

        fixture.Scene.Algorithms = AlgorithmPolicy.Default.DangerouslyAllowWeak(SignatureUse.WebAuthnAttestation, SignatureAlgorithm.RsaSha1, At);
        Refused(Fido2ErrorCodes.AttestationAlgorithmNotAllowed, fixture.Scene.Verify(Format, statement));
    }

    [Fact]
    public void Verify_SignatureOfAnotherKeyOrRegistration_IsRefused()
    {
        var fixture = new PackedFixture { Members = { ["sig"] = RawCbor.Bytes(TestKey.Named("other", TestKeyKind.P256).Sign(new PackedFixture().Scene.ToBeSigned)) } };
        Refused(Fido2ErrorCodes.AttestationSignatureInvalid, fixture.Scene.Verify(Format, fixture.Full()));
        Refused(Fido2ErrorCodes.AttestationSignatureInvalid, fixture.Scene.Verify(Format, fixture.Self()));

        var other = new PackedFixture();
        var statement = other.Full();
        other.Scene.CredentialId[0] ^= 1;
        Refused(Fido2ErrorCodes.AttestationSignatureInvalid, other.Scene.Verify(Format, statement));
    }

    [Fact]
    public void Verify_SelfWithAnotherAlgorithmThanTheKeys_IsRefused()
    {
        var fixture = new PackedFixture { Members = { ["alg"] = RawCbor.Int(-9) } };
        Refused(Fido2ErrorCodes.AttestationKeyMismatch, fixture.Scene.Verify(Format, fixture.Self()));
    }

    [Fact]
    public void Verify_CertificateOfVersionOne_IsRefused()
    {
        var fixture = new PackedFixture
        {
            Profile = builder =>
            {
                builder.Version = 1;
                builder.Extensions.Clear();
            },
        };
        Refused(Fido2ErrorCodes.AttestationCertificateVersion, fixture.Scene.Verify(Format, fixture.Full()));
    }

    public static TheoryData<string, string, string, string> Subjects => new()
    {
        { "", "Test", "Authenticator Attestation", "Model" },
        { "JPN", "Test", "Authenticator Attestation", "Model" },
        { "J1", "Test", "Authenticator Attestation", "Model" },
        { "JP", "", "Authenticator Attestation", "Model" },
        { "JP", "Test", "", "Model" },
        { "JP", "Test", "authenticator attestation", "Model" },
        { "JP", "Test", "Authenticator Attestation ", "Model" },
        { "JP", "Test", "Authenticator Attestation", "" },
    };

    [Theory]
    [MemberData(nameof(Subjects))]
    public void Verify_SubjectThatIsNotAsAsked_IsRefused(string country, string organization, string unit, string name)
    {
        var subject = TestName.Empty;
        foreach (var (type, value) in new[] { ("C", country), ("O", organization), ("OU", unit), ("CN", name) })
        {
            subject = value.Length == 0 ? subject : subject.With(type, value);
        }

        var fixture = new PackedFixture { Subject = subject };
        Refused(Fido2ErrorCodes.AttestationCertificateSubject, fixture.Scene.Verify(Format, fixture.Full()));
    }

    [Fact]
    public void Verify_CertificateThatMayBeOfACa_IsRefused()
    {
        var ca = new PackedFixture { Profile = builder => builder.With(TestExtensions.BasicConstraints(isCa: true)) };
        Refused(Fido2ErrorCodes.AttestationCertificateIsCa, ca.Scene.Verify(Format, ca.Full()));

        var silent = new PackedFixture { Profile = builder => builder.Without("2.5.29.19") };
        Refused(Fido2ErrorCodes.AttestationCertificateIsCa, silent.Scene.Verify(Format, silent.Full()));
    }

    [Fact]
    public void Verify_CertificateWithTheMistakesOfThoseInUse_IsAccepted()
    {
        // Browsers' virtual authenticators write cA FALSE out; certificates of conformance tools have an authority key identifier in another form.
        var written = new PackedFixture { Profile = builder => builder.WithValue("2.5.29.19", [0x30, 0x03, 0x01, 0x01, 0x00]) };
        Accepted(written.Scene.Verify(Format, written.Full()));
        Assert.True(written.Scene.Judge(Format, written.Full()).IsTrusted);

        var identifier = new PackedFixture { Profile = builder => builder.WithValue("2.5.29.35", TestDer.Sequence(TestDer.Context(0, new byte[20]))) };
        Accepted(identifier.Scene.Verify(Format, identifier.Full()));
        Assert.True(identifier.Scene.Judge(Format, identifier.Full()).IsTrusted);
    }

    [Fact]
    public void Verify_AaguidExtensionThatIsNotAsAsked_IsRefused()
    {
        var critical = new PackedFixture { AaguidExtension = PackedFixture.Aaguid(Aaguid, critical: true) };
        Refused(Fido2ErrorCodes.AttestationCertificateAaguid, critical.Scene.Verify(Format, critical.Full()));

        var bare = new PackedFixture { AaguidExtension = new(AaguidOid, Critical: false, Aaguid.ToByteArray(bigEndian: true)) };
        Refused(Fido2ErrorCodes.AttestationCertificateAaguid, bare.Scene.Verify(Format, bare.Full()));

        var shorter = new PackedFixture { AaguidExtension = new(AaguidOid, Critical: false, TestDer.OctetString(new byte[15])) };
        Refused(Fido2ErrorCodes.AttestationCertificateAaguid, shorter.Scene.Verify(Format, shorter.Full()));
    }

    [Fact]
    public void Verify_CertificateOfAnotherModel_IsRefused()
    {
        var other = new PackedFixture { AaguidExtension = PackedFixture.Aaguid(Guid.Empty) };
        Refused(Fido2ErrorCodes.AttestationAaguidMismatch, other.Scene.Verify(Format, other.Full()));

        // The order of .NET's own bytes is not the order on the wire.
        var swapped = new PackedFixture { AaguidExtension = new(AaguidOid, Critical: false, TestDer.OctetString(Aaguid.ToByteArray())) };
        Refused(Fido2ErrorCodes.AttestationAaguidMismatch, swapped.Scene.Verify(Format, swapped.Full()));
    }
}
