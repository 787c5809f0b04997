using System.Diagnostics;
using System.Security.Cryptography;
using MedId.Cryptography;

namespace MedId.Pki.Tests;

/// <summary>CRLs and OCSP responses of the openssl command judged here, requests of ours answered there. Skipped where it is not installed.</summary>
[Trait("Peer", "openssl")]
public sealed class OpenSslPeerTests : IDisposable
{
    private const string Extensions = "basicConstraints=CA:FALSE\nkeyUsage=critical,digitalSignature\n";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("medid-pki-openssl-");

    [Theory]
    [InlineData("rsa", "sha256")]
    [InlineData("ec", "sha384")]
    [InlineData("ed25519", null)]
    public async Task Check_CrlOfOpenSsl_SaysWhatItsDatabaseSays(string key, string? digest)
    {
        await MakeAuthorityAsync(key, digest);
        await IssueAsync("good");
        await IssueAsync("revoked");
        await IssueAsync("compromised");
        await IssueAsync("held");
        await RunAsync("ca", "-config", PathOf("ca.cnf"), "-revoke", PathOf("revoked.pem"), "-crl_reason", "superseded");
        await RunAsync("ca", "-config", PathOf("ca.cnf"), "-revoke", PathOf("compromised.pem"), "-crl_compromise", "20260101000000Z");
        await RunAsync("ca", "-config", PathOf("ca.cnf"), "-revoke", PathOf("held.pem"), "-crl_reason", "certificateHold");
        var crl = await CrlAsync();

        Assert.Equal((3, 1), (crl.Count, crl.Number));
        Assert.Equal((RevocationStatus.Good, null), Check("good", crl));
        Assert.Equal((RevocationStatus.Revoked, CrlReason.Superseded), Check("revoked", crl));
        Assert.Equal((RevocationStatus.Revoked, CrlReason.KeyCompromise), Check("compromised", crl));
        Assert.Equal((RevocationStatus.Revoked, CrlReason.CertificateHold), Check("held", crl));
    }

    [Fact]
    public async Task Check_CrlOfOpenSslWithIssuingDistributionPoint_IsForItsScope()
    {
        await MakeAuthorityAsync("ec", "sha256", crlExtensions: "issuingDistributionPoint=critical,@idp\n[idp]\nfullname=URI:http://lab.invalid/a.crl\nonlyuser=TRUE\n");
        await IssueAsync("there", "crlDistributionPoints=URI:http://lab.invalid/a.crl\n");
        await IssueAsync("elsewhere", "crlDistributionPoints=URI:http://lab.invalid/b.crl\n");
        var crl = await CrlAsync();

        Assert.True(crl.IssuingDistributionPoint?.OnlyContainsUserCertificates);
        Assert.Equal((RevocationStatus.Good, null), Check("there", crl));
        Assert.Equal(PkiErrorCodes.CrlScope, Decide("elsewhere", crl).Error?.Code);
    }

    [Theory]
    [InlineData("rsa", false, false)]
    [InlineData("ec", true, true)]
    [InlineData("ec", false, true)]
    public async Task Check_ResponseOfOpenSslToOurRequest_SaysWhatItsDatabaseSays(string key, bool bySha256, bool isDelegated)
    {
        await MakeAuthorityAsync(key, "sha256");
        await IssueAsync("good");
        await IssueAsync("revoked");
        await IssueAsync("responder", "extendedKeyUsage=critical,OCSPSigning\nnoCheck=ignored\n");
        await RunAsync("ca", "-config", PathOf("ca.cnf"), "-revoke", PathOf("revoked.pem"), "-crl_reason", "affiliationChanged");
        var signer = isDelegated ? "responder" : "ca";
        foreach (var (name, status) in new[] { ("good", RevocationStatus.Good), ("revoked", RevocationStatus.Revoked) })
        {
            var request = OcspRequest.Build(Certificate(name), Certificate("ca"), bySha256 ? DigestAlgorithm.Sha256 : DigestAlgorithm.Sha1, OcspRequest.NewNonce());
            await File.WriteAllBytesAsync(PathOf("request"), request.RawData.ToArray());
            await RunAsync(
                "ocsp", "-index", PathOf("index.txt"), "-CA", PathOf("ca.pem"), "-rsigner", PathOf(signer + ".pem"), "-rkey", PathOf(signer + ".key"), "-ndays", "1",
                "-reqin", PathOf("request"), "-respout", PathOf("response"));
            var decision = OcspChecker.Check(
                await File.ReadAllBytesAsync(PathOf("response")),
                Certificate(name),
                Certificate("ca"),
                new() { Algorithms = AlgorithmPolicy.Default, Nonce = request.Nonce, RequireNonce = true, ClockSkew = TimeSpan.FromSeconds(2) },
                Now);

            Assert.Null(decision.Error);
            Assert.Equal((status, isDelegated ? OcspResponderKind.Delegated : OcspResponderKind.Issuer), (decision.Status, decision.Responder?.Kind));
            Assert.Equal(status == RevocationStatus.Revoked ? CrlReason.AffiliationChanged : null, decision.Reason);
        }
    }

    [Fact]
    public async Task Parse_RequestOfOpenSsl_IsReadAsItIs()
    {
        await MakeAuthorityAsync("ec", "sha256");
        await IssueAsync("good");
        await RunAsync("ocsp", "-issuer", PathOf("ca.pem"), "-cert", PathOf("good.pem"), "-reqout", PathOf("request"));
        var theirs = OcspRequest.Parse(await File.ReadAllBytesAsync(PathOf("request"))).Value;

        Assert.Equal(OcspRequest.Build(Certificate("good"), Certificate("ca")).CertId, theirs?.CertId);
        Assert.NotNull(theirs?.Nonce);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private (RevocationStatus Status, CrlReason? Reason) Check(string name, CertificateRevocationList crl)
    {
        var decision = Decide(name, crl);
        Assert.Null(decision.Error);
        return (decision.Status, decision.Reason);
    }

    private CrlDecision Decide(string name, CertificateRevocationList crl) => CrlChecker.Check(
        Certificate(name), [crl], [Certificate("ca")], null, RevocationWorld.Policy with { Revocation = RevocationRequirement.Leaf with { ClockSkew = TimeSpan.FromSeconds(2) } }, Now);

    private Certificate Certificate(string name)
    {
        var pem = File.ReadAllText(PathOf(name + ".pem"));
        var fields = PemEncoding.Find(pem);
        return MedId.Pki.Certificate.Parse(Convert.FromBase64String(pem[fields.Base64Data])).Value!;
    }

    private async Task<CertificateRevocationList> CrlAsync()
    {
        await RunAsync("ca", "-config", PathOf("ca.cnf"), "-gencrl", "-out", PathOf("crl.pem"));
        await RunAsync("crl", "-in", PathOf("crl.pem"), "-outform", "DER", "-out", PathOf("crl.der"));
        return RevocationWorld.Crl(await File.ReadAllBytesAsync(PathOf("crl.der")));
    }

    private async Task MakeAuthorityAsync(string key, string? digest, string crlExtensions = "")
    {
        string[] algorithm = key switch { "rsa" => ["rsa:2048"], "ec" => ["ec", "-pkeyopt", "ec_paramgen_curve:P-384"], _ => [key] };
        await File.WriteAllTextAsync(PathOf("ca.cnf"), $"""
            [ca]
            default_ca = lab
            [lab]
            dir = {_folder.FullName}
            database = $dir/index.txt
            serial = $dir/serial
            crlnumber = $dir/crlnumber
            new_certs_dir = $dir
            certificate = $dir/ca.pem
            private_key = $dir/ca.key
            default_md = {digest ?? "default"}
            default_days = 30
            default_crl_days = 7
            policy = any
            unique_subject = no
            crl_extensions = crl
            [any]
            commonName = supplied
            [req]
            distinguished_name = name
            [name]
            [root]
            basicConstraints = critical,CA:TRUE
            keyUsage = critical,keyCertSign,cRLSign
            subjectKeyIdentifier = hash
            [crl]
            authorityKeyIdentifier = keyid
            {crlExtensions}
            """);
        await File.WriteAllTextAsync(PathOf("index.txt"), string.Empty);
        await File.WriteAllTextAsync(PathOf("serial"), "F00DF00DF00DF00DF00DF00DF00DF00D\n");
        await File.WriteAllTextAsync(PathOf("crlnumber"), "01\n");
        await RunAsync([
            "req", "-x509", "-config", PathOf("ca.cnf"), "-extensions", "root", "-newkey", .. algorithm, "-nodes", "-keyout", PathOf("ca.key"), "-out", PathOf("ca.pem"),
            "-subj", "/CN=LAB openssl CA", "-days", "60", .. digest is null ? Array.Empty<string>() : ["-" + digest]]);
    }

    private async Task IssueAsync(string name, string extensions = "")
    {
        await File.WriteAllTextAsync(PathOf(name + ".ext"), Extensions + extensions);
        await RunAsync("req", "-new", "-config", PathOf("ca.cnf"), "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", PathOf(name + ".key"), "-out", PathOf(name + ".csr"), "-subj", "/CN=LAB " + name);
        await RunAsync("ca", "-config", PathOf("ca.cnf"), "-batch", "-notext", "-in", PathOf(name + ".csr"), "-out", PathOf(name + ".pem"), "-extfile", PathOf(name + ".ext"));
    }

    private static async Task RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("openssl", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        Process? process = null;
        try
        {
            process = Process.Start(start);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("The openssl command is not installed.");
        }

        using (process!)
        {
            var output = process!.StandardOutput.ReadToEndAsync();
            var error = process.StandardError.ReadToEndAsync();
            await process.WaitForExitAsync();
            await output;
            Assert.True(process.ExitCode == 0, await error);
        }
    }
}
