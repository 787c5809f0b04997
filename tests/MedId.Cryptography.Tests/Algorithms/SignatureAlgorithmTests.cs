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
    [InlineData("ES256K", KeyKind.Secp256k1, "SHA256")]
    [InlineData("Ed25519", KeyKind.Ed25519, "SHA512")]
    [InlineData("Ed448", KeyKind.Ed448, "SHAKE256")]
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
    [InlineData("eddsa")]
    [InlineData("ES256k")]
    [InlineData("RS1")]
    [InlineData("secp256r1_ecdsa_sha256_der")]
    public void TryFromJose_AnythingElse_IsNotFound(string? name) => Assert.False(SignatureAlgorithm.TryFromJose(name, out _));

    [Theory]
    [InlineData(0x0001, "ES256", SignatureEncoding.FixedFields)]
    [InlineData(0x0002, "secp256r1_ecdsa_sha256_der", SignatureEncoding.DerSequence)]
    [InlineData(0x0003, "PS256", SignatureEncoding.ModulusLength)]
    [InlineData(0x0004, "rsassa_pss_sha256_der", SignatureEncoding.DerOctetString)]
    [InlineData(0x0005, "ES256K", SignatureEncoding.FixedFields)]
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
    [InlineData(0x0012, "Ed25519", SignatureEncoding.PointThenScalar)]
    [InlineData(0x0013, "Ed448", SignatureEncoding.PointThenScalar)]
    public void TryFromUaf_RegisteredNumber_IsFound(int number, string name, SignatureEncoding encoding)
    {
        Assert.True(SignatureAlgorithm.TryFromUaf((ushort)number, out var algorithm));
        Assert.Equal((name, encoding), (algorithm.Name, algorithm.Encoding));
    }

    [Theory]
    [InlineData(0x0000)]
    [InlineData(0x0007)] // SM2
    [InlineData(0x000F)] // SHA-1
    [InlineData(0x0014)]
    [InlineData(0xFFFF)]
    public void TryFromUaf_AnythingElse_IsNotFound(int number) => Assert.False(SignatureAlgorithm.TryFromUaf((ushort)number, out _));

    [Theory]
    [InlineData(-7, "ES256", "secp256r1_ecdsa_sha256_der")]
    [InlineData(-9, "ES256", "secp256r1_ecdsa_sha256_der")]
    [InlineData(-35, "ES384", "secp384r1_ecdsa_sha384_der")]
    [InlineData(-51, "ES384", "secp384r1_ecdsa_sha384_der")]
    [InlineData(-36, "ES512", "secp521r1_ecdsa_sha512_der")]
    [InlineData(-52, "ES512", "secp521r1_ecdsa_sha512_der")]
    [InlineData(-47, "ES256K", "secp256k1_ecdsa_sha256_der")]
    [InlineData(-8, "Ed25519", "Ed25519")]
    [InlineData(-19, "Ed25519", "Ed25519")]
    [InlineData(-53, "Ed448", "Ed448")]
    [InlineData(-37, "PS256", "PS256")]
    [InlineData(-38, "PS384", "PS384")]
    [InlineData(-39, "PS512", "PS512")]
    [InlineData(-257, "RS256", "RS256")]
    [InlineData(-258, "RS384", "RS384")]
    [InlineData(-259, "RS512", "RS512")]
    [InlineData(-48, "ML-DSA-44", "ML-DSA-44")]
    [InlineData(-49, "ML-DSA-65", "ML-DSA-65")]
    [InlineData(-50, "ML-DSA-87", "ML-DSA-87")]
    [InlineData(-65535, "RS1", "RS1")]
    public void TryFromCose_RegisteredNumber_IsFoundInTheLayoutOfItsStandard(long number, string cose, string webAuthn)
    {
        Assert.True(SignatureAlgorithm.TryFromCose(number, out var inCose) && SignatureAlgorithm.TryFromWebAuthn(number, out var inWebAuthn) && inWebAuthn.Name == webAuthn);
        Assert.Equal(cose, inCose.Name);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)] // HMAC
    [InlineData(-10)]
    [InlineData(-46)] // HSS/LMS
    [InlineData(-65536)]
    public void TryFromCose_AnythingElse_IsNotFound(long number)
    {
        Assert.False(SignatureAlgorithm.TryFromCose(number, out _));
        Assert.False(SignatureAlgorithm.TryFromWebAuthn(number, out _));
    }

    [Fact]
    public void All_Rows_AreFoundByTheirOwnNames() => Assert.All(SignatureAlgorithm.All, row =>
    {
        Assert.True(row.JoseName is null || (SignatureAlgorithm.TryFromJose(row.JoseName, out var byName) && byName == row));
        Assert.True(row.UafIdentifier is null || (SignatureAlgorithm.TryFromUaf(row.UafIdentifier.Value, out var byNumber) && byNumber == row));
        Assert.True(
            row.CoseIdentifier is not { } cose || (SignatureAlgorithm.TryFromCose(cose, out var byCose) && byCose == row)
            || (SignatureAlgorithm.TryFromWebAuthn(cose, out var byWebAuthn) && byWebAuthn == row));
        Assert.NotNull(new object?[] { row.JoseName, row.UafIdentifier, row.CoseIdentifier, row.X509Oid, row.XmlUri }.FirstOrDefault(n => n is not null));
        Assert.Equal(row.Name, row.ToString());
    });

    [Fact]
    public void All_Names_AreUniqueAndWeakOnesHaveNoTokenName()
    {
        Assert.Equal(SignatureAlgorithm.All.Count, SignatureAlgorithm.All.Select(a => a.Name).Distinct(StringComparer.Ordinal).Count());
        Assert.All(SignatureAlgorithm.All.Where(a => a.IsWeak), a => Assert.Null(a.JoseName));
        Assert.Equal(SignatureAlgorithm.All.Count(a => a.Hash == HashAlgorithmName.SHA1 || a.KeyKind == KeyKind.Dsa), SignatureAlgorithm.All.Count(a => a.IsWeak));
    }
}
