using System.Security.Cryptography;

namespace MedId.Testing.Tests.Pki;

/// <summary>What the authority mints is what others read: chains and CRLs as the openssl command judges them.</summary>
[Trait("Peer", "openssl")]
public sealed class AuthorityAtOpenSslTests : IDisposable
{
    private readonly OpenSsl _openSsl = new();

    public static TheoryData<TestKeyKind, TestSignatureAlgorithm?> Algorithms => new()
    {
        { TestKeyKind.Rsa2048, null }, { TestKeyKind.Rsa3072, TestSignatureAlgorithm.RsaSha512 }, { TestKeyKind.Rsa2048, TestSignatureAlgorithm.PssSha256 },
        { TestKeyKind.Rsa2048, TestSignatureAlgorithm.PssSha384 }, { TestKeyKind.P256, null }, { TestKeyKind.P384, null }, { TestKeyKind.P521, null },
    };

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task Verify_ThreeCertificatesWithCrls_Succeeds(TestKeyKind kind, TestSignatureAlgorithm? algorithm)
    {
        var world = World(new() { KeyKind = kind, Algorithm = algorithm });

        Assert.EndsWith("OK", (await VerifyAsync(world.Root, world.Sub, world.Leaf)).Trim(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_RevokedLeaf_IsRefused()
    {
        var world = World(new());
        world.Sub.Revoke(world.Leaf, reason: 1);

        Assert.Contains("certificate revoked", await VerifyAsync(world.Root, world.Sub, world.Leaf), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_ChangedSignature_IsRefused()
    {
        var world = World(new());
        var leaf = world.Sub.Issue(TestName.Common("LAB leaf"), builder => builder.ChangeSignature = signature => { signature[^1] ^= 1; return signature; });

        Assert.Contains("certificate signature failure", await VerifyAsync(world.Root, world.Sub, leaf), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Crl_Text_HasNumberReasonAndScope()
    {
        var world = World(new());
        world.Root.Revoke(world.Sub.Certificate, reason: 4);
        var crl = _openSsl.Write("root.crl", world.Root.CreateCrl(builder => builder
            .Within(new() { FullName = [TestGeneralName.Directory(TestName.Common("SARL"))], OnlyCaCertificates = true })));

        var text = await OpenSsl.SucceedAsync("crl", "-inform", "DER", "-in", crl, "-noout", "-text");

        Assert.Contains("Superseded", text, StringComparison.Ordinal);
        Assert.Contains("Only CA Certificates", text, StringComparison.Ordinal);
        Assert.Contains("CN = SARL", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Issue_SameSeed_HasTheSameSerialNumbers()
    {
        var (one, other) = (World(new() { Seed = 7 }), World(new() { Seed = 7 }));

        Assert.Equal(one.Leaf.SerialNumber, other.Leaf.SerialNumber);
        Assert.NotEqual(one.Leaf.SerialNumber, World(new() { Seed = 8 }).Leaf.SerialNumber);
    }

    [Fact]
    public void SignBlock_DigestInfo_IsPkcs1Signature()
    {
        var key = TestKey.Shared(TestKeyKind.Rsa2048);
        byte[] data = [1, 2, 3];
        var block = TestDer.Sequence(TestDer.Sequence(TestDer.Oid("2.16.840.1.101.3.4.2.1"), TestDer.Null), TestDer.OctetString(SHA256.HashData(data)));

        Assert.Equal(key.Sign(data, TestSignatureAlgorithm.RsaSha256), key.SignBlock(block));
    }

    public void Dispose() => _openSsl.Dispose();

    private static (TestAuthority Root, TestAuthority Sub, TestCertificate Leaf) World(TestAuthorityOptions options)
    {
        var root = TestAuthority.CreateRoot(TestName.Of(("C", "JP"), ("O", "LAB"), ("CN", "LAB root")), options);
        var sub = root.CreateSubordinate(TestName.Of(("C", "JP"), ("O", "LAB"), ("CN", "LAB sub")));
        return (root, sub, sub.Issue(TestName.Of(("C", "JP"), ("CN", "LAB leaf"))));
    }

    private async Task<string> VerifyAsync(TestAuthority root, TestAuthority sub, TestCertificate leaf) => (await OpenSsl.RunAsync(
        "verify",
        "-attime", OpenSsl.At(root.Options.Now),
        "-x509_strict", "-crl_check_all", "-extended_crl",
        "-CAfile", _openSsl.WritePems("root.pem", root.Certificate),
        "-untrusted", _openSsl.WritePems("sub.pem", sub.Certificate),
        "-CRLfile", _openSsl.WriteCrls("crl.pem", root.CreateCrl(), sub.CreateCrl()),
        _openSsl.WritePems("leaf.pem", leaf))).Text;
}
