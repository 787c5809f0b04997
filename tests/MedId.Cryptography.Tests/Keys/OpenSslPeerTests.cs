using System.Diagnostics;
using System.Text;

namespace MedId.Cryptography.Tests;

/// <summary>Keys and signatures exchanged with the openssl command in both directions. Skipped where it is not installed.</summary>
[Trait("Peer", "openssl")]
public sealed class OpenSslPeerTests : IDisposable
{
    private static readonly byte[] Data = Encoding.UTF8.GetBytes("同意の記録 2026-04-01");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("medid-openssl-");

    public static TheoryData<string> Names => [.. TestKeys.Signing.Where(a => a.Encoding != SignatureEncoding.DerOctetString).Select(a => a.Name)];

    public static TheoryData<KeyKind> EdwardsKinds => [KeyKind.Ed25519, KeyKind.Ed448];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Verify_SignatureOfOpenSsl_IsTrue(string name)
    {
        var algorithm = TestKeys.Algorithm(name);
        using var key = TestKeys.For(algorithm);
        var privateKey = await WriteAsync("key.der", key.ExportPkcs8());
        var data = await WriteAsync("data", Data);
        await RunAsync(["dgst", "-" + Hash(algorithm), "-sign", privateKey, "-keyform", "DER", .. Padding(algorithm), "-out", PathOf("signature"), data]);
        var signature = await File.ReadAllBytesAsync(PathOf("signature"));

        Assert.True(key.PublicKey.Verify(algorithm, Data, FromOpenSsl(algorithm, signature)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task SignAsync_Signature_VerifiesAtOpenSsl(string name)
    {
        var algorithm = TestKeys.Algorithm(name);
        using var key = TestKeys.For(algorithm);
        var signature = await key.SignAsync(Data);
        var publicKey = await WriteAsync("public.der", key.PublicKey.ExportSubjectPublicKeyInfo());
        var data = await WriteAsync("data", Data);
        var written = await WriteAsync("signature", algorithm.Encoding == SignatureEncoding.FixedFields ? SignatureBytes.WriteDerSequence(signature) : signature);

        Assert.Contains("Verified OK", await RunAsync(["dgst", "-" + Hash(algorithm), "-verify", publicKey, "-keyform", "DER", .. Padding(algorithm), "-signature", written, data]), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("prime256v1", "ES256")]
    [InlineData("secp384r1", "ES384")]
    [InlineData("secp521r1", "ES512")]
    [InlineData("secp256k1", "ES256K")]
    public async Task FromPkcs8_KeyOfOpenSsl_HasTheSamePublicHalf(string curve, string name)
    {
        await RunAsync(["genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:" + curve, "-out", PathOf("key.pem")]);
        await RunAsync(["pkcs8", "-topk8", "-nocrypt", "-in", PathOf("key.pem"), "-outform", "DER", "-out", PathOf("key.der")]);
        await RunAsync(["pkey", "-in", PathOf("key.pem"), "-pubout", "-outform", "DER", "-out", PathOf("public.der")]);
        using var key = LocalSigningKey.FromPkcs8(await File.ReadAllBytesAsync(PathOf("key.der")), TestKeys.Algorithm(name));

        Assert.Equal(await File.ReadAllBytesAsync(PathOf("public.der")), key.PublicKey.ExportSubjectPublicKeyInfo());
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("ed25519", KeyKind.Ed25519)]
    [InlineData("ed448", KeyKind.Ed448)]
    public async Task Verify_EdwardsSignatureOfOpenSsl_IsTrueForItsMessageOnly(string name, KeyKind kind)
    {
        await RunAsync(["genpkey", "-algorithm", name, "-out", PathOf("key.pem")]);
        await RunAsync(["pkey", "-in", PathOf("key.pem"), "-pubout", "-outform", "DER", "-out", PathOf("public.der")]);
        var key = Refused.Not(PublicKey.FromSubjectPublicKeyInfo(await File.ReadAllBytesAsync(PathOf("public.der"))));
        Assert.Equal(kind, key.Kind);
        for (var length = 1; length < 400; length += 57)
        {
            var data = Enumerable.Repeat((byte)length, length).ToArray();
            await RunAsync(["pkeyutl", "-sign", "-inkey", PathOf("key.pem"), "-rawin", "-in", await WriteAsync("data", data), "-out", PathOf("signature")]);
            var signature = await File.ReadAllBytesAsync(PathOf("signature"));
            var algorithm = SignatureAlgorithm.All.Single(a => a.KeyKind == kind);

            Assert.True(key.Verify(algorithm, data, signature));
            Assert.False(key.Verify(algorithm, [.. data, 0], signature));
        }
    }

    [Theory]
    [MemberData(nameof(EdwardsKinds))]
    public async Task ExportSubjectPublicKeyInfo_EdwardsKey_IsReadByOpenSsl(KeyKind kind)
    {
        var vector = Rfc8032Vectors.All.Last(v => v.Kind == kind && !v.Name.StartsWith("7.2", StringComparison.Ordinal) && !v.Name.StartsWith("7.3", StringComparison.Ordinal));
        var key = Refused.Not(PublicKey.FromEdwardsPoint(kind, Convert.FromHexString(vector.Key)));
        var publicKey = await WriteAsync("public.der", key.ExportSubjectPublicKeyInfo());
        var data = await WriteAsync("data", Convert.FromHexString(vector.Message));
        var signature = await WriteAsync("signature", Convert.FromHexString(vector.Signature));

        Assert.Contains(
            "Verified Successfully",
            await RunAsync(["pkeyutl", "-verify", "-pubin", "-inkey", publicKey, "-keyform", "DER", "-rawin", "-in", data, "-sigfile", signature]),
            StringComparison.Ordinal);
    }

    private static string Hash(SignatureAlgorithm algorithm) => algorithm.Hash.Name!.ToLowerInvariant();

    private static string[] Padding(SignatureAlgorithm algorithm) => algorithm.KeyKind == KeyKind.Rsa && !algorithm.IsRsaPkcs1
        ? ["-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:digest", "-sigopt", "rsa_mgf1_md:" + Hash(algorithm)]
        : [];

    private static byte[] FromOpenSsl(SignatureAlgorithm algorithm, byte[] signature)
    {
        if (algorithm.Encoding != SignatureEncoding.FixedFields)
        {
            return signature;
        }

        var fields = new byte[2 * EllipticCurve.Of(algorithm.KeyKind)!.FieldLength];
        Assert.True(SignatureBytes.TryReadDerSequence(signature, fields));
        return fields;
    }

    private string PathOf(string name) => Path.Combine(_folder.FullName, name);

    private async Task<string> WriteAsync(string name, byte[] bytes)
    {
        await File.WriteAllBytesAsync(PathOf(name), bytes);
        return PathOf(name);
    }

    private static async Task<string> RunAsync(string[] arguments)
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
            Assert.True(process.ExitCode == 0, await error);
            return await output;
        }
    }
}
