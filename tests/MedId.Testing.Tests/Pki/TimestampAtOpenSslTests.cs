namespace MedId.Testing.Tests.Pki;

/// <summary>Time-stamps and CMS signatures of the authority, as openssl judges them.</summary>
[Trait("Peer", "openssl")]
public sealed class TimestampAtOpenSslTests : IDisposable
{
    private static readonly byte[] Data = "LAB document"u8.ToArray();

    private readonly OpenSsl _openSsl = new();
    private readonly TestAuthority _root = TestAuthority.CreateRoot(TestName.Common("LAB root"));

    [Fact]
    public async Task Respond_RequestOfOpenSsl_IsAccepted() => Assert.Contains("Verification: OK", await AskAsync(TimestampFault.None), StringComparison.Ordinal);

    [Theory]
    [InlineData(TimestampFault.Rejection)]
    [InlineData(TimestampFault.Waiting)]
    [InlineData(TimestampFault.GrantedWithoutToken)]
    [InlineData(TimestampFault.Garbage)]
    [InlineData(TimestampFault.OtherImprint)]
    [InlineData(TimestampFault.OtherImprintAlgorithm)]
    [InlineData(TimestampFault.OtherNonce)]
    [InlineData(TimestampFault.NoNonce)]
    [InlineData(TimestampFault.NoCertificates)]
    [InlineData(TimestampFault.NoSigningCertificate)]
    [InlineData(TimestampFault.OtherSigningCertificate)]
    [InlineData(TimestampFault.TwoSigners)]
    [InlineData(TimestampFault.NoSigner)]
    [InlineData(TimestampFault.TamperedSignature)]
    [InlineData(TimestampFault.OtherContentType)]
    [InlineData(TimestampFault.OtherVersion)]
    [InlineData(TimestampFault.OtherAuthorityName)]
    [InlineData(TimestampFault.CertificateWithoutPurpose)]
    [InlineData(TimestampFault.PurposeNotCritical)]
    [InlineData(TimestampFault.TwoPurposes)]
    [InlineData(TimestampFault.CertificateExpired)]
    [InlineData(TimestampFault.ForeignCertificate)]
    public async Task Respond_Fault_IsRefused(TimestampFault fault) => Assert.DoesNotContain("Verification: OK", await AskAsync(fault), StringComparison.Ordinal);

    [Theory]
    [InlineData(TestKeyKind.Rsa2048)]
    [InlineData(TestKeyKind.P256)]
    [InlineData(TestKeyKind.P384)]
    public async Task Sign_Cades_IsAccepted(TestKeyKind kind)
    {
        var cms = _openSsl.Write("cms", new TestCmsBuilder { Content = Data }
            .SignedBy(_root.Issue(TestName.Common("LAB signer"), TestKey.Shared(kind)), signer => signer.SigningTime = _root.Options.Now).Sign());

        var text = await OpenSsl.SucceedAsync(
            "cms", "-verify", "-cades", "-binary", "-purpose", "any", "-inform", "DER", "-in", cms, "-attime", OpenSsl.At(_root.Options.Now), "-CAfile", Root, "-out", _openSsl.PathOf("out"));

        Assert.Contains("successful", text, StringComparison.Ordinal);
        Assert.Equal(Data, await File.ReadAllBytesAsync(_openSsl.PathOf("out")));
    }

    public void Dispose() => _openSsl.Dispose();

    private string Root => _openSsl.WritePems("root.pem", _root.Certificate);

    private async Task<string> AskAsync(TimestampFault fault)
    {
        var data = _openSsl.Write("data", Data);
        await OpenSsl.SucceedAsync("ts", "-query", "-data", data, "-sha256", "-cert", "-out", _openSsl.PathOf("request"));
        var answer = _openSsl.Write("answer", new TestTimestampAuthority(_root).Respond(await File.ReadAllBytesAsync(_openSsl.PathOf("request")), fault));
        return (await OpenSsl.RunAsync("ts", "-verify", "-queryfile", _openSsl.PathOf("request"), "-in", answer, "-CAfile", Root, "-attime", OpenSsl.At(_root.Options.Now))).Text;
    }
}
