using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MedId.TestSupport;

namespace MedId.Cryptography.Tests;

/// <summary>Tokens by a shared secret. The secrets are synthetic.</summary>
public sealed class HmacJwtVerifierTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero);
    private static readonly byte[] Secret = Encoding.UTF8.GetBytes(new string('s', 64));

    private static HmacJwtExpectations Expected { get; } = new()
    {
        Secrets = [Secret],
        Algorithms = HmacAlgorithm.All.ToArray(),
        Type = JwtTypeRule.OneOfOrAbsent("JWT"),
        Issuer = "client",
        Audience = JwtAudienceRule.ExactlySingleString("https://op.example"),
        Lifetime = JwtLifetimeRule.Expires,
        Now = Now,
    };

    private static string Token(HmacAlgorithm? algorithm = null, byte[]? secret = null, string type = "JWT", string issuer = "client") =>
        JwtSigner.Sign(algorithm ?? HmacAlgorithm.HS256, secret ?? Secret, type, claims =>
        {
            claims.WriteString("iss"u8, issuer);
            claims.WriteString("aud"u8, "https://op.example");
            claims.WriteString("jti"u8, "synthetic-1");
            claims.WriteNumber("exp"u8, Now.ToUnixTimeSeconds() + 60);
        });

    private static string? Code(string token, HmacJwtExpectations? expected = null) => HmacJwtVerifier.Verify(token, expected ?? Expected).Error?.Code;

    [Theory]
    [InlineData("HS256", 32)]
    [InlineData("HS384", 48)]
    [InlineData("HS512", 64)]
    public void Verify_EachAlgorithm_NeedsASecretAsLongAsItsHash(string name, int length)
    {
        Assert.True(HmacAlgorithm.TryFromJose(name, out var algorithm));
        Assert.Equal(length, algorithm.MinimumKeyLength);
        var verified = HmacJwtVerifier.Verify(Token(algorithm, Secret[..length]), Expected with { Secrets = [Secret.AsMemory(0, length)] }).Value!;
        Assert.Same(algorithm, verified.Algorithm);
        Assert.Equal(new Core.ReplayKey("client", "synthetic-1", Now.AddSeconds(60) + Expected.ClockSkew), verified.ReplayKey);

        Assert.Throws<ArgumentException>(() => Token(algorithm, Secret[..(length - 1)]));
        Assert.Equal(CryptographyErrorCodes.JoseKeyNotFound, Code(Token(algorithm), Expected with { Secrets = [Secret.AsMemory(0, length - 1)] }));
    }

    [Fact]
    public void Verify_TheExampleOfRfc7515_IsOfItsKey()
    {
        // RFC 7515 appendix A.1: the published token and key.
        const string token = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
        Assert.True(StrictBase64Url.TryDecode("AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow", out var key));
        var expected = Expected with { Secrets = [key], Issuer = "joe", Audience = JwtAudienceRule.DangerouslyNotChecked, Now = DateTimeOffset.FromUnixTimeSeconds(1300819000) };
        Assert.True(HmacJwtVerifier.Verify(token, expected).Succeeded);
        Assert.Equal(CryptographyErrorCodes.JoseSignatureInvalid, Code(token, expected with { Secrets = [Secret] }));
    }

    [Fact]
    public void Verify_SecondSecretWhileChanging_IsTaken()
    {
        var other = RandomNumberGenerator.GetBytes(64);
        Assert.Null(Code(Token(secret: other), Expected with { Secrets = [Secret, other] }));
        Assert.Equal(CryptographyErrorCodes.JoseSignatureInvalid, Code(Token(secret: other)));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("ES256")]
    [InlineData("hs256")]
    [InlineData("HS1")]
    public void Verify_AlgorithmThatIsNoHmac_IsRefused(string name)
    {
        var parts = Token().Split('.');
        var header = StrictBase64Url.Encode(Encoding.UTF8.GetBytes($$"""{"alg":"{{name}}"}"""));
        Assert.Equal(CryptographyErrorCodes.JoseAlgorithmNotAllowed, Code($"{header}.{parts[1]}.{parts[2]}"));
    }

    [Fact]
    public void Verify_AlgorithmThatIsNotAllowed_IsRefused() =>
        Assert.Equal(CryptographyErrorCodes.JoseAlgorithmNotAllowed, Code(Token(HmacAlgorithm.HS512), Expected with { Algorithms = [HmacAlgorithm.HS256] }));

    [Fact]
    public void Verify_OtherTypeOrIssuerOrTime_IsRefused()
    {
        Assert.Equal(CryptographyErrorCodes.JoseTypeNotAccepted, Code(Token(type: "at+jwt")));
        Assert.Equal(CryptographyErrorCodes.JoseIssuerMismatch, Code(Token(issuer: "other")));
        Assert.Equal(CryptographyErrorCodes.JoseExpired, Code(Token(), Expected with { Now = Now.AddSeconds(60) + Expected.ClockSkew }));
    }

    [Fact]
    public void Verify_Mutants_NoneIsAccepted()
    {
        var token = Token();
        foreach (var mutant in new SeededMutator(7518).Mutate(token, 2000))
        {
            if (mutant.Text != token)
            {
                Assert.NotNull(Code(mutant.Text));
            }
        }

        Assert.Null(Code(token));
    }

    [Fact]
    public void Sign_ClaimTwice_IsAMistake() => Assert.Throws<ArgumentException>(() => JwtSigner.Sign(HmacAlgorithm.HS256, Secret, "JWT", claims =>
    {
        claims.WriteString("iss"u8, "a");
        claims.WriteString("iss"u8, "b");
    }));

    [Fact]
    public void ToString_Expectations_ShowNoSecret() => Assert.DoesNotContain("ssss", JsonSerializer.Serialize(Expected.ToString()), StringComparison.Ordinal);
}
