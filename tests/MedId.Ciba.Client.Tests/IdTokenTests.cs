using System.Text.Json.Nodes;
using MedId.Consumers.TestSupport;
using MedId.Cryptography;
using MedId.OAuth;
using MedId.TestSupport;

namespace MedId.Ciba.Client.Tests;

public sealed class IdTokenTests : IDisposable
{
    private readonly CibaFixture _f = new();

    public static TheoryData<string, string?, string> Defects => new()
    {
        { "iss", "\"https://other.example\"", CryptographyErrorCodes.JoseIssuerMismatch },
        { "iss", null, CryptographyErrorCodes.JoseClaimMissing },
        { "sub", null, CryptographyErrorCodes.JoseClaimMissing },
        { "aud", "\"other-client\"", CryptographyErrorCodes.JoseAudienceMismatch },
        { "aud", null, CryptographyErrorCodes.JoseAudienceMismatch },
        { "aud", "[\"ehr-clinic-a\",\"other-client\"]", CibaClientErrorCodes.AudienceNotSingle },
        { "azp", "\"other-client\"", CibaClientErrorCodes.AuthorizedPartyMismatch },
        { "azp", "1", CibaClientErrorCodes.ClaimMalformed },
        { "exp", null, CryptographyErrorCodes.JoseClaimMissing },
        { "exp", "1795251590", CryptographyErrorCodes.JoseExpired },
        { "iat", null, CryptographyErrorCodes.JoseClaimMissing },
        { "iat", "1795251611", CryptographyErrorCodes.JoseIssuedInFuture },
        { "iat", "1795251589", CibaClientErrorCodes.IssuedBeforeRequest },
        { "auth_time", "1795251611", CibaClientErrorCodes.AuthTimeInFuture },
        { "auth_time", "\"now\"", CibaClientErrorCodes.ClaimMalformed },
        { "acr", "\"urn:other\"", CibaClientErrorCodes.AcrNotRequested },
        { "acr", "\"URN:CIBATEST:AUTH:FIDO\"", CibaClientErrorCodes.AcrNotRequested },
        { "acr", null, CibaClientErrorCodes.AcrNotRequested },
        { "acr", "[]", CibaClientErrorCodes.ClaimMalformed },
        { "amr", "\"hwk\"", CibaClientErrorCodes.ClaimMalformed },
        { "at_hash", "\"AAAAAAAAAAAAAAAAAAAAAA\"", CibaClientErrorCodes.AccessTokenHashMismatch },
        { "urn:openid:params:jwt:claim:rt_hash", "\"AAAAAAAAAAAAAAAAAAAAAA\"", CibaClientErrorCodes.RefreshTokenHashMismatch },
        { "urn:openid:params:jwt:claim:auth_req_id", "\"another\"", CibaClientErrorCodes.AuthReqIdMismatch },
    };

    public void Dispose() => _f.Dispose();

    [Theory]
    [MemberData(nameof(Defects))]
    public async Task PollAsync_IdTokenWithOneDefect_IsRefused(string claim, string? json, string code)
    {
        Assert.Equal(1795251600, OpDouble.Start.ToUnixTimeSeconds());
        var claims = _f.Claims();
        claims.Remove(claim);
        if (json is not null)
        {
            claims[claim] = JsonNode.Parse(json);
        }

        Assert.Equal(code, (await PollAsync(claims)).Error?.Code);
    }

    [Theory]
    [InlineData("azp", null)]
    [InlineData("at_hash", null)]
    [InlineData("auth_time", null)]
    [InlineData("amr", null)]
    [InlineData("urn:openid:params:jwt:claim:auth_req_id", null)]
    [InlineData("aud", "[\"ehr-clinic-a\"]")]
    [InlineData("iat", "1795251590")]
    [InlineData("iat", "1795251610")]
    [InlineData("exp", "1795251591")]
    [InlineData("auth_time", "1795251610")]
    public async Task PollAsync_IdTokenAtABoundOrWithoutAnOptionalClaim_IsAccepted(string claim, string? json)
    {
        var claims = _f.Claims();
        claims.Remove(claim);
        if (json is not null)
        {
            claims[claim] = JsonNode.Parse(json);
        }

        var result = await PollAsync(claims);
        Assert.True(result.Succeeded, result.Error?.ToString());
    }

    [Fact]
    public async Task PollAsync_RefreshTokenHashRight_IsAccepted()
    {
        var claims = _f.Claims();
        claims[OAuthClaims.RefreshTokenHash] = CibaFixture.HalfHash("refresh-1");
        _f.Op.On("/token", _ => _f.Tokens(claims, body => body["refresh_token"] = "refresh-1"));
        Assert.Equal("refresh-1", (await _f.Client.PollAsync(_f.Authentication)).Value!.Tokens!.RefreshToken);
    }

    [Fact]
    public async Task PollAsync_AcrNotRequired_AcceptsAnother()
    {
        using var f = new CibaFixture(options => options.RequireAcr = false);
        var claims = f.Claims();
        claims["acr"] = "urn:other";
        f.Op.On("/token", _ => f.Tokens(claims));
        Assert.Equal("urn:other", (await f.Client.PollAsync(f.Authentication)).Value!.Tokens!.IdToken.Acr);
    }

    [Fact]
    public async Task PollAsync_SecondOfTheRequestedClasses_IsAccepted()
    {
        var result = await _f.Client.PollAsync(_f.Authentication with { AcrValues = ["urn:higher", CibaFixture.Acr] });
        Assert.True(result.Succeeded);
    }

    [Fact]
    public async Task PollAsync_AnswerWithoutIdToken_IsRefused()
    {
        _f.Op.On("/token", _ => _f.Tokens(change: body => body.Remove("id_token")));
        Assert.Equal(CibaClientErrorCodes.IdTokenMissing, (await _f.Client.PollAsync(_f.Authentication)).Error!.Code);
    }

    [Theory]
    [InlineData("at+jwt")]
    [InlineData("logout+jwt")]
    public async Task PollAsync_JwtOfAnotherKind_IsRefused(string type)
    {
        _f.Op.On("/token", _ => _f.Tokens(change: body => body["id_token"] = _f.Op.Sign(type, _f.Claims())));
        Assert.Equal(CryptographyErrorCodes.JoseTypeNotAccepted, (await _f.Client.PollAsync(_f.Authentication)).Error!.Code);
    }

    [Fact]
    public async Task PollAsync_SignedBySomebodyElse_IsRefused()
    {
        using var foreign = LocalSigningKey.Generate(SignatureAlgorithm.ES256, "op-1");
        _f.Op.On("/token", _ => _f.Tokens(change: body => body["id_token"] = _f.Op.Sign("JWT", _f.Claims(), foreign)));
        Assert.Equal(CryptographyErrorCodes.JoseSignatureInvalid, (await _f.Client.PollAsync(_f.Authentication)).Error!.Code);
    }

    [Fact]
    public async Task PollAsync_KeyThatIsNew_IsFetched()
    {
        Assert.True((await _f.Client.PollAsync(_f.Authentication)).Succeeded);
        _f.Op.Time.Advance(TimeSpan.FromSeconds(40));
        _f.Op.Keys.Insert(0, LocalSigningKey.Generate(SignatureAlgorithm.ES256, "op-2"));
        Assert.True((await _f.Client.PollAsync(_f.Authentication)).Succeeded);
        Assert.Equal(2, _f.Op.To("/jwks").Count);
    }

    [Theory]
    [InlineData("a.b.c.d.e", CryptographyErrorCodes.JoseEncryptedNotSupported)]
    [InlineData("eyJhbGciOiJub25lIn0.e30.", CryptographyErrorCodes.JoseAlgorithmNotAllowed)]
    [InlineData("x", CryptographyErrorCodes.JoseMalformed)]
    public async Task PollAsync_IdTokenThatIsNoSignedJwt_IsRefused(string idToken, string code)
    {
        _f.Op.On("/token", _ => _f.Tokens(change: body => body["id_token"] = idToken));
        Assert.Equal(code, (await _f.Client.PollAsync(_f.Authentication)).Error!.Code);
    }

    [Fact]
    public void Verify_Mutants_AreRefusedOrTheSame()
    {
        var compact = _f.Op.Sign("JWT", _f.Claims());
        var expected = Expectations();
        var original = IdTokenVerifier.Verify(compact, expected).Value!;
        foreach (var mutant in new SeededMutator(46).Mutate(compact, 2000))
        {
            var result = IdTokenVerifier.Verify(mutant.Text, expected);
            Assert.True(!result.Succeeded || result.Value.Claims.GetRawText() == original.Claims.GetRawText(), mutant.How);
        }
    }

    [Fact]
    public void ToString_IdToken_ShowsNoSubject() =>
        Assert.DoesNotContain("subject-1", IdTokenVerifier.Verify(_f.Op.Sign("JWT", _f.Claims()), Expectations()).Value!.ToString(), StringComparison.Ordinal);

    private IdTokenExpectations Expectations() => new()
    {
        Keys = JsonWebKeySet.Of(_f.Op.Keys[0].ToJwk()),
        Algorithms = AlgorithmPolicy.Default.For(SignatureUse.IdToken, OpDouble.Start),
        Issuer = OpDouble.Issuer,
        ClientId = CibaFixture.ClientId,
        Now = OpDouble.Start,
        AccessToken = CibaFixture.AccessToken,
        AuthReqId = CibaFixture.AuthReqId,
        AcrValues = [CibaFixture.Acr],
    };

    private Task<Core.MedIdResult<CibaPoll>> PollAsync(JsonObject claims)
    {
        _f.Op.On("/token", _ => _f.Tokens(claims));
        return _f.Client.PollAsync(_f.Authentication);
    }
}
