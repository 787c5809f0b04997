using System.Text;
using MedId.Core;
using MedId.Cryptography;
using MedId.Testing;

namespace MedId.Signatures.Tests;

/// <summary>Time-stamps exchanged with the openssl command in both directions.</summary>
[Trait("Peer", "openssl")]
public sealed class TimestampAtOpenSslTests : IDisposable
{
    private const string Configuration = """
        [tsa]
        default_tsa = service
        [service]
        serial = serial
        signer_digest = sha256
        default_policy = 2.999.3161.1
        other_policies = 2.999.3161.2
        digests = sha256, sha384, sha512
        accuracy = secs:1, millisecs:500
        ordering = yes
        tsa_name = yes
        ess_cert_id_chain = no
        ess_cert_id_alg = ALGORITHM
        """;

    private static readonly byte[] Stamped = Encoding.UTF8.GetBytes("処方箋");

    private readonly OpenSsl _openssl = new();
    private readonly TestCertificate _service = SignatureScene.IssueTsa("Time-stamping service at openssl", b => b.Valid(SignatureScene.Now.AddYears(-1), TimeProvider.System.GetUtcNow().AddYears(2)));

    [Theory]
    [InlineData("SHA256", null)]
    [InlineData("SHA384", null)]
    [InlineData("SHA512", "2.999.3161.2")]
    public async Task Accept_ReplyOfOpenSsl_IsTheTokenAndVerifies(string hash, string? policyOid)
    {
        var request = TimestampRequest.Create(Stamped, DigestAlgorithm.All.First(d => d.Hash.Name == hash), policyOid);

        var token = TimestampResponse.Parse(await ReplyAsync(request.RawData.ToArray())).Value!.Accept(request);

        Assert.True(token.Succeeded, token.Error?.ToString());
        Assert.Equal(policyOid ?? SignatureScene.TsaPolicy, token.Value.Info.PolicyOid);
        Assert.Equal(TimeSpan.FromMilliseconds(1500), token.Value.Info.Accuracy!.Span);
        Assert.True(token.Value.Info.Ordering);
        Assert.Equal(VerificationOutcome.Accepted, Verify(token.Value).Outcome);
    }

    [Fact]
    public async Task Verify_ReplyThatNamesTheCertificateBySha1_IsRefusedUnlessAllowedByName()
    {
        var request = TimestampRequest.Create(Stamped);
        var token = TimestampResponse.Parse(await ReplyAsync(request.RawData.ToArray(), "sha1")).Value!.Accept(request).Value!;

        Assert.Equal(SignaturesErrorCodes.SigningCertificateNotNamed, Verify(token).Error!.Code);
        Assert.Equal(VerificationOutcome.Accepted, Verify(token, Policy with { AcceptSha1SigningCertificate = true }).Outcome);
    }

    [Fact]
    public async Task Parse_RefusalOfOpenSsl_SaysWhy()
    {
        var request = TimestampRequest.Create(Stamped, policyOid: "2.999.3161.3");

        var response = TimestampResponse.Parse(await ReplyAsync(request.RawData.ToArray())).Value!;

        Assert.Equal(TimestampStatus.Rejection, response.Status);
        Assert.Equal(TimestampFailures.UnacceptedPolicy, response.Failures);
        Assert.Equal(SignaturesErrorCodes.TspNotGranted, response.Accept(request).Error!.Code);
    }

    [Fact]
    public async Task Create_Request_IsReadByOpenSsl()
    {
        var request = TimestampRequest.Create(Stamped, policyOid: SignatureScene.TsaPolicy);

        var text = await _openssl.RunAsync("ts", "-query", "-in", _openssl.Write("query", request.RawData.ToArray()), "-text");

        Assert.Contains("Hash Algorithm: sha256", text, StringComparison.Ordinal);
        Assert.Contains("Policy OID: " + SignatureScene.TsaPolicy, text, StringComparison.Ordinal);
        Assert.Contains("Certificate required: yes", text, StringComparison.Ordinal);
        Assert.Contains("Nonce: 0x" + Convert.ToHexString(request.Nonce.Span), text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_TokenOfTheFixture_VerifiesAtOpenSsl()
    {
        // The fixture that the refusals start from is a good token to somebody else too.
        var token = new TestTst(SignatureScene.Tsa).Write(Stamped);
        var at = SignatureScene.Now.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture);

        Assert.Contains("Verification: OK", await _openssl.RunAsync(
            "ts", "-verify", "-data", _openssl.Write("data", Stamped), "-in", _openssl.Write("token", token), "-token_in", "-attime", at,
            "-CAfile", _openssl.Write("root.pem", SignatureScene.TsaAuthority.Certificate.Pem)), StringComparison.Ordinal);
    }

    public void Dispose() => _openssl.Dispose();

    private static TimestampPolicy Policy => SignatureScene.TimestampPolicy with
    {
        Services = [SignatureScene.TimestampPolicy.Services[0] with { PolicyOid = null }],
        Path = SignatureScene.PathPolicy with { Revocation = MedId.Pki.RevocationRequirement.NotRequired },
    };

    /// <summary>openssl stamps by its own clock, so the verification is by that too.</summary>
    private static TimestampReport Verify(TimestampToken token, TimestampPolicy? policy = null) =>
        TimestampVerifier.Verify(token, TimestampKind.Content, Stamped, policy ?? Policy, ValidationEvidence.None, TimeProvider.System.GetUtcNow().AddMinutes(1));

    private async Task<byte[]> ReplyAsync(byte[] query, string essAlgorithm = "sha256")
    {
        _openssl.Write("serial", "01\n");
        await _openssl.RunAsync(
            "ts", "-reply", "-queryfile", _openssl.Write("query", query), "-config", _openssl.Write("tsa.cnf", Configuration.Replace("ALGORITHM", essAlgorithm, StringComparison.Ordinal)),
            "-signer", _openssl.Write("tsa.pem", _service.Pem), "-inkey", _openssl.Write("tsa.key", _service.Key.ExportPem()), "-out", _openssl.PathOf("reply"));
        return _openssl.Read("reply");
    }
}
