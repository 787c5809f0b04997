using MedId.Core;
using MedId.Testing;

namespace MedId.Signatures.Tests;

/// <summary>Ed25519 in CMS (RFC 8419), signed by the openssl command, which has the algorithm and no CMS for it.</summary>
[Trait("Peer", "openssl")]
public sealed class CmsEd25519Tests : IDisposable
{
    private readonly OpenSsl _openssl = new();

    [Theory]
    [InlineData("SHA512", null)]
    [InlineData("SHA256", SignaturesErrorCodes.CmsAlgorithmMismatch)]
    public async Task Verify_Ed25519_GoesWithSha512Only(string hash, string? code)
    {
        await _openssl.RunAsync("genpkey", "-algorithm", "ed25519", "-out", _openssl.PathOf("key.pem"));
        await _openssl.RunAsync("pkey", "-in", _openssl.PathOf("key.pem"), "-pubout", "-outform", "DER", "-out", _openssl.PathOf("public.der"));
        var certificate = SignatureScene.Issue("Signer by Ed25519", TestKeyKind.P256, b => b.Replace(TestCertificateField.SubjectPublicKeyInfo, _openssl.Read("public.der")));
        var cms = TestCms.By(certificate);
        var signer = cms.Signers[0];
        cms.DigestAlgorithms[0] = TestCmsSigner.Digest(new(hash));
        signer.Hash = new(hash);
        signer.SignatureAlgorithm = TestDer.Sequence(TestDer.Oid("1.3.101.112"));
        byte[]? signed = null;
        signer.WriteAttributes = attributes => [0xA0, .. (signed = TestDer.Set([.. attributes]))[1..]];
        cms.Write();
        await _openssl.RunAsync("pkeyutl", "-sign", "-rawin", "-inkey", _openssl.PathOf("key.pem"), "-in", _openssl.Write("signed", signed!), "-out", _openssl.PathOf("signature"));
        signer.ChangeSignature = _ => _openssl.Read("signature");

        var result = CmsVerifierTests.Verify(cms);

        Assert.Equal(code, result.Error?.Code);
        Assert.Equal(code is null ? VerificationOutcome.Accepted : VerificationOutcome.Refused, result.Outcome);
    }

    public void Dispose() => _openssl.Dispose();
}
