using System.Text;
using MedId.Testing;

namespace MedId.Signatures.Tests;

/// <summary>CMS exchanged with the openssl command in both directions.</summary>
[Trait("Peer", "openssl")]
public sealed class CmsAtOpenSslTests : IDisposable
{
    private static readonly byte[] Content = Encoding.UTF8.GetBytes("処方箋 2026-04-01\r\n");

    private readonly OpenSsl _openssl = new();

    [Theory]
    [InlineData(TestKeyKind.Rsa2048, "sha256")]
    [InlineData(TestKeyKind.Rsa2048, "sha512")]
    [InlineData(TestKeyKind.Rsa2048, "sha256", "-keyopt", "rsa_padding_mode:pss", "-keyopt", "rsa_pss_saltlen:digest")]
    [InlineData(TestKeyKind.P256, "sha256")]
    [InlineData(TestKeyKind.P384, "sha384")]
    [InlineData(TestKeyKind.P521, "sha512")]
    [InlineData(TestKeyKind.P256, "sha256", "-nodetach")]
    [InlineData(TestKeyKind.P256, "sha256", "-nodetach", "-stream")]
    [InlineData(TestKeyKind.P256, "sha256", "-keyid")]
    public async Task Verify_SignatureOfOpenSsl_IsAccepted(TestKeyKind kind, string digest, params string[] options)
    {
        var bytes = await SignAsync(kind, digest, ["-cades", .. options]);

        // openssl writes the hour of its own clock, which no reference time of a fixture knows.
        var isAttached = options.Contains("-nodetach");
        var result = CmsVerifier.Verify(bytes, isAttached ? null : (ReadOnlyMemory<byte>?)Content, SignatureScene.Policy, SignatureScene.Evidence, SignatureScene.Now);

        Assert.True(result.IsAccepted, result.Error?.ToString());
        Assert.Equal(SignatureLevel.BaselineB, result.Level);
        Assert.Equal(Content, result.Signers[0].Covered[0].Octets.ToArray());
    }

    [Fact]
    public async Task Verify_SignatureOfOpenSslWithoutAttributes_IsRefusedUnlessAllowedByName()
    {
        var bytes = await SignAsync(TestKeyKind.P256, "sha256", ["-noattr"]);

        var refused = CmsVerifier.Verify(bytes, Content, SignatureScene.Policy, SignatureScene.Evidence, SignatureScene.Now);
        var lenient = SignatureScene.Policy with { CmsLeniency = CmsLeniency.WithoutSignedAttributes, MinimumLevel = SignatureLevel.Plain };

        Assert.Equal(SignaturesErrorCodes.CmsSignedAttributesMissing, refused.Error!.Code);
        Assert.True(CmsVerifier.Verify(bytes, Content, lenient, SignatureScene.Evidence, SignatureScene.Now).IsAccepted);
    }

    [Theory]
    [MemberData(nameof(CmsSignerTests.Keys), MemberType = typeof(CmsSignerTests))]
    public async Task SignAsync_Signature_VerifiesAtOpenSsl(TestKeyKind kind, string algorithm)
    {
        var (certificate, key) = CmsSignerTests.Make(kind, algorithm);
        var signature = await new CmsSigner(key, certificate, CmsSignerTests.Clock()).SignAsync(Content);

        await VerifyAtOpenSslAsync(signature, "-content", _openssl.Write("content", Content));
    }

    [Fact]
    public async Task SignAsync_AttachedAndLifted_VerifiesAtOpenSsl()
    {
        var (certificate, key) = CmsSignerTests.Make(TestKeyKind.P256, "ES256");
        var signature = await new CmsSigner(key, certificate, CmsSignerTests.Clock()).SignAsync(Content, new() { Attached = true });
        var read = CmsSignedData.Parse(signature).Value!;
        var token = TimestampToken.Parse(new TestTst(SignatureScene.Tsa).Write(read.Signers[0].Signature.ToArray())).Value!;
        var lasting = CmsSignedData.Parse(read.AddTimestamp(token)).Value!.AddEvidence(CmsSignerTests.Evidence());

        await VerifyAtOpenSslAsync(lasting);
        Assert.Equal(Content, _openssl.Read("out"));
        Assert.Contains("id-smime-aa-timeStampToken", await _openssl.RunAsync("cms", "-cmsout", "-print", "-inform", "DER", "-in", _openssl.PathOf("signature")), StringComparison.Ordinal);
    }

    public void Dispose() => _openssl.Dispose();

    private async Task VerifyAtOpenSslAsync(byte[] signature, params string[] options) => await _openssl.RunAsync(
        [
            "cms", "-verify", "-cades", "-binary", "-purpose", "any", "-inform", "DER", "-in", _openssl.Write("signature", signature),
            "-CAfile", _openssl.Write("root.pem", SignatureScene.Authority.Certificate.Pem), "-attime", At, "-out", _openssl.PathOf("out"), .. options,
        ]);

    private async Task<byte[]> SignAsync(TestKeyKind kind, string digest, string[] options)
    {
        var signer = SignatureScene.Issue("Signer at openssl", kind);
        await _openssl.RunAsync(
        [
            "cms", "-sign", "-binary", "-in", _openssl.Write("content", Content), "-signer", _openssl.Write("signer.pem", signer.Pem), "-inkey", _openssl.Write("key.pem", signer.Key.ExportPem()),
            "-md", digest, "-outform", "DER", "-out", _openssl.PathOf("signature"), .. options,
        ]);
        return _openssl.Read("signature");
    }

    private static string At => SignatureScene.Now.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);
}
