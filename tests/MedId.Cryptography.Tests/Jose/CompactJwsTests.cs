using System.Text;
using MedId.TestSupport;

namespace MedId.Cryptography.Tests;

public sealed class CompactJwsTests
{
    private static readonly AlgorithmRule Any = AlgorithmPolicy.Default.For(SignatureUse.ClientAssertion, DateTimeOffset.UnixEpoch);

    public static TheoryData<string, string, string> Headers => new()
    {
        { """{"alg":"ES256"}""", "accepted", "valid" },
        { """{"alg":"none"}""", "accepted", "judged later" },
        { """{"alg":"ES256","typ":"JWT","kid":"a","x":[1,{"y":2}]}""", "accepted", "other members" },
        { """{"alg":"ES256","crit":["exp"],"exp":1}""", CryptographyErrorCodes.JoseCriticalHeader, "crit" },
        { """{"alg":"ES256","crit":[]}""", CryptographyErrorCodes.JoseCriticalHeader, "empty crit" },
        { """{"alg":"ES256","crit":null}""", CryptographyErrorCodes.JoseCriticalHeader, "null crit" },
        { """{"alg":"ES256","b64":true}""", CryptographyErrorCodes.JoseCriticalHeader, "b64" },
        { """{}""", CryptographyErrorCodes.JoseMalformed, "no alg" },
        { """{"alg":null}""", CryptographyErrorCodes.JoseMalformed, "null alg" },
        { """{"alg":""}""", CryptographyErrorCodes.JoseMalformed, "empty alg" },
        { """{"alg":["ES256"]}""", CryptographyErrorCodes.JoseMalformed, "alg array" },
        { """{"alg":"ES256","kid":1}""", CryptographyErrorCodes.JoseMalformed, "kid number" },
        { """{"alg":"ES256","kid":""}""", CryptographyErrorCodes.JoseMalformed, "empty kid" },
        { """{"alg":"ES256","typ":{}}""", CryptographyErrorCodes.JoseMalformed, "typ object" },
        { """{"alg":"ES256","alg":"ES256"}""", CryptographyErrorCodes.JoseMalformed, "alg twice" },
        { """{"alg":"ES256","\u0061lg":"none"}""", CryptographyErrorCodes.JoseMalformed, "alg twice by an escape" },
        { """{"alg":"ES256","x":{"a":1,"a":2}}""", CryptographyErrorCodes.JoseMalformed, "member twice below" },
        { """{"alg":"ES256","x":[[[[1]]]]}""", CryptographyErrorCodes.JoseMalformed, "too deep" },
        { """["ES256"]""", CryptographyErrorCodes.JoseMalformed, "array" },
        { """{"alg":"ES256"} """ + "x", CryptographyErrorCodes.JoseMalformed, "trailing" },
        { "", CryptographyErrorCodes.JoseMalformed, "empty" },
    };

    public static TheoryData<string, string> Published => new()
    {
        { PublishedVectors.Rfc7515A3, PublishedVectors.Rfc7515A3Key },
        { PublishedVectors.Rfc7515A4, PublishedVectors.Rfc7515A4Key },
        { PublishedVectors.Rfc7520Ps384, PublishedVectors.Rfc7520RsaKey },
        { PublishedVectors.Rfc7520Es512, PublishedVectors.Rfc7520EcKey },
    };

    [Theory]
    [MemberData(nameof(Published))]
    public void Verify_PublishedToken_IsOfItsPublishedKey(string token, string jwk)
    {
        var jws = Refused.Not(CompactJws.Parse(token));
        var key = Refused.Not(JsonWebKey.Parse(Json.Parse(jwk)));

        Assert.Same(key, Refused.Not(jws.Verify(JsonWebKeySet.Of(key), Any)));
        Refused.Not(jws.Verify(key.Key, Any));
    }

    [Fact]
    public void Parse_PublishedToken_GivesItsParts()
    {
        var jws = Refused.Not(CompactJws.Parse(PublishedVectors.Rfc7515A3));

        Assert.Equal(("ES256", null, null), (jws.Header.Algorithm, jws.Header.KeyId, jws.Header.Type));
        Assert.Equal("{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}", Encoding.UTF8.GetString(jws.Payload.Span));
        Assert.Equal(PublishedVectors.Rfc7515A3, $"{Encoding.ASCII.GetString(jws.SigningInput.Span)}.{StrictBase64Url.Encode(jws.Signature.Span)}");
    }

    [Theory]
    [MemberData(nameof(Headers))]
    public void Parse_Header_IsAcceptedOrRefused(string header, string code, string why)
    {
        var result = CompactJws.Parse($"{StrictBase64Url.Encode(Encoding.UTF8.GetBytes(header))}.e30.AA");

        Assert.True(code == (result.Error?.Code ?? "accepted"), why);
    }

    [Theory]
    [InlineData("", CryptographyErrorCodes.JoseMalformed)]
    [InlineData(".", CryptographyErrorCodes.JoseMalformed)]
    [InlineData("..", CryptographyErrorCodes.JoseMalformed)]
    [InlineData("a.b.c", CryptographyErrorCodes.JoseMalformed)]
    [InlineData("eyJhbGciOiJFUzI1NiJ9.e30", CryptographyErrorCodes.JoseMalformed)]
    [InlineData("eyJhbGciOiJFUzI1NiJ9.e30.AA.", CryptographyErrorCodes.JoseMalformed)]
    [InlineData("eyJhbGciOiJFUzI1NiJ9.e30=.AA", CryptographyErrorCodes.JoseMalformed)]
    [InlineData("eyJhbGciOiJFUzI1NiJ9.e30.AB", CryptographyErrorCodes.JoseMalformed)]
    [InlineData(" eyJhbGciOiJFUzI1NiJ9.e30.AA", CryptographyErrorCodes.JoseMalformed)]
    [InlineData("eyJhbGciOiJFUzI1NiJ9.e30.AA\n", CryptographyErrorCodes.JoseMalformed)]
    [InlineData("....", CryptographyErrorCodes.JoseEncryptedNotSupported)]
    [InlineData("eyJhbGciOiJSU0EtT0FFUCIsImVuYyI6IkEyNTZHQ00ifQ.AA.AA.AA.AA", CryptographyErrorCodes.JoseEncryptedNotSupported)]
    [InlineData(".....", CryptographyErrorCodes.JoseMalformed)]
    public void Parse_NotThreeStrictParts_IsRefused(string token, string code) => Refused.With(code, CompactJws.Parse(token));

    [Fact]
    public void Parse_Length_IsAnExactBound()
    {
        Refused.Not(CompactJws.Parse(PublishedVectors.Rfc7515A3, PublishedVectors.Rfc7515A3.Length));
        Refused.With(CryptographyErrorCodes.JoseTooLarge, CompactJws.Parse(PublishedVectors.Rfc7515A3, PublishedVectors.Rfc7515A3.Length - 1));
        Refused.With(CryptographyErrorCodes.JoseTooLarge, CompactJws.Parse(new string('.', CompactJws.DefaultMaxLength + 1)));
    }

    [Theory]
    [InlineData("none")]
    [InlineData("HS256")]
    [InlineData("RS256")]
    [InlineData("es256")]
    public void Verify_AlgorithmNotAllowed_IsRefusedBeforeAnyKey(string algorithm)
    {
        var jws = Refused.Not(CompactJws.Parse($"{StrictBase64Url.Encode(Encoding.UTF8.GetBytes($$"""{"alg":"{{algorithm}}"}"""))}.e30."));

        Refused.With(CryptographyErrorCodes.JoseAlgorithmNotAllowed, jws.Verify(JsonWebKeySet.Empty, Any));
        Refused.With(CryptographyErrorCodes.JoseAlgorithmNotAllowed, jws.Verify(Refused.Not(PublicKey.FromJwk(Json.Parse(PublishedVectors.Rfc7515A3Key))), Any));
    }

    [Fact]
    public async Task Verify_KeyOfAnotherIdOrKind_IsNotFound()
    {
        using var key = TestKeys.For(SignatureAlgorithm.ES256, "a");
        var jws = Refused.Not(CompactJws.Parse(await JwtSigner.SignAsync(key, "JWT", Json.Bytes("{}"))));

        Refused.Not(jws.Verify(JsonWebKeySet.Of(key.ToJwk()), Any));
        Refused.With(CryptographyErrorCodes.JoseKeyNotFound, jws.Verify(JsonWebKeySet.Of(key.PublicKey.ToJwk("b")), Any));
        Refused.With(CryptographyErrorCodes.JoseKeyNotFound, jws.Verify(JsonWebKeySet.Of(key.PublicKey.ToJwk()), Any));
        Refused.With(CryptographyErrorCodes.JoseKeyNotFound, jws.Verify(JsonWebKeySet.Empty, Any));
        using var other = TestKeys.For(SignatureAlgorithm.ES384, "a");
        Refused.With(CryptographyErrorCodes.JoseKeyNotFound, jws.Verify(JsonWebKeySet.Of(other.ToJwk()), Any));
        Refused.With(CryptographyErrorCodes.JoseKeyNotFound, jws.Verify(other.PublicKey, Any));
        using var sameKind = TestKeys.For(SignatureAlgorithm.ES256, "a");
        Refused.With(CryptographyErrorCodes.JoseSignatureInvalid, jws.Verify(JsonWebKeySet.Of(sameKind.ToJwk()), Any));
        Refused.With(CryptographyErrorCodes.JoseSignatureInvalid, jws.Verify(sameKind.PublicKey, Any));
    }

    [Fact]
    public void Verify_NoKid_TriesABoundedNumberOfKeys()
    {
        var jws = Refused.Not(CompactJws.Parse(PublishedVectors.Rfc7515A3));
        var key = Refused.Not(PublicKey.FromJwk(Json.Parse(PublishedVectors.Rfc7515A3Key))).ToJwk();
        var others = Enumerable.Range(0, CompactJws.MaxCandidates).Select(_ => TestKeys.For(SignatureAlgorithm.ES256).ToJwk()).ToList();

        Assert.Same(key, Refused.Not(jws.Verify(JsonWebKeySet.Of([.. others.Skip(1), key]), Any)));
        Refused.With(CryptographyErrorCodes.JoseKeyNotFound, jws.Verify(JsonWebKeySet.Of([.. others, key]), Any));
        Refused.With(CryptographyErrorCodes.JoseSignatureInvalid, jws.Verify(JsonWebKeySet.Of(others), Any));
    }

    [Fact]
    public void Verify_KeyInTheHeader_IsNeverUsed()
    {
        var header = StrictBase64Url.Encode(Encoding.UTF8.GetBytes($$"""{"alg":"ES256","jwk":{{PublishedVectors.Rfc7515A3Key}},"jku":"https://attacker.example/jwks","x5c":["AA"]}"""));
        var jws = Refused.Not(CompactJws.Parse($"{header}.e30.AA"));

        Refused.With(CryptographyErrorCodes.JoseKeyNotFound, jws.Verify(JsonWebKeySet.Empty, Any));
    }

    [Fact]
    public void Parse_AnyMutant_IsRefusedOrWritesToItselfAndNeverVerifies()
    {
        var key = Refused.Not(PublicKey.FromJwk(Json.Parse(PublishedVectors.Rfc7515A3Key)));
        foreach (var mutant in new SeededMutator(7515).Mutate(PublishedVectors.Rfc7515A3, 20_000))
        {
            var jws = CompactJws.Parse(mutant.Text);
            if (jws.Succeeded)
            {
                Assert.Equal(mutant.Text, $"{Encoding.ASCII.GetString(jws.Value.SigningInput.Span)}.{StrictBase64Url.Encode(jws.Value.Signature.Span)}");
                Assert.False(jws.Value.Verify(key, Any).Succeeded, mutant.How);
            }
        }
    }
}
