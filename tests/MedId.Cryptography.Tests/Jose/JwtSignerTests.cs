using System.Text;

namespace MedId.Cryptography.Tests;

public sealed class JwtSignerTests
{
    [Fact]
    public async Task SignAsync_Claims_HeaderHasAlgKidTypOnly()
    {
        using var key = TestKeys.For(SignatureAlgorithm.ES256, "k\"1");
        var jws = Refused.Not(CompactJws.Parse(await JwtSigner.SignAsync(key, "at+jwt", w => w.WriteString("name", "山田"))));

        Assert.Equal("""{"alg":"ES256","kid":"k\"1","typ":"at+jwt"}""", jws.Header.Members.GetRawText());
        Assert.Equal("""{"name":"山田"}""", Encoding.UTF8.GetString(jws.Payload.Span));
        Refused.Not(jws.Verify(key.PublicKey, AlgorithmRule.Only(SignatureAlgorithm.ES256)));
    }

    [Fact]
    public async Task SignAsync_PayloadIsNoObject_Throws()
    {
        using var key = TestKeys.For(SignatureAlgorithm.ES256);

        await Assert.ThrowsAsync<ArgumentException>(async () => await JwtSigner.SignAsync(key, "JWT", Json.Bytes("[]")));
        await Assert.ThrowsAsync<ArgumentException>(async () => await JwtSigner.SignAsync(key, "JWT", Json.Bytes("")));
        await Assert.ThrowsAsync<ArgumentException>(async () => await JwtSigner.SignAsync(key, "", Json.Bytes("{}")));
        await Assert.ThrowsAsync<ArgumentException>(async () => await JwtSigner.SignAsync(key, "JWT", w =>
        {
            w.WriteNumber("iat", 1);
            w.WriteNumber("iat", 2);
        }));
    }

    [Fact]
    public async Task SignAsync_AlgorithmWithoutJoseName_Throws()
    {
        using var key = TestKeys.For(SignatureAlgorithm.EcdsaP256Der);

        await Assert.ThrowsAsync<ArgumentException>(async () => await JwtSigner.SignAsync(key, "JWT", Json.Bytes("{}")));
    }

    [Fact]
    public async Task SignAsync_Cancelled_Throws()
    {
        using var key = TestKeys.For(SignatureAlgorithm.ES256);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await JwtSigner.SignAsync(key, "JWT", Json.Bytes("{}"), new CancellationToken(canceled: true)));
    }
}
