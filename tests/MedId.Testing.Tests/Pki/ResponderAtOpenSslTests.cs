namespace MedId.Testing.Tests.Pki;

/// <summary>OCSP requests that openssl makes, and what it thinks of the responder's answers. It knows only the present time, so the world is of today.</summary>
[Trait("Peer", "openssl")]
public sealed class ResponderAtOpenSslTests : IDisposable
{
    private readonly OpenSsl _openSsl = new();
    private readonly TestAuthority _authority = TestAuthority.CreateRoot(TestName.Common("LAB root"), new() { Now = TimeProvider.System.GetUtcNow() });

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Respond_Request_IsGood(bool delegated)
    {
        var leaf = _authority.Issue(TestName.Common("LAB leaf"));

        var text = await AskAsync(leaf, OcspFault.None, delegated);

        Assert.Contains("Response verify OK", text, StringComparison.Ordinal);
        Assert.Contains(": good", text, StringComparison.Ordinal);
        Assert.DoesNotContain("WARNING", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Respond_RevokedCertificate_HasTheReason()
    {
        var leaf = _authority.Issue(TestName.Common("LAB leaf"));
        _authority.Revoke(leaf, reason: 1);

        var text = await AskAsync(leaf, OcspFault.None, delegated: true);

        Assert.Contains(": revoked", text, StringComparison.Ordinal);
        Assert.Contains("Reason: keyCompromise", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(OcspFault.TryLater, "trylater")]
    [InlineData(OcspFault.Unauthorized, "unauthorized")]
    [InlineData(OcspFault.Garbage, "Error reading OCSP response")]
    [InlineData(OcspFault.TamperedSignature, "Response Verify Failure")]
    [InlineData(OcspFault.ForeignDelegate, "Response Verify Failure")]
    [InlineData(OcspFault.DelegateWithoutPurpose, "Response Verify Failure")]
    [InlineData(OcspFault.DelegateExpired, "Response Verify Failure")]
    [InlineData(OcspFault.DelegateNotDirect, "Response Verify Failure")]
    [InlineData(OcspFault.DelegateMissing, "Response Verify Failure")]
    [InlineData(OcspFault.OtherResponderId, "Response Verify Failure")]
    [InlineData(OcspFault.Stale, "Status times invalid")]
    [InlineData(OcspFault.Future, "Status times invalid")]
    [InlineData(OcspFault.NoNonce, "no nonce in response")]
    [InlineData(OcspFault.OtherNonce, "Nonce Verify error")]
    [InlineData(OcspFault.OtherSerialNumber, "No Status found")]
    [InlineData(OcspFault.OtherIssuerKey, "No Status found")]
    [InlineData(OcspFault.UnknownStatus, ": unknown")]
    public async Task Respond_Fault_IsSeen(OcspFault fault, string complaint) =>
        Assert.Contains(complaint, await AskAsync(_authority.Issue(TestName.Common("LAB leaf")), fault, delegated: true), StringComparison.OrdinalIgnoreCase);

    [Fact]
    public void Respond_EveryFault_IsKnown()
    {
        var leaf = _authority.Issue(TestName.Common("LAB leaf"));
        var responder = new TestOcspResponder(_authority);

        Assert.All(Enum.GetValues<OcspFault>(), fault => Assert.NotEmpty(responder.RespondFor(leaf, fault)));
    }

    [Fact]
    public void CreateCrl_EveryFault_IsKnown() => Assert.All(Enum.GetValues<CrlFault>(), fault => Assert.NotEmpty(_authority.CreateCrl(fault)));

    public void Dispose() => _openSsl.Dispose();

    private async Task<string> AskAsync(TestCertificate leaf, OcspFault fault, bool delegated)
    {
        var responder = new TestOcspResponder(_authority, delegated ? TestOcspResponder.CreateDelegate(_authority) : null);
        var issuer = _openSsl.WritePems("issuer.pem", _authority.Certificate);
        string[] question = ["-issuer", issuer, "-cert", _openSsl.WritePems("leaf.pem", leaf)];
        await OpenSsl.SucceedAsync(["ocsp", .. question, "-reqout", _openSsl.PathOf("request")]);
        var response = _openSsl.Write("response", responder.Respond(await File.ReadAllBytesAsync(_openSsl.PathOf("request")), fault));
        // openssl prints a status only for certificates that it is given, and compares the nonce only with a request that it is given.
        string[] answer = ["-respin", response, "-CAfile", issuer];
        return (await OpenSsl.RunAsync(["ocsp", "-reqin", _openSsl.PathOf("request"), .. answer])).Text
            + (await OpenSsl.RunAsync(["ocsp", .. question, "-no_nonce", .. answer])).Text;
    }
}
