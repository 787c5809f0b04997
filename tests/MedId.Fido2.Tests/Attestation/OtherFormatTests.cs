using System.Security.Cryptography;
using MedId.Testing;
using static MedId.Fido2.Tests.AttestationScene;

namespace MedId.Fido2.Tests;

/// <summary>none, fido-u2f, apple and unknown formats.</summary>
public sealed class OtherFormatTests
{
    [Fact]
    public void Verify_None_ProvesNothing()
    {
        var evidence = Accepted(new AttestationScene().Verify(AttestationFormats.None, RawCbor.Map()));
        Assert.Equal((AttestationType.None, 0), (evidence.Type, evidence.Path.Count));
    }

    [Fact]
    public void Verify_NoneWithSomethingInIt_IsRefused()
    {
        var scene = new AttestationScene();
        Refused(Fido2ErrorCodes.AttestationStatementMalformed, scene.Verify(AttestationFormats.None, RawCbor.Map((RawCbor.Text("alg"), RawCbor.Int(-7)))));
        Refused(Fido2ErrorCodes.AttestationStatementMalformed, scene.Verify(AttestationFormats.None, RawCbor.Array()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("None")]
    [InlineData("packed ")]
    [InlineData("apple-appattest")]
    public void Verify_UnknownFormat_IsRefused(string format) =>
        Refused(Fido2ErrorCodes.AttestationFormatUnknown, new AttestationScene().Verify(format, RawCbor.Map()));

    [Fact]
    public void Verify_U2f_ProvesTheModelByItsCertificate()
    {
        var (scene, key) = (new AttestationScene(), TestKey.Named("u2f attestation", TestKeyKind.P256));
        var evidence = Accepted(scene.Verify(AttestationFormats.FidoU2f, U2f(scene, key)));

        // The AAGUID is not zero here, and nothing asks for it (as in the official vector).
        Assert.Equal((AttestationType.Basic, Aaguid), (evidence.Type, evidence.Aaguid));
        Assert.Equal(Convert.ToHexStringLower(key.Identifier), evidence.AttestationKeyIdentifier);
        Assert.True(scene.Judge(AttestationFormats.FidoU2f, U2f(scene, key)).IsTrusted);
    }

    [Fact]
    public void Verify_U2fNotWithExactlyOneCertificate_IsRefused()
    {
        var (scene, key) = (new AttestationScene(), TestKey.Named("u2f attestation", TestKeyKind.P256));
        var certificate = Issue(PackedSubject, key);
        Refused(Fido2ErrorCodes.AttestationStatementMalformed, scene.Verify(AttestationFormats.FidoU2f, U2f(scene, key, X5c(certificate, certificate))));
        Refused(Fido2ErrorCodes.AttestationStatementMalformed, scene.Verify(AttestationFormats.FidoU2f, U2f(scene, key, RawCbor.Array())));
        Refused(Fido2ErrorCodes.AttestationStatementMalformed, scene.Verify(AttestationFormats.FidoU2f, RawCbor.Map((RawCbor.Text("x5c"), X5c(certificate)))));
        Refused(Fido2ErrorCodes.AttestationStatementMalformed, scene.Verify(AttestationFormats.FidoU2f, RawCbor.Map((RawCbor.Text("sig"), RawCbor.Bytes([1])))));
    }

    [Fact]
    public void Verify_U2fWithKeysOfAnotherCurve_IsRefused()
    {
        var scene = new AttestationScene();
        Refused(Fido2ErrorCodes.AttestationAlgorithmNotAllowed, scene.Verify(AttestationFormats.FidoU2f, U2f(scene, TestKey.Named("u2f attestation", TestKeyKind.P384))));

        var credential = new AttestationScene { Key = TestKey.Named("credential", TestKeyKind.P384), Algorithm = -35 };
        Refused(Fido2ErrorCodes.AttestationAlgorithmNotAllowed, credential.Verify(AttestationFormats.FidoU2f, U2f(credential, TestKey.Named("u2f attestation", TestKeyKind.P256))));
    }

    [Fact]
    public void Verify_U2fSignatureOverAnotherMessage_IsRefused()
    {
        var (scene, key) = (new AttestationScene(), TestKey.Named("u2f attestation", TestKeyKind.P256));
        var overPacked = RawCbor.Map((RawCbor.Text("sig"), RawCbor.Bytes(key.Sign(scene.ToBeSigned))), (RawCbor.Text("x5c"), X5c(Issue(PackedSubject, key))));
        Refused(Fido2ErrorCodes.AttestationSignatureInvalid, scene.Verify(AttestationFormats.FidoU2f, overPacked));

        var statement = U2f(scene, key);
        scene.CredentialId[^1] ^= 1;
        Refused(Fido2ErrorCodes.AttestationSignatureInvalid, scene.Verify(AttestationFormats.FidoU2f, statement));
    }

    [Fact]
    public void Verify_Apple_ProvesTheDeviceAnonymously()
    {
        var scene = new AttestationScene();
        var statement = RawCbor.Map((RawCbor.Text("alg"), RawCbor.Int(-7)), (RawCbor.Text("x5c"), X5c(AppleCertificate(scene.Key, Nonce(scene.ToBeSigned)))));

        Assert.Equal(AttestationType.AnonCa, Accepted(scene.Verify(AttestationFormats.Apple, statement)).Type);
        Assert.True(scene.Judge(AttestationFormats.Apple, statement).IsTrusted);
    }

    [Fact]
    public void Verify_AppleWithoutCertificate_IsRefused() =>
        Refused(Fido2ErrorCodes.AttestationStatementMalformed, new AttestationScene().Verify(AttestationFormats.Apple, RawCbor.Map()));

    [Fact]
    public void Verify_AppleNonceThatIsNotOfThisRegistration_IsRefused()
    {
        var scene = new AttestationScene();
        byte[][] nonces =
        [
            Nonce([.. scene.ToBeSigned, 0]),
            [],
            TestDer.OctetString(SHA256.HashData(scene.ToBeSigned)),
            TestDer.Sequence(TestDer.Context(2, TestDer.OctetString(SHA256.HashData(scene.ToBeSigned)))),
            TestDer.Sequence(TestDer.Context(1, TestDer.OctetString(SHA256.HashData(scene.ToBeSigned)), TestDer.Null)),
            [.. Nonce(scene.ToBeSigned), 0x05, 0x00],
        ];
        Assert.All(nonces, nonce => Refused(
            Fido2ErrorCodes.AttestationAppleNonce,
            scene.Verify(AttestationFormats.Apple, RawCbor.Map((RawCbor.Text("x5c"), X5c(AppleCertificate(scene.Key, nonce)))))));
    }

    [Fact]
    public void Verify_AppleCertificateOfAnotherKey_IsRefused()
    {
        var scene = new AttestationScene();
        var certificate = AppleCertificate(TestKey.Named("other", TestKeyKind.P256), Nonce(scene.ToBeSigned));
        Refused(Fido2ErrorCodes.AttestationKeyMismatch, scene.Verify(AttestationFormats.Apple, RawCbor.Map((RawCbor.Text("x5c"), X5c(certificate)))));
    }

    private static byte[] U2f(AttestationScene scene, TestKey key, byte[]? certificates = null)
    {
        byte[] message =
        [
            0, .. SHA256.HashData("example.org"u8), .. scene.Hash, .. scene.CredentialId, 4, .. scene.Key.SubjectPublicKeyInfo[^64..],
        ];
        return RawCbor.Map((RawCbor.Text("sig"), RawCbor.Bytes(key.Sign(message))), (RawCbor.Text("x5c"), certificates ?? X5c(Issue(PackedSubject, key))));
    }

    private static byte[] Nonce(byte[] toBeSigned) => TestDer.Sequence(TestDer.Context(1, TestDer.OctetString(SHA256.HashData(toBeSigned))));

    private static TestCertificate AppleCertificate(TestKey key, byte[] nonce) =>
        Issue(TestName.Common("credential"), key, builder => _ = nonce.Length == 0 ? builder : builder.With(new("1.2.840.113635.100.8.2", Critical: false, nonce)));
}
