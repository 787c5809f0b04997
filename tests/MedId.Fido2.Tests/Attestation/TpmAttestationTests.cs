using System.Security.Cryptography;
using MedId.Cryptography;
using MedId.Testing;
using static MedId.Fido2.Tests.AttestationScene;

namespace MedId.Fido2.Tests;

public sealed class TpmAttestationTests
{
    private const string Format = AttestationFormats.Tpm;

    public static TheoryData<TestKeyKind, long> CredentialKeys => new()
    {
        { TestKeyKind.P256, -7 }, { TestKeyKind.P384, -35 }, { TestKeyKind.P521, -36 }, { TestKeyKind.Rsa2048, -257 },
    };

    [Theory]
    [MemberData(nameof(CredentialKeys))]
    public void Verify_KeyOfATpm_ProvesTheTpm(TestKeyKind kind, long algorithm)
    {
        var fixture = new TpmFixture { Scene = new() { Key = TestKey.Named("credential", kind), Algorithm = algorithm } };

        var evidence = Accepted(fixture.Scene.Verify(Format, fixture.Statement()));

        Assert.Equal((AttestationType.AttCa, new TpmDevice("id:FFFFF1D0", "Test TPM", "id:13"), false), (evidence.Type, evidence.Tpm!, evidence.UsedWeakAlgorithm));
        Assert.True(fixture.Scene.Judge(Format, fixture.Statement()).IsTrusted);
    }

    [Theory]
    [InlineData(TestKeyKind.P384, -35, TestSignatureAlgorithm.EcdsaSha384, "SHA384")]
    [InlineData(TestKeyKind.Rsa2048, -257, TestSignatureAlgorithm.RsaSha256, "SHA256")]
    [InlineData(TestKeyKind.Rsa2048, -259, TestSignatureAlgorithm.RsaSha512, "SHA512")]
    [InlineData(TestKeyKind.Rsa2048, -37, TestSignatureAlgorithm.PssSha256, "SHA256")]
    public void Verify_AttestationKeyOfAnotherKind_IsAcceptedWithItsHash(TestKeyKind kind, long algorithm, TestSignatureAlgorithm with, string hash)
    {
        var fixture = new TpmFixture { AttestationKey = TestKey.Named("tpm attestation", kind), Algorithm = algorithm, With = with, ExtraDataHash = new(hash) };
        Accepted(fixture.Scene.Verify(Format, fixture.Statement()));

        var other = new TpmFixture { AttestationKey = fixture.AttestationKey, Algorithm = algorithm, With = with, ExtraDataHash = new(hash == "SHA256" ? "SHA384" : "SHA256") };
        Refused(Fido2ErrorCodes.AttestationTpmExtraData, other.Scene.Verify(Format, other.Statement()));
    }

    [Fact]
    public void Verify_WindowsWithSha1_IsRefusedUnlessPolicySaysSoLoudly()
    {
        var fixture = new TpmFixture
        {
            Scene = new() { Key = TestKey.Named("credential", TestKeyKind.Rsa2048), Algorithm = -257 },
            AttestationKey = TestKey.Named("tpm attestation", TestKeyKind.Rsa2048),
            Algorithm = -65535,
            With = TestSignatureAlgorithm.RsaSha1,
            ExtraDataHash = HashAlgorithmName.SHA1,
        };
        Refused(Fido2ErrorCodes.AttestationAlgorithmNotAllowed, fixture.Scene.Verify(Format, fixture.Statement()));

        fixture.Scene.Algorithms = AlgorithmPolicy.Default.DangerouslyAllowWeak(SignatureUse.WebAuthnAttestation, SignatureAlgorithm.RsaSha1, At.AddDays(1));
        Assert.True(Accepted(fixture.Scene.Verify(Format, fixture.Statement())).UsedWeakAlgorithm);
    }

    [Fact]
    public void Verify_NameBySha1_IsRefusedUnlessPolicySaysSoLoudly()
    {
        var fixture = new TpmFixture { NameAlgorithm = 0x0004 };
        Refused(Fido2ErrorCodes.AttestationTpmObject, fixture.Scene.Verify(Format, fixture.Statement()));

        fixture.Scene.Algorithms = AlgorithmPolicy.Default.DangerouslyAllowWeak(SignatureUse.WebAuthnAttestation, SignatureAlgorithm.RsaSha1, At.AddDays(1));
        Assert.True(Accepted(fixture.Scene.Verify(Format, fixture.Statement())).UsedWeakAlgorithm);
    }

    [Theory]
    [InlineData(0x000C)]
    [InlineData(0x000D)]
    public void Verify_NameByALongerHash_IsAccepted(int nameAlgorithm)
    {
        var fixture = new TpmFixture { NameAlgorithm = (ushort)nameAlgorithm };
        Accepted(fixture.Scene.Verify(Format, fixture.Statement()));
    }

    public static TheoryData<TestKeyKind, string, string, string> Parameters => new()
    {
        // symmetric, scheme, kdf: TPM 2.0 Part 2 §11.1.7, §11.2.4.2, §11.2.5.6, §11.2.3.2
        { TestKeyKind.Rsa2048, "0010", "0014000B", "" },
        { TestKeyKind.Rsa2048, "0010", "0016000B", "" },
        { TestKeyKind.Rsa2048, "0010", "0015", "" },
        { TestKeyKind.Rsa2048, "0010", "0017000B", "" },
        { TestKeyKind.Rsa2048, "000600800043", "0010", "" },
        { TestKeyKind.P256, "0010", "0018000B", "0010" },
        { TestKeyKind.P256, "0010", "001C000B", "0010" },
        { TestKeyKind.P256, "0010", "001A000B0000", "0010" },
        { TestKeyKind.P256, "0010", "0010", "0020000B" },
        { TestKeyKind.P256, "000600800043", "0018000B", "0020000B" },
    };

    [Theory]
    [MemberData(nameof(Parameters))]
    public void Verify_AreaWithSymmetricSchemeOrKdf_IsReadToItsEnd(TestKeyKind kind, string symmetric, string scheme, string kdf)
    {
        var fixture = new TpmFixture
        {
            Scene = new() { Key = TestKey.Named("credential", kind), Algorithm = kind == TestKeyKind.P256 ? -7 : -257 },
            Symmetric = Convert.FromHexString(symmetric),
            Scheme = Convert.FromHexString(scheme),
            Kdf = Convert.FromHexString(kdf),
        };
        Accepted(fixture.Scene.Verify(Format, fixture.Statement()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(32)]
    public void Verify_CoordinateWithoutItsLeadingZero_IsTheCredentials(int offset)
    {
        TestKey key;
        do
        {
            key = TestKey.Create(TestKeyKind.P256);
        }
        while (key.SubjectPublicKeyInfo[^64..][offset] != 0);

        var scene = new AttestationScene { Key = key };
        Accepted(scene.Verify(Format, new TpmFixture { Scene = scene, ShortCoordinates = true }.Statement()));
        Accepted(scene.Verify(Format, new TpmFixture { Scene = scene }.Statement()));
    }

    [Fact]
    public void Verify_ExponentWritten_IsTheCredentials()
    {
        var scene = new AttestationScene { Key = TestKey.Named("credential", TestKeyKind.Rsa2048), Algorithm = -257 };
        Accepted(scene.Verify(Format, new TpmFixture { Scene = scene, Exponent = [0, 1, 0, 1] }.Statement()));
        Refused(Fido2ErrorCodes.AttestationKeyMismatch, scene.Verify(Format, new TpmFixture { Scene = scene, Exponent = [0, 0, 0, 3] }.Statement()));
        Refused(Fido2ErrorCodes.AttestationTpmStructure, scene.Verify(Format, new TpmFixture { Scene = scene, Exponent = [0, 0, 0, 1] }.Statement()));
    }

    [Theory]
    [InlineData("ver")]
    [InlineData("alg")]
    [InlineData("x5c")]
    [InlineData("sig")]
    [InlineData("certInfo")]
    [InlineData("pubArea")]
    public void Verify_MemberMissing_IsRefused(string name)
    {
        var fixture = new TpmFixture { Members = { [name] = [] } };
        Refused(Fido2ErrorCodes.AttestationStatementMalformed, fixture.Scene.Verify(Format, fixture.Statement()));
    }

    [Theory]
    [InlineData("1.2")]
    [InlineData("2.0 ")]
    public void Verify_AnotherVersion_IsRefused(string version)
    {
        var fixture = new TpmFixture { Members = { ["ver"] = RawCbor.Text(version) } };
        Refused(Fido2ErrorCodes.AttestationStatementMalformed, fixture.Scene.Verify(Format, fixture.Statement()));
    }

    [Fact]
    public void Verify_AreaOfAnotherKey_IsRefused()
    {
        var fixture = new TpmFixture { KeyInArea = TestKey.Named("other", TestKeyKind.P256) };
        Refused(Fido2ErrorCodes.AttestationKeyMismatch, fixture.Scene.Verify(Format, fixture.Statement()));
    }

    [Fact]
    public void Verify_AreaThatIsNone_IsRefused()
    {
        Func<byte[], byte[]>[] changes =
        [
            area => area[..^1],
            area => [.. area, 0],
            area => [0x00, 0x08, .. area[2..]], // keyed hash
            area => [.. area[..2], 0x00, 0x12, .. area[4..]], // SM3
            area => [.. area[..8], 0xFF, 0xFF, .. area[10..]], // authPolicy longer than the rest
            area => [.. area[..14], 0x00, 0x10, .. area[16..]], // BN-256
            area => [.. area[..15], 0x04, .. area[16..]], // P-384 with coordinates of P-256
            _ => [],
        ];
        Assert.All(changes, change =>
        {
            var fixture = new TpmFixture { ChangeArea = change };
            Refused(Fido2ErrorCodes.AttestationTpmStructure, fixture.Scene.Verify(Format, fixture.Statement()));
        });
    }

    [Fact]
    public void Verify_CertificateOfVersionOneOrWithASubject_IsRefused()
    {
        var named = new TpmFixture { Subject = TestName.Common("TPM") };
        Refused(Fido2ErrorCodes.AttestationCertificateSubject, named.Scene.Verify(Format, named.Statement()));

        var old = new TpmFixture
        {
            Subject = TestName.Common("TPM"),
            Profile = builder =>
            {
                builder.Version = 1;
                builder.Extensions.Clear();
            },
        };
        Refused(Fido2ErrorCodes.AttestationCertificateVersion, old.Scene.Verify(Format, old.Statement()));
    }

    public static TheoryData<string, string, string> Names => new()
    {
        { "", "Test TPM", "id:13" },
        { "FFFFF1D0", "Test TPM", "id:13" },
        { "id:FFFFF1D", "Test TPM", "id:13" },
        { "id:FFFFF1D00", "Test TPM", "id:13" },
        { "id:GGGGG1D0", "Test TPM", "id:13" },
        { "id:FFFFF1D0", "", "id:13" },
        { "id:FFFFF1D0", "Test TPM", "" },
        { "id:FFFFF1D0", "Test TPM", "id:" },
        { "id:FFFFF1D0", "Test TPM", "13" },
    };

    [Theory]
    [MemberData(nameof(Names))]
    public void Verify_TpmThatIsNotNamedAsTcgAsks_IsRefused(string manufacturer, string model, string version)
    {
        (string, string)[] device = [("2.23.133.2.1", manufacturer), ("2.23.133.2.2", model), ("2.23.133.2.3", version)];
        var fixture = new TpmFixture { Device = [.. device.Where(attribute => attribute.Item2.Length > 0)] };
        Refused(Fido2ErrorCodes.AttestationTpmName, fixture.Scene.Verify(Format, fixture.Statement()));
    }

    [Fact]
    public void Verify_TpmNamedInOneSet_IsAccepted()
    {
        var fixture = new TpmFixture { MultiValued = true };
        Accepted(fixture.Scene.Verify(Format, fixture.Statement()));
    }

    [Fact]
    public void Verify_CertificateForAnotherPurposeOrOfACa_IsRefused()
    {
        var other = new TpmFixture { Purposes = ["1.3.6.1.5.5.7.3.2"] };
        Refused(Fido2ErrorCodes.AttestationTpmPurpose, other.Scene.Verify(Format, other.Statement()));

        var none = new TpmFixture { Purposes = [] };
        Refused(Fido2ErrorCodes.AttestationTpmPurpose, none.Scene.Verify(Format, none.Statement()));

        var ca = new TpmFixture { Profile = builder => builder.With(TestExtensions.BasicConstraints(isCa: true)) };
        Refused(Fido2ErrorCodes.AttestationCertificateIsCa, ca.Scene.Verify(Format, ca.Statement()));
    }

    [Fact]
    public void Verify_Manufacturer_IsAskedForByPolicyAlone()
    {
        var fixture = new TpmFixture();
        fixture.Scene.Policy = fixture.Scene.Policy with { TpmManufacturers = ["id:414D4400"] };
        Refused(Fido2ErrorCodes.AttestationTpmManufacturer, fixture.Scene.Verify(Format, fixture.Statement()));

        fixture.Scene.Policy = fixture.Scene.Policy with { TpmManufacturers = ["id:414D4400", "id:fffff1d0"] };
        Accepted(fixture.Scene.Verify(Format, fixture.Statement()));
    }

    [Fact]
    public void Verify_CertificateOfAnotherModel_IsRefused()
    {
        var fixture = new TpmFixture { Profile = builder => builder.With(PackedFixture.Aaguid(Guid.Empty)) };
        Refused(Fido2ErrorCodes.AttestationAaguidMismatch, fixture.Scene.Verify(Format, fixture.Statement()));

        var same = new TpmFixture { Profile = builder => builder.With(PackedFixture.Aaguid(Aaguid)) };
        Accepted(same.Scene.Verify(Format, same.Statement()));
    }

    [Fact]
    public void Verify_SignatureOverSomethingElse_IsRefused()
    {
        var fixture = new TpmFixture();
        fixture.Members["sig"] = RawCbor.Bytes(fixture.AttestationKey.Sign(fixture.Scene.ToBeSigned));
        Refused(Fido2ErrorCodes.AttestationSignatureInvalid, fixture.Scene.Verify(Format, fixture.Statement()));
    }

    [Fact]
    public void Verify_InfoNotMadeToCertify_IsRefused()
    {
        var outside = new TpmFixture { Magic = [0xFF, 0x54, 0x43, 0x46] };
        Refused(Fido2ErrorCodes.AttestationTpmNotCertified, outside.Scene.Verify(Format, outside.Statement()));

        var quote = new TpmFixture { Type = [0x80, 0x18] };
        Refused(Fido2ErrorCodes.AttestationTpmNotCertified, quote.Scene.Verify(Format, quote.Statement()));
    }

    [Fact]
    public void Verify_InfoThatIsNone_IsRefused()
    {
        Func<byte[], byte[]>[] changes = [info => info[..^1], info => [.. info, 0], info => info[..5], info => [.. info[..6], 0xFF, 0xFF, .. info[8..]]];
        Assert.All(changes, change =>
        {
            var fixture = new TpmFixture { ChangeInfo = change };
            Refused(Fido2ErrorCodes.AttestationTpmStructure, fixture.Scene.Verify(Format, fixture.Statement()));
        });
    }

    [Fact]
    public void Verify_InfoOfAnotherRegistration_IsRefused()
    {
        var fixture = new TpmFixture();
        var statement = fixture.Statement();
        fixture.Scene.Hash[0] ^= 1;
        Refused(Fido2ErrorCodes.AttestationTpmExtraData, fixture.Scene.Verify(Format, statement));
    }

    [Fact]
    public void Verify_InfoOfAnotherObject_IsRefused()
    {
        Func<byte[], byte[]>[] changes = [name => [.. name[..^1], (byte)(name[^1] ^ 1)], name => [0x00, 0x0C, .. name[2..]], name => name[..^1], _ => []];
        Assert.All(changes, change =>
        {
            var fixture = new TpmFixture { ChangeName = change };
            Refused(Fido2ErrorCodes.AttestationTpmObject, fixture.Scene.Verify(Format, fixture.Statement()));
        });

        // An area that differs only where the key does not: its attributes.
        var attributes = new TpmFixture { ChangeArea = area => [.. area[..4], 0xFF, .. area[5..]] };
        Refused(Fido2ErrorCodes.AttestationTpmObject, attributes.Scene.Verify(Format, attributes.Statement()));
    }
}
