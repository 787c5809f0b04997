using System.Security.Cryptography;

namespace MedId.Cryptography.Tests;

public sealed class SigningKeyFileTests
{
    private const string Password = "a password of a test";

    public static TheoryData<string> Names => [.. TestKeys.Signing.Select(a => a.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task ReadAsync_PlainKeyAmongOtherBlocks_IsTheKey(string name)
    {
        var algorithm = TestKeys.Algorithm(name);
        using var key = TestKeys.For(algorithm);
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(path, PemEncoding.WriteString("CERTIFICATE", [1, 2, 3]) + "\n" + PemEncoding.WriteString("PRIVATE KEY", key.ExportPkcs8()) + "\n");
            using var read = await SigningKeyFile.ReadAsync(path, algorithm, keyId: "k");

            Assert.Equal((key.PublicKey, "k"), (read.PublicKey, read.KeyId));
            await File.WriteAllTextAsync(path, new string(' ', SigningKeyFile.MaxBytes + 1));
            await Assert.ThrowsAsync<ArgumentException>(() => SigningKeyFile.ReadAsync(path, algorithm));
        }
        finally
        {
            File.Delete(path);
        }

        await Assert.ThrowsAsync<FileNotFoundException>(() => SigningKeyFile.ReadAsync(path, algorithm));
    }

    [Theory]
    [InlineData("ES384")]
    [InlineData("PS256")]
    public void ToEncryptedPem_Key_IsOpenedByItsPasswordOnly(string name)
    {
        var algorithm = TestKeys.Algorithm(name);
        using var key = TestKeys.For(algorithm);
        var pem = SigningKeyFile.ToEncryptedPem(key, Password);
        using var read = SigningKeyFile.FromPem(pem, algorithm, Password);

        Assert.Equal(key.PublicKey, read.PublicKey);
        Assert.Throws<ArgumentException>(() => SigningKeyFile.FromPem(pem, algorithm, "another"));
        Assert.Throws<ArgumentException>(() => SigningKeyFile.FromPem(pem, algorithm));
        Assert.Throws<ArgumentException>(() => SigningKeyFile.FromPem(PemEncoding.WriteString("PRIVATE KEY", key.ExportPkcs8()), algorithm, Password));
        Assert.Throws<ArgumentException>(() => SigningKeyFile.ToEncryptedPem(key, string.Empty));
    }

    [Fact]
    public void FromPem_AnythingElse_Throws()
    {
        using var key = LocalSigningKey.Generate(SignatureAlgorithm.ES256);
        var pem = PemEncoding.WriteString("PRIVATE KEY", key.ExportPkcs8());
        foreach (var wrong in new[] { "", "text", pem + "\n" + pem, PemEncoding.WriteString("EC PRIVATE KEY", key.ExportPkcs8()), PemEncoding.WriteString("PRIVATE KEY", [1, 2, 3]), PemEncoding.WriteString("PUBLIC KEY", key.PublicKey.ExportSubjectPublicKeyInfo()) })
        {
            Assert.Throws<ArgumentException>(() => SigningKeyFile.FromPem(wrong, SignatureAlgorithm.ES256));
        }

        Assert.Throws<ArgumentException>(() => SigningKeyFile.FromPem(pem, SignatureAlgorithm.ES384));
    }
}
