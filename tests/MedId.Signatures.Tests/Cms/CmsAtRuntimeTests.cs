using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using MedId.Core;
using MedId.Testing;
using RuntimeCmsSigner = System.Security.Cryptography.Pkcs.CmsSigner;

namespace MedId.Signatures.Tests;

/// <summary>CMS and time-stamps exchanged with the runtime's own classes in both directions.</summary>
public sealed class CmsAtRuntimeTests
{
    private static readonly byte[] Content = "処方箋"u8.ToArray();

    [Theory]
    [MemberData(nameof(CmsSignerTests.Keys), MemberType = typeof(CmsSignerTests))]
    public async Task SignAsync_Signature_VerifiesAtTheRuntime(TestKeyKind kind, string algorithm)
    {
        var (certificate, key) = CmsSignerTests.Make(kind, algorithm);
        var signature = await new CmsSigner(key, certificate, CmsSignerTests.Clock()).SignAsync(Content);

        var peer = new SignedCms(new ContentInfo(Content), detached: true);
        peer.Decode(signature);
        peer.CheckSignature(verifySignatureOnly: true);

        Assert.Equal(certificate.RawData.ToArray(), peer.SignerInfos[0].Certificate!.RawData);
    }

    [Theory]
    [InlineData(TestKeyKind.Rsa2048, SubjectIdentifierType.IssuerAndSerialNumber)]
    [InlineData(TestKeyKind.Rsa2048, SubjectIdentifierType.SubjectKeyIdentifier)]
    [InlineData(TestKeyKind.P256, SubjectIdentifierType.IssuerAndSerialNumber)]
    public void Verify_SignatureOfTheRuntime_IsAcceptedAsPlain(TestKeyKind kind, SubjectIdentifierType identifier)
    {
        using var certificate = SignatureScene.Issue("Signer at the runtime", kind).ToX509();
        var peer = new SignedCms(new ContentInfo(Content), detached: false);
        peer.ComputeSignature(new RuntimeCmsSigner(identifier, certificate) { IncludeOption = X509IncludeOption.EndCertOnly, SignedAttributes = { new Pkcs9SigningTime(SignatureScene.Now.UtcDateTime) } });

        var result = CmsVerifier.Verify(peer.Encode(), null, SignatureScene.Policy with { MinimumLevel = SignatureLevel.Plain }, SignatureScene.Evidence, SignatureScene.Now);

        Assert.True(result.IsAccepted, result.Error?.ToString());
        Assert.Equal(SignatureLevel.Plain, result.Level);
        Assert.Equal(SignatureScene.Now, result.Signers[0].ClaimedSigningTime);
    }

    [Fact]
    public void Verify_CounterSignatureOfTheRuntime_IsReportedAndDecidesNothing()
    {
        using var certificate = SignatureScene.Issue("Signer at the runtime").ToX509();
        using var second = SignatureScene.Issue("Counter-signer at the runtime").ToX509();
        var peer = new SignedCms(new ContentInfo(Content), detached: false);
        peer.ComputeSignature(new RuntimeCmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, certificate) { IncludeOption = X509IncludeOption.EndCertOnly, SignedAttributes = { new Pkcs9SigningTime() } });
        peer.SignerInfos[0].ComputeCounterSignature(new RuntimeCmsSigner(SubjectIdentifierType.IssuerAndSerialNumber, second) { IncludeOption = X509IncludeOption.EndCertOnly });

        var result = CmsVerifier.Verify(peer.Encode(), null, SignatureScene.Policy with { MinimumLevel = SignatureLevel.Plain }, SignatureScene.Evidence, SignatureScene.Now);

        Assert.True(result.IsAccepted, result.Error?.ToString());
        Assert.Equal("countersignature", Assert.Single(Assert.Single(result.Signers).NotJudged).Name);
    }

    [Fact]
    public void Create_TimestampRequest_IsReadByTheRuntime()
    {
        var request = TimestampRequest.Create(Content, policyOid: SignatureScene.TsaPolicy);

        Assert.True(Rfc3161TimestampRequest.TryDecode(request.RawData, out var peer, out var read));
        Assert.Equal(request.RawData.Length, read);
        Assert.Equal(request.Nonce.ToArray(), peer.GetNonce()!.Value.ToArray());
        Assert.Equal(request.PolicyOid, peer.RequestedPolicyId!.Value);
        Assert.True(peer.RequestSignerCertificate);
    }

    [Fact]
    public void Write_TokenOfTheFixture_VerifiesAtTheRuntime()
    {
        Assert.True(Rfc3161TimestampToken.TryDecode(new TestTst(SignatureScene.Tsa).Write(Content), out var peer, out _));

        Assert.True(peer.VerifySignatureForData(Content, out var certificate));
        Assert.Equal(SignatureScene.Tsa.Der, certificate.RawData);
    }

    [Fact]
    public async Task Verify_TokenAddedByTheRuntime_IsBaselineT()
    {
        var (certificate, key) = CmsSignerTests.Make(TestKeyKind.P256, "ES256");
        var peer = new SignedCms(new ContentInfo(Content), detached: true);
        peer.Decode(await new CmsSigner(key, certificate, CmsSignerTests.Clock()).SignAsync(Content));
        var token = new TestTst(SignatureScene.Tsa).Write(peer.SignerInfos[0].GetSignature());
        peer.SignerInfos[0].AddUnsignedAttribute(new System.Security.Cryptography.AsnEncodedData(TestCmsSigner.SignatureTimestamp, token));

        var result = CmsVerifier.Verify(peer.Encode(), Content, SignatureScene.Policy, SignatureScene.Evidence, SignatureScene.Now);

        Assert.Equal(VerificationOutcome.Accepted, result.Outcome);
        Assert.Equal(SignatureLevel.BaselineT, result.Level);
    }
}
