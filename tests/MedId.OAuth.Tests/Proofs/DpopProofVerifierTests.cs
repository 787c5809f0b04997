using System.Text.Json.Nodes;
using MedId.Cryptography;
using MedId.TestSupport;

namespace MedId.OAuth.Tests.Proofs;

public sealed class DpopProofVerifierTests
{
    // RFC 9449 §4.1 figure 1 (claims of 2019-07-04T17:50:16Z), §7.1 figure 12 and §6.1: the same key.
    private const string RfcTokenProof =
        "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpDa0RscEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6IlAtMjU2In19"
        + ".eyJqdGkiOiItQndDM0VTYzZhY2MybFRjIiwiaHRtIjoiUE9TVCIsImh0dSI6Imh0dHBzOi8vc2VydmVyLmV4YW1wbGUuY29tL3Rva2VuIiwiaWF0IjoxNTYyMjYyNjE2fQ"
        + ".2-GxA6T8lP4vfrg8v-FdWP0A0zdrj8igiMLvqRMUvwnQg4PtFLbdLXiOSsX0x7NVY-FNyJK70nfbV37xRZT3Lg";

    private const string RfcResourceProof =
        "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVTMjU2IiwiandrIjp7Imt0eSI6IkVDIiwieCI6Imw4dEZyaHgtMzR0VjNoUklDUkRZOXpDa0RscEJoRjQyVVFVZldWQVdCRnMiLCJ5IjoiOVZFNGpmX09rX282NHpiVFRsY3VOSmFqSG10NnY5VERWclUwQ2R2R1JEQSIsImNydiI6IlAtMjU2In19"
        + ".eyJqdGkiOiJlMWozVl9iS2ljOC1MQUVCIiwiaHRtIjoiR0VUIiwiaHR1IjoiaHR0cHM6Ly9yZXNvdXJjZS5leGFtcGxlLm9yZy9wcm90ZWN0ZWRyZXNvdXJjZSIsImlhdCI6MTU2MjI2MjYxOCwiYXRoIjoiZlVIeU8ycjJaM0RaNTNFc05yV0JiMHhXWG9hTnk1OUlpS0NBcWtzbVFFbyJ9"
        + ".2oW9RP35yRqzhrtNP86L-Ey71EOptxRimPPToA1plemAgR6pxHF8y6-yqyVnmcw6Fy1dqd-jfxSYoMxhAJpLjA";

    private const string RfcAccessToken = "Kz~8mXK1EalYznwH-LC-1fBAo.4Ljp~zsPE_NeO.gxU";
    private const string RfcKeyThumbprint = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I";

    public static TheoryData<string> Algorithms => ["ES256", "ES384", "PS256"];

    [Fact]
    public void Verify_ExampleOfTheStandardAtTheTokenEndpoint_IsAccepted()
    {
        var proof = DpopProofVerifier.Verify([RfcTokenProof], new()
        {
            Method = "POST",
            Uri = "https://server.example.com/token",
            Algorithms = TestProof.Algorithms,
            Now = DateTimeOffset.FromUnixTimeSeconds(1562262616),
        });
        Assert.Null(proof.Error);
        Assert.Equal(RfcKeyThumbprint, proof.Value!.KeyThumbprint);
        Assert.Equal("-BwC3ESc6acc2lTc", proof.Value.ReplayKey.Id);
    }

    [Fact]
    public void Verify_ExampleOfTheStandardAtTheResource_IsAccepted()
    {
        var proof = DpopProofVerifier.Verify([RfcResourceProof], new()
        {
            Method = "GET",
            Uri = "https://resource.example.org/protectedresource",
            Algorithms = TestProof.Algorithms,
            Now = DateTimeOffset.FromUnixTimeSeconds(1562262618),
            AccessToken = RfcAccessToken,
            KeyThumbprint = RfcKeyThumbprint,
        });
        Assert.Null(proof.Error);
        Assert.Equal("fUHyO2r2Z3DZ53EsNrWBb0xWXoaNy59IiKCAqksmQEo", DpopProofVerifier.HashOf(RfcAccessToken));
    }

    [Theory]
    [MemberData(nameof(Algorithms))]
    public async Task Verify_ProofOfTheMaker_IsAccepted(string name)
    {
        Assert.True(SignatureAlgorithm.TryFromJose(name, out var algorithm));
        using var key = LocalSigningKey.Generate(algorithm);
        var proofs = new DpopProofs(key, new ManualTimeProvider(TestProof.Now));
        var made = await proofs.MakeAsync("POST", new Uri(TestProof.Uri + "?a=b#c"));
        var proof = DpopProofVerifier.Verify([made], TestProof.Expected);
        Assert.Null(proof.Error);
        Assert.Equal((proofs.KeyThumbprint, algorithm), (proof.Value!.KeyThumbprint, proof.Value.Algorithm));
        var atResource = await proofs.MakeAsync("POST", new Uri(TestProof.Uri), TestProof.Token);
        Assert.Null(DpopProofVerifier.Verify([atResource], TestProof.ExpectedAtResource with { KeyThumbprint = proofs.KeyThumbprint }).Error);
    }

    [Fact]
    public void Verify_GoodProof_IsRememberedUntilItIsRefusedAnyway()
    {
        var proof = DpopProofVerifier.Verify([TestProof.Make()], TestProof.Expected).Value!;
        Assert.Equal(new("dpop:" + TestProof.Key.PublicKey.Thumbprint, "jti-1", TestProof.Now.AddSeconds(70)), proof.ReplayKey);
        Assert.Equal(TestProof.Now, proof.IssuedAt);
        Refused(OAuthErrorCodes.DpopNotInTime, TestProof.Make(), TestProof.Expected with { Now = proof.ReplayKey.ExpiresAt });
    }

    [Fact]
    public void Verify_NotOneHeader_IsRefused()
    {
        foreach (var headers in (string?[][])[[], [null], [TestProof.Make(), TestProof.Make()]])
        {
            Assert.Equal(OAuthErrorCodes.DpopMalformed, DpopProofVerifier.Verify(headers, TestProof.Expected).Error?.Code);
        }
    }

    [Fact]
    public void Verify_NotOneJwt_IsRefused()
    {
        var proof = TestProof.Make();
        foreach (var text in new[] { "", "x", proof + "." + proof, proof + ", " + proof, proof + "=", " " + proof, proof[..proof.LastIndexOf('.')], TestProof.Sign("[]", "{}"), TestProof.Sign("{}", "{}"), new string('a', 9000) })
        {
            Refused(OAuthErrorCodes.DpopMalformed, text);
        }

        Refused(OAuthErrorCodes.DpopMalformed, TestProof.Make(header: h => h["crit"] = new JsonArray("b64")));
        Refused(OAuthErrorCodes.DpopMalformed, TestProof.Sign("""{"typ":"dpop+jwt","alg":"ES256"}""", "[]"));
        Refused(OAuthErrorCodes.DpopMalformed, TestProof.Sign("""{"typ":"dpop+jwt","alg":"ES256"}""", """{"jti":"a","jti":"b"}"""));
    }

    [Theory]
    [InlineData("jti")]
    [InlineData("htm")]
    [InlineData("htu")]
    [InlineData("iat")]
    public void Verify_ClaimMissingOrOfAnotherType_IsRefused(string claim)
    {
        Refused(OAuthErrorCodes.DpopClaimMissing, TestProof.Make(c => c.Remove(claim)));
        Refused(OAuthErrorCodes.DpopClaimMissing, TestProof.Make(c => c[claim] = new JsonArray("POST")));
        Refused(OAuthErrorCodes.DpopClaimMissing, TestProof.Make(c => c[claim] = null));
        Refused(OAuthErrorCodes.DpopClaimMissing, TestProof.Make(c => c[claim] = ""));
    }

    [Fact]
    public void Verify_ClaimBeyondItsBounds_IsRefused()
    {
        Assert.Null(DpopProofVerifier.Verify(TestProof.Make(c => c["jti"] = new string('j', DpopProofVerifier.MaxJwtIdLength)), TestProof.Expected).Error);
        Refused(OAuthErrorCodes.DpopClaimMissing, TestProof.Make(c => c["jti"] = new string('j', DpopProofVerifier.MaxJwtIdLength + 1)));
        Refused(OAuthErrorCodes.DpopClaimMissing, TestProof.Make(c => c["iat"] = -1));
        Refused(OAuthErrorCodes.DpopClaimMissing, TestProof.Make(c => c["iat"] = 1e300));
        Refused(OAuthErrorCodes.DpopClaimMissing, TestProof.Make(c => c["nonce"] = 1));
    }

    [Fact]
    public void Verify_WithATokenAndNoAth_IsRefused() => Refused(OAuthErrorCodes.DpopClaimMissing, TestProof.Make(), TestProof.ExpectedAtResource);

    [Theory]
    [InlineData(null)]
    [InlineData("JWT")]
    [InlineData("DPOP+JWT")]
    [InlineData("at+jwt")]
    public void Verify_AnotherType_IsRefused(string? type) => Refused(
        OAuthErrorCodes.DpopTypeWrong,
        TestProof.Make(header: h =>
        {
            h.Remove("typ");
            if (type is not null)
            {
                h["typ"] = type;
            }
        }));

    [Theory]
    [InlineData("none")]
    [InlineData("HS256")]
    [InlineData("RS256")]
    [InlineData("ES256K")]
    [InlineData("es256")]
    public void Verify_AlgorithmNotAllowed_IsRefused(string algorithm) => Refused(OAuthErrorCodes.DpopAlgorithmNotAllowed, TestProof.Make(header: h => h["alg"] = algorithm));

    [Fact]
    public void Verify_AlgorithmThatThePolicyForbids_IsRefused() => Refused(
        OAuthErrorCodes.DpopAlgorithmNotAllowed, TestProof.Make(), TestProof.Expected with { Algorithms = AlgorithmRule.Only(SignatureAlgorithm.PS256) });

    [Fact]
    public void Verify_KeyThatIsNoPublicKeyOfTheAlgorithm_IsRefused()
    {
        using var other = LocalSigningKey.Generate(SignatureAlgorithm.ES384);
        Refused(OAuthErrorCodes.DpopKeyUnusable, TestProof.Make(header: h => h.Remove("jwk")));
        Refused(OAuthErrorCodes.DpopKeyUnusable, TestProof.Make(header: h => h["jwk"] = "key"));
        Refused(OAuthErrorCodes.DpopKeyUnusable, TestProof.Make(header: h => h["jwk"] = new JsonObject { ["kty"] = "oct", ["k"] = "AAAA" }));
        Refused(OAuthErrorCodes.DpopKeyUnusable, TestProof.Make(header: h => h["jwk"]!["x"] = h["jwk"]!["y"]!.DeepClone()));
        Refused(OAuthErrorCodes.DpopKeyUnusable, TestProof.Make(header: h => h["jwk"] = TestProof.Jwk(other)));
        Refused(OAuthErrorCodes.DpopKeyUnusable, TestProof.Make(header: h => h["jwk"]!["use"] = "enc"));
    }

    [Theory]
    [InlineData("d")]
    [InlineData("p")]
    [InlineData("k")]
    public void Verify_KeyWithAPrivateMember_IsRefused(string member)
    {
        var refusal = Refused(OAuthErrorCodes.DpopKeyUnusable, TestProof.Make(header: h => h["jwk"]![member] = "AAAA"));
        Assert.Equal(CryptographyErrorCodes.KeyPrivateMember, refusal.Detail);
    }

    [Fact]
    public void Verify_SignatureOfAnotherKey_IsRefused()
    {
        using var other = LocalSigningKey.Generate(SignatureAlgorithm.ES256);
        Refused(OAuthErrorCodes.DpopSignatureInvalid, TestProof.Make(header: h => h["jwk"] = TestProof.Jwk(other)));
        var (proof, second) = (TestProof.Make(), TestProof.Make(c => c["jti"] = "jti-2"));
        Refused(OAuthErrorCodes.DpopSignatureInvalid, proof[..proof.LastIndexOf('.')] + second[second.LastIndexOf('.')..]);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("post")]
    public void Verify_AnotherMethod_IsRefused(string method) => Refused(OAuthErrorCodes.DpopMethodMismatch, TestProof.Make(c => c["htm"] = method));

    [Theory]
    [InlineData("https://op.example/token?x=1")]
    [InlineData("https://op.example/token#x")]
    [InlineData("HTTPS://OP.Example:443/token")]
    [InlineData("https://op.example:/token")]
    [InlineData("https://op.example:0443/token")]
    [InlineData("https://op.example/%74oken")]
    [InlineData("https://op.example/a/../%2E/token")]
    [InlineData("https://op.example/a/%2e%2E/token")]
    public void Verify_TheSameUriWrittenOtherwise_IsAccepted(string uri) => Assert.Null(DpopProofVerifier.Verify(TestProof.Make(c => c["htu"] = uri), TestProof.Expected).Error);

    [Theory]
    [InlineData("http://op.example/token")]
    [InlineData("https://op.example.evil.example/token")]
    [InlineData("https://op.example:444/token")]
    [InlineData("https://op.example:65979/token")]
    [InlineData("https://user@op.example/token")]
    [InlineData("https://op.example/token/")]
    [InlineData("https://op.example/Token")]
    [InlineData("https://op.example//token")]
    [InlineData("https://op.example/tok%65n%2F")]
    [InlineData("https://op.example/tok%6")]
    [InlineData("https://op.example/tok en")]
    [InlineData("https://op.example\\token")]
    [InlineData("/token")]
    [InlineData("op.example/token")]
    [InlineData("urn:op.example:token")]
    public void Verify_AnotherUri_IsRefused(string uri) => Refused(OAuthErrorCodes.DpopUriMismatch, TestProof.Make(c => c["htu"] = uri));

    [Fact]
    public void Verify_RequestWhoseUriIsNone_MatchesNothing() =>
        Refused(OAuthErrorCodes.DpopUriMismatch, TestProof.Make(), TestProof.Expected with { Uri = "https://op.example/tok|en" });

    [Theory]
    [InlineData(null)]
    [InlineData("another")]
    public void Verify_WithoutTheServersNonce_IsRefused(string? nonce)
    {
        var nonces = new DpopNonces(new KeyedDigest(new byte[32]), "https://op.example");
        Refused(OAuthErrorCodes.DpopNonceNeeded, TestProof.Make(c => c["nonce"] = nonce), TestProof.Expected with { Nonces = nonces });
        Assert.Null(DpopProofVerifier.Verify(TestProof.Make(c => c["nonce"] = nonces.Current(TestProof.Now)), TestProof.Expected with { Nonces = nonces }).Error);
        Assert.Null(DpopProofVerifier.Verify(TestProof.Make(c => c["nonce"] = nonce), TestProof.Expected).Error);
    }

    [Theory]
    [InlineData(-69.999, true)]
    [InlineData(-70, false)]
    [InlineData(10, true)]
    [InlineData(10.001, false)]
    public void Verify_MadeAtTheBoundsOfTime_IsJudgedExactly(double seconds, bool accepted)
    {
        var result = DpopProofVerifier.Verify(TestProof.Make(c => c["iat"] = TestProof.Now.ToUnixTimeSeconds() + (decimal)seconds), TestProof.Expected);
        Assert.Equal(accepted ? null : OAuthErrorCodes.DpopNotInTime, result.Error?.Code);
    }

    [Fact]
    public void Verify_ForAnotherToken_IsRefused() =>
        Refused(OAuthErrorCodes.DpopTokenMismatch, TestProof.Make(c => c["ath"] = DpopProofVerifier.HashOf("another")), TestProof.ExpectedAtResource);

    [Fact]
    public void Verify_OfAnotherKeyThanTheTokens_IsRefused()
    {
        using var other = LocalSigningKey.Generate(SignatureAlgorithm.ES256);
        Refused(OAuthErrorCodes.DpopKeyMismatch, TestProof.Make(c => c["ath"] = DpopProofVerifier.HashOf(TestProof.Token), key: other), TestProof.ExpectedAtResource);
    }

    [Theory]
    [InlineData("EdDSA")]
    [InlineData("Ed25519")]
    public void Verify_Ed25519ByEitherName_IsAccepted(string name)
    {
        // Made with jose 6 and the key of RFC 8037 Appendix A: typ, alg, jwk; jti, htm, htu, iat.
        var proof = name == "EdDSA" ? EdDsaProof : Ed25519Proof;
        var result = DpopProofVerifier.Verify(proof, TestProof.Expected);
        Assert.Null(result.Error);
        Assert.Equal("kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k", result.Value!.KeyThumbprint);
        var broken = proof[..^2] + (proof[^2] == 'A' ? 'B' : 'A') + proof[^1];
        Assert.NotNull(DpopProofVerifier.Verify(broken, TestProof.Expected).Error);
    }

    [Fact]
    public void Verify_WithACache_GivesTheSameAnswers()
    {
        var cache = new DpopKeyCache(2);
        using var other = LocalSigningKey.Generate(SignatureAlgorithm.ES256);
        for (var round = 0; round < 2; round++)
        {
            Assert.Null(DpopProofVerifier.Verify(TestProof.Make(), TestProof.Expected, cache).Error);
            Assert.Equal(OAuthErrorCodes.DpopSignatureInvalid, DpopProofVerifier.Verify(TestProof.Make(header: h => h["jwk"] = TestProof.Jwk(other)), TestProof.Expected, cache).Error?.Code);
            Assert.Equal(OAuthErrorCodes.DpopAlgorithmNotAllowed, DpopProofVerifier.Verify(TestProof.Make(header: h => h["alg"] = "HS256"), TestProof.Expected, cache).Error?.Code);
            Assert.Equal(OAuthErrorCodes.DpopKeyUnusable, DpopProofVerifier.Verify(TestProof.Make(header: h => h["alg"] = "ES384"), TestProof.Expected, cache).Error?.Code);
            Assert.Equal(1, cache.Count);
        }

        for (var more = 0; more < 3; more++)
        {
            using var next = LocalSigningKey.Generate(SignatureAlgorithm.ES256);
            Assert.Null(DpopProofVerifier.Verify(TestProof.Make(key: next), TestProof.Expected, cache).Error);
        }

        Assert.Equal(2, cache.Count);
    }

    [Fact]
    public void Verify_Mutants_AreRefusedOrMeanTheSame()
    {
        var nonces = new DpopNonces(new KeyedDigest(new byte[32]), "https://op.example");
        var expected = TestProof.ExpectedAtResource with { Nonces = nonces };
        var original = TestProof.Make(c => (c["ath"], c["nonce"]) = (DpopProofVerifier.HashOf(TestProof.Token), nonces.Current(TestProof.Now)));
        var right = DpopProofVerifier.Verify(original, expected).Value!;
        var cache = new DpopKeyCache();
        foreach (var mutant in new SeededMutator(9449).Mutate(original, 6000))
        {
            foreach (var result in new[] { DpopProofVerifier.Verify(mutant.Text, expected), DpopProofVerifier.Verify(mutant.Text, expected, cache) })
            {
                Assert.True(!result.Succeeded || (result.Value.ReplayKey == right.ReplayKey && result.Value.KeyThumbprint == right.KeyThumbprint), mutant.How);
                Assert.True(result.Succeeded || result.Error.Code.StartsWith("oauth.dpop_", StringComparison.Ordinal), mutant.How);
            }
        }
    }

    [Fact]
    public void Verify_MutantsOfSignedContent_NeverThrow()
    {
        // Whoever holds a key signs what they like.
        var header = new JsonObject { ["typ"] = "dpop+jwt", ["alg"] = "ES256", ["jwk"] = TestProof.Jwk(TestProof.Key) }.ToJsonString();
        var claims = new JsonObject { ["jti"] = "jti-1", ["htm"] = "POST", ["htu"] = TestProof.Uri, ["iat"] = TestProof.Now.ToUnixTimeSeconds() }.ToJsonString();
        foreach (var mutant in new SeededMutator(94490).Mutate(claims, 1500))
        {
            var result = DpopProofVerifier.Verify(TestProof.Sign(header, mutant.Text), TestProof.Expected);
            Assert.True(!result.Succeeded || result.Value.KeyThumbprint == TestProof.Key.PublicKey.Thumbprint, mutant.How);
        }

        foreach (var mutant in new SeededMutator(94491).Mutate(header, 1500))
        {
            var result = DpopProofVerifier.Verify(TestProof.Sign(mutant.Text, claims), TestProof.Expected);
            Assert.True(!result.Succeeded || result.Value.KeyThumbprint == TestProof.Key.PublicKey.Thumbprint, mutant.How);
        }
    }

    private const string EdDsaProof =
        "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVkRFNBIiwiandrIjp7Imt0eSI6Ik9LUCIsImNydiI6IkVkMjU1MTkiLCJ4IjoiMTFxWUFZS3hDcmZWU183VHlXUUhPZzdoY3ZQYXBpTWxyd0lhYVBjSFVSbyJ9fQ"
        + ".eyJqdGkiOiJqdGktMSIsImh0bSI6IlBPU1QiLCJodHUiOiJodHRwczovL29wLmV4YW1wbGUvdG9rZW4iLCJpYXQiOjE3OTUyNTE2MDB9"
        + ".5LKCy9TQAGSumm09WOw_-tdwnGFy-TOaKZQ-_l5KU1dTyI2VJspQW1NjPSgLH5u7afWBRyDStmwhkkVkHLSGCg";
    private const string Ed25519Proof =
        "eyJ0eXAiOiJkcG9wK2p3dCIsImFsZyI6IkVkMjU1MTkiLCJqd2siOnsia3R5IjoiT0tQIiwiY3J2IjoiRWQyNTUxOSIsIngiOiIxMXFZQVlLeENyZlZTXzdUeVdRSE9nN2hjdlBhcGlNbHJ3SWFhUGNIVVJvIn19"
        + ".eyJqdGkiOiJqdGktMSIsImh0bSI6IlBPU1QiLCJodHUiOiJodHRwczovL29wLmV4YW1wbGUvdG9rZW4iLCJpYXQiOjE3OTUyNTE2MDB9"
        + ".QSVyWNL5wUMr7EFd_499fkmi-VR_r7O53ynb-soXXkVBYv74PkTMJlGvZU7ME5_L_vnFu58gHyeyiyN7yLWrCg";

    private static Core.MedIdError Refused(string code, string proof, DpopExpectations? expected = null)
    {
        var result = DpopProofVerifier.Verify(proof, expected ?? TestProof.Expected);
        Assert.Equal(code, result.Error?.Code);
        return result.Error!;
    }
}
