using System.Security.Cryptography;

namespace MedId.Cryptography.Tests;

public sealed class SignatureAlgorithmTests
{
    [Theory]
    [InlineData("ES256", KeyKind.P256, "SHA256")]
    [InlineData("ES384", KeyKind.P384, "SHA384")]
    [InlineData("ES512", KeyKind.P521, "SHA512")]
    [InlineData("PS256", KeyKind.Rsa, "SHA256")]
    [InlineData("PS384", KeyKind.Rsa, "SHA384")]
    [InlineData("PS512", KeyKind.Rsa, "SHA512")]
    [InlineData("RS256", KeyKind.Rsa, "SHA256")]
    [InlineData("RS384", KeyKind.Rsa, "SHA384")]
    [InlineData("RS512", KeyKind.Rsa, "SHA512")]
    public void TryFromJose_RegisteredName_IsFound(string name, KeyKind kind, string hash)
    {
        Assert.True(SignatureAlgorithm.TryFromJose(name, out var algorithm));
        Assert.Equal((name, kind, hash), (algorithm.JoseName, algorithm.KeyKind, algorithm.Hash.Name));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("NONE")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("HS256")]
    [InlineData("HS384")]
    [InlineData("HS512")]
    [InlineData("es256")]
    [InlineData("ES256 ")]
    [InlineData("ES256K")]
    [InlineData("EdDSA")]
    [InlineData("RS1")]
    [InlineData("secp256r1_ecdsa_sha256_der")]
    public void TryFromJose_AnythingElse_IsNotFound(string? name) => Assert.False(SignatureAlgorithm.TryFromJose(name, out _));

    [Theory]
    [InlineData(0x0001, "ES256", SignatureEncoding.FixedFields)]
    [InlineData(0x0002, "secp256r1_ecdsa_sha256_der", SignatureEncoding.DerSequence)]
    [InlineData(0x0003, "PS256", SignatureEncoding.ModulusLength)]
    [InlineData(0x0004, "rsassa_pss_sha256_der", SignatureEncoding.DerOctetString)]
    [InlineData(0x0005, "secp256k1_ecdsa_sha256_raw", SignatureEncoding.FixedFields)]
    [InlineData(0x0006, "secp256k1_ecdsa_sha256_der", SignatureEncoding.DerSequence)]
    [InlineData(0x0008, "RS256", SignatureEncoding.ModulusLength)]
    [InlineData(0x0009, "rsa_emsa_pkcs1_sha256_der", SignatureEncoding.DerOctetString)]
    [InlineData(0x000A, "PS384", SignatureEncoding.ModulusLength)]
    [InlineData(0x000B, "PS512", SignatureEncoding.ModulusLength)]
    [InlineData(0x000C, "RS256", SignatureEncoding.ModulusLength)]
    [InlineData(0x000D, "RS384", SignatureEncoding.ModulusLength)]
    [InlineData(0x000E, "RS512", SignatureEncoding.ModulusLength)]
    [InlineData(0x0010, "ES384", SignatureEncoding.FixedFields)]
    [InlineData(0x0011, "ES512", SignatureEncoding.FixedFields)]
    public void TryFromUaf_RegisteredNumber_IsFound(int number, string name, SignatureEncoding encoding)
    {
        Assert.True(SignatureAlgorithm.TryFromUaf((ushort)number, out var algorithm));
        Assert.Equal((name, encoding), (algorithm.Name, algorithm.Encoding));
    }

    [Theory]
    [InlineData(0x0000)]
    [InlineData(0x0007)] // SM2
    [InlineData(0x000F)] // SHA-1
    [InlineData(0x0012)] // Ed25519
    [InlineData(0x0013)] // Ed448
    [InlineData(0xFFFF)]
    public void TryFromUaf_AnythingElse_IsNotFound(int number) => Assert.False(SignatureAlgorithm.TryFromUaf((ushort)number, out _));

    [Fact]
    public void All_Rows_AreFoundByTheirOwnNames() => Assert.All(SignatureAlgorithm.All, row =>
    {
        Assert.NotEqual(HashAlgorithmName.SHA1, row.Hash);
        Assert.True(row.JoseName is null || (SignatureAlgorithm.TryFromJose(row.JoseName, out var byName) && byName == row));
        Assert.True(row.UafIdentifier is { } number && SignatureAlgorithm.TryFromUaf(number, out var byNumber) && byNumber == row);
        Assert.Equal(row.Name, row.ToString());
    });
}
