using System.Text;
using System.Text.Json.Nodes;
using MedId.TestSupport;

namespace MedId.Cryptography.Tests;

public sealed class JwtVerifierTests
{
    public static TheoryData<string, string> Claims => new()
    {
        { "iss=null", CryptographyErrorCodes.JoseClaimMalformed },
        { "iss=\"\"", CryptographyErrorCodes.JoseClaimMalformed },
        { "iss=[\"https://client.example/ehr\"]", CryptographyErrorCodes.JoseClaimMalformed },
        { "iss", CryptographyErrorCodes.JoseClaimMissing },
        { "iss=\"https://client.example/ehr/\"", CryptographyErrorCodes.JoseIssuerMismatch },
        { "iss=\"https://CLIENT.example/ehr\"", CryptographyErrorCodes.JoseIssuerMismatch },
        { "sub", CryptographyErrorCodes.JoseClaimMissing },
        { "sub=\"ehr-2\"", CryptographyErrorCodes.JoseSubjectMismatch },
        { "sub=7", CryptographyErrorCodes.JoseClaimMalformed },
        { "aud", CryptographyErrorCodes.JoseAudienceMismatch },
        { "aud=[]", CryptographyErrorCodes.JoseAudienceMismatch },
        { "aud=\"https://op.example/\"", CryptographyErrorCodes.JoseAudienceMismatch },
        { "aud=[\"https://op.example\"]", CryptographyErrorCodes.JoseAudienceMismatch },
        { "aud=[\"https://op.example\",1]", CryptographyErrorCodes.JoseClaimMalformed },
        { "aud={}", CryptographyErrorCodes.JoseClaimMalformed },
        { "jti", CryptographyErrorCodes.JoseClaimMissing },
        { "jti=1", CryptographyErrorCodes.JoseClaimMalformed },
        { "purpose", CryptographyErrorCodes.JoseClaimMissing },
        { "purpose=null", CryptographyErrorCodes.JoseClaimMissing },
        { "exp", CryptographyErrorCodes.JoseClaimMissing },
        { "exp=\"1775000060\"", CryptographyErrorCodes.JoseClaimMalformed },
        { "exp=-1", CryptographyErrorCodes.JoseClaimMalformed },
        { "exp=1e300", CryptographyErrorCodes.JoseClaimMalformed },
        { "exp=253402300800", CryptographyErrorCodes.JoseClaimMalformed },
        { "exp=true", CryptographyErrorCodes.JoseClaimMalformed },
        { "iat=null", CryptographyErrorCodes.JoseClaimMalformed },
        { "nbf={}", CryptographyErrorCodes.JoseClaimMalformed },
    };

    [Fact]
    public async Task Verify_ValidToken_GivesEverythingItSays()
    {
        var jwt = Refused.Not(await JwtFixture.VerifyAsync());

        Assert.Equal((JwtFixture.Issuer, "ehr-1", "n-0S6_WzA2Mj"), (jwt.Issuer, jwt.Subject, jwt.JwtId));
        Assert.Equal([JwtFixture.Audience], jwt.Audience);
        Assert.Equal((JwtFixture.At(-10), JwtFixture.At(-10), JwtFixture.At(60)), (jwt.IssuedAt, jwt.NotBefore, jwt.ExpiresAt));
        Assert.Equal(("診療", "k1", SignatureAlgorithm.ES256), (jwt.Claims.GetProperty("purpose").GetString(), jwt.Key.KeyId, jwt.Algorithm));
        Assert.Equal(new(JwtFixture.Issuer, "n-0S6_WzA2Mj", JwtFixture.At(70)), jwt.ReplayKey);
        Assert.DoesNotContain("n-0S6", jwt.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Claims))]
    public async Task Verify_OneClaimChanged_IsRefused(string change, string code) => Refused.With(code, await JwtFixture.VerifyAsync(claims =>
    {
        var parts = change.Split('=', 2);
        claims.Remove(parts[0]);
        if (parts.Length == 2)
        {
            claims[parts[0]] = JsonNode.Parse(parts[1]);
        }
    }));

    [Fact]
    public async Task Verify_AnotherSigner_IsRefused()
    {
        using var attacker = TestKeys.For(SignatureAlgorithm.ES256, "k1");
        using var stranger = TestKeys.For(SignatureAlgorithm.ES256, "k2");
        using var weak = TestKeys.For(SignatureAlgorithm.RS256, "k1");

        Refused.With(CryptographyErrorCodes.JoseSignatureInvalid, JwtVerifier.Verify(await JwtFixture.SignAsync(key: attacker), JwtFixture.Expected));
        Refused.With(CryptographyErrorCodes.JoseKeyNotFound, JwtVerifier.Verify(await JwtFixture.SignAsync(key: stranger), JwtFixture.Expected));
        Refused.With(CryptographyErrorCodes.JoseAlgorithmNotAllowed, JwtVerifier.Verify(await JwtFixture.SignAsync(key: weak), JwtFixture.Expected));
    }

    [Fact]
    public async Task Verify_RegisteredForAnotherAlgorithm_IsRefused() => Refused.With(
        CryptographyErrorCodes.JoseAlgorithmNotAllowed,
        await JwtFixture.VerifyAsync(expect: e => e with { Algorithms = e.Algorithms.Restrict(SignatureAlgorithm.PS256) }));

    [Theory]
    [InlineData("client-authentication+jwt", true)]
    [InlineData("Client-Authentication+JWT", true)]
    [InlineData("application/client-authentication+jwt", true)]
    [InlineData("APPLICATION/client-authentication+jwt", true)]
    [InlineData("JWT", false)]
    [InlineData("at+jwt", false)]
    [InlineData("text/client-authentication+jwt", false)]
    [InlineData("application/x/client-authentication+jwt", false)]
    public async Task Verify_Type_IsComparedAsAMediaType(string type, bool accepted)
    {
        var result = JwtVerifier.Verify(await JwtFixture.SignAsync(type: type), JwtFixture.Expected);

        Assert.Equal(accepted ? null : CryptographyErrorCodes.JoseTypeNotAccepted, result.Error?.Code);
    }

    [Fact]
    public async Task Verify_NoType_IsAcceptedOnlyWhereAsked()
    {
        var input = Encoding.ASCII.GetBytes($"{StrictBase64Url.Encode(Json.Bytes("""{"alg":"ES256","kid":"k1"}"""))}.{StrictBase64Url.Encode(Json.Bytes(JwtFixture.Claims.ToJsonString()))}");
        var token = $"{Encoding.ASCII.GetString(input)}.{StrictBase64Url.Encode(await JwtFixture.Key.SignAsync(input))}";

        Refused.With(CryptographyErrorCodes.JoseTypeNotAccepted, JwtVerifier.Verify(token, JwtFixture.Expected));
        Refused.Not(JwtVerifier.Verify(token, JwtFixture.Expected with { Type = JwtTypeRule.OneOfOrAbsent("client-authentication+jwt") }));
        Refused.Not(JwtVerifier.Verify(token, JwtFixture.Expected with { Type = JwtTypeRule.DangerouslyAny }));
        Assert.Throws<ArgumentException>(() => JwtTypeRule.OneOf());
    }

    [Fact]
    public async Task Verify_AudienceRules_DecideAsNamed()
    {
        void Two(JsonObject claims) => claims["aud"] = new JsonArray("https://other.example", JwtFixture.Audience);
        var contains = JwtAudienceRule.Contains("https://unused.example", JwtFixture.Audience);

        Refused.Not(await JwtFixture.VerifyAsync(Two, e => e with { Audience = contains }));
        Refused.Not(await JwtFixture.VerifyAsync(null, e => e with { Audience = contains }));
        Refused.With(CryptographyErrorCodes.JoseAudienceMismatch, await JwtFixture.VerifyAsync(Two, e => e with { Audience = JwtAudienceRule.Contains("https://another.example") }));
        Refused.With(CryptographyErrorCodes.JoseAudienceMismatch, await JwtFixture.VerifyAsync(c => c.Remove("aud"), e => e with { Audience = contains }));
        Refused.Not(await JwtFixture.VerifyAsync(null, e => e with { Audience = JwtAudienceRule.ExactlySingleString("https://unused.example", JwtFixture.Audience) }));
        Refused.Not(await JwtFixture.VerifyAsync(c => c.Remove("aud"), e => e with { Audience = JwtAudienceRule.DangerouslyNotChecked }));
        Assert.Throws<ArgumentException>(() => JwtAudienceRule.Contains());
        Assert.Throws<ArgumentException>(() => JwtAudienceRule.ExactlySingleString());
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("not json")]
    [InlineData("""{"iss":"a","iss":"b"}""")]
    [InlineData("")]
    public async Task Verify_PayloadIsNoStrictObject_IsRefused(string payload)
    {
        var header = StrictBase64Url.Encode(Json.Bytes("""{"alg":"ES256","kid":"k1","typ":"client-authentication+jwt"}"""));
        var input = Encoding.ASCII.GetBytes($"{header}.{StrictBase64Url.Encode(Json.Bytes(payload))}");
        var token = $"{Encoding.ASCII.GetString(input)}.{StrictBase64Url.Encode(await JwtFixture.Key.SignAsync(input))}";

        Refused.With(CryptographyErrorCodes.JosePayloadNotAnObject, JwtVerifier.Verify(token, JwtFixture.Expected));
    }

    [Fact]
    public async Task Verify_Order_IsFormThenAlgorithmThenKeyThenSignatureThenClaims()
    {
        // Everything is wrong with this token; each mended thing uncovers the next refusal.
        using var attacker = TestKeys.For(SignatureAlgorithm.RS256, "k9");
        var token = await JwtFixture.SignAsync(c => c["iss"] = "https://attacker.example", "JWT", attacker);
        var allowed = JwtFixture.Expected with { Algorithms = AlgorithmRule.Only(SignatureAlgorithm.RS256) };
        var typed = allowed with { Type = JwtTypeRule.OneOf("JWT") };
        using var other = LocalSigningKey.Generate(SignatureAlgorithm.RS256, "k9");

        Refused.With(CryptographyErrorCodes.JoseTooLarge, JwtVerifier.Verify(token, JwtFixture.Expected with { MaxLength = 100 }));
        Refused.With(CryptographyErrorCodes.JoseAlgorithmNotAllowed, JwtVerifier.Verify(token, JwtFixture.Expected));
        Refused.With(CryptographyErrorCodes.JoseTypeNotAccepted, JwtVerifier.Verify(token, allowed));
        Refused.With(CryptographyErrorCodes.JoseKeyNotFound, JwtVerifier.Verify(token, typed));
        Refused.With(CryptographyErrorCodes.JoseSignatureInvalid, JwtVerifier.Verify(token, typed with { Keys = JsonWebKeySet.Of(other.ToJwk()) }));
        Refused.With(CryptographyErrorCodes.JoseIssuerMismatch, JwtVerifier.Verify(token, typed with { Keys = JsonWebKeySet.Of(attacker.ToJwk()) }));
    }

    [Fact]
    public async Task Verify_AnyMutant_IsRefused()
    {
        var token = await JwtFixture.SignAsync();
        Refused.Not(JwtVerifier.Verify(token, JwtFixture.Expected));
        foreach (var mutant in new SeededMutator(7519).Mutate(token, 5_000))
        {
            Assert.False(JwtVerifier.Verify(mutant.Text, JwtFixture.Expected).Succeeded, mutant.How);
        }
    }

    [Fact]
    public async Task Verify_RefusalDetail_HoldsNothingOfTheToken()
    {
        var error = (await JwtFixture.VerifyAsync(c => c["iss"] = "https://secret-issuer.example")).Error;

        Assert.DoesNotContain("secret-issuer", error!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PeekUnverifiedIssuer_Token_GivesItsIssuer()
    {
        Assert.Equal(JwtFixture.Issuer, Refused.Not(JwtVerifier.PeekUnverifiedIssuer(await JwtFixture.SignAsync())));
        Refused.With(CryptographyErrorCodes.JoseClaimMissing, JwtVerifier.PeekUnverifiedIssuer(await JwtFixture.SignAsync(c => c.Remove("iss"))));
        Refused.With(CryptographyErrorCodes.JoseMalformed, JwtVerifier.PeekUnverifiedIssuer("x"));
    }
}
