using System.Text.Json.Nodes;
using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth.Server.Tests;
using MedId.TestSupport;

namespace MedId.Ciba.Server.Tests;

public sealed class SignedRequestVerifierTests
{
    private readonly TestOp _op = new();

    private MedIdResult<VerifiedSignedRequest> Verify(string request) => SignedRequestVerifier.Verify(
        request, _op.Server.Ehr, _op.Server.Ehr.Metadata.Jwks!, _op.Server.Options, _op.Options.MaxSignedRequestLifetime, _op.Server.Time.GetUtcNow());

    private async Task<string?> CodeAsync(Action<JsonObject>? change = null, Action<JsonObject>? changeHeader = null, SigningKey? key = null) =>
        Verify(await _op.SignAsync(change, changeHeader, key)).Error?.Code;

    [Fact]
    public async Task Verify_GoodRequest_GivesItsClaimsAndReplayKey()
    {
        var result = Verify(await _op.SignAsync(c => c["jti"] = "once-only-1"));
        Assert.Equal("診察 A-7", result.Value!.Claims.GetProperty("binding_message").GetString());
        Assert.Equal(new ReplayKey("signed_request:" + TestServer.EhrId, "once-only-1", TestServer.Start.AddSeconds(300 + 30)), result.Value.ReplayKey);
    }

    [Theory]
    [InlineData("JWT")]
    [InlineData("jwt")]
    [InlineData("oauth-authz-req+jwt")]
    [InlineData("OAuth-Authz-Req+JWT")]
    [InlineData("application/oauth-authz-req+jwt")]
    [InlineData(null)]
    public async Task Verify_TypOfTheContract_IsTaken(string? typ) => Assert.Null(await CodeAsync(changeHeader: h => SetOrRemove(h, "typ", typ)));

    [Theory]
    [InlineData("at+jwt")]
    [InlineData("practitioner-evidence+jwt")]
    [InlineData("dpop+jwt")]
    public async Task Verify_OtherTyp_IsRefused(string typ) => Assert.Equal(CryptographyErrorCodes.JoseTypeNotAccepted, await CodeAsync(changeHeader: h => h["typ"] = typ));

    [Theory]
    [InlineData("none")]
    [InlineData("HS256")]
    [InlineData("RS256")]
    [InlineData("PS256")]
    [InlineData("ES384")]
    public async Task Verify_AlgorithmThatWasNotRegistered_IsRefused(string algorithm) =>
        Assert.Equal(CryptographyErrorCodes.JoseAlgorithmNotAllowed, await CodeAsync(changeHeader: h => h["alg"] = algorithm));

    [Fact]
    public async Task Verify_AllowedButNotTheRegisteredAlgorithm_IsRefused()
    {
        using var key = LocalSigningKey.Generate(SignatureAlgorithm.PS256, "ehr-ps");
        Assert.Equal(CryptographyErrorCodes.JoseAlgorithmNotAllowed, await CodeAsync(key: key));
    }

    [Fact]
    public async Task Verify_SignatureOfAnother_IsRefused()
    {
        Assert.Equal(CryptographyErrorCodes.JoseSignatureInvalid, await CodeAsync(key: TestServer.ForeignKey));
        Assert.Equal(CryptographyErrorCodes.JoseKeyNotFound, await CodeAsync(key: TestServer.ApiKey));
    }

    [Theory]
    [InlineData("iss", CryptographyErrorCodes.JoseClaimMissing)]
    [InlineData("aud", CryptographyErrorCodes.JoseAudienceMismatch)]
    [InlineData("exp", CryptographyErrorCodes.JoseClaimMissing)]
    [InlineData("iat", CryptographyErrorCodes.JoseClaimMissing)]
    [InlineData("nbf", CryptographyErrorCodes.JoseClaimMissing)]
    [InlineData("jti", CryptographyErrorCodes.JoseClaimMissing)]
    public async Task Verify_MandatoryClaimMissing_IsRefused(string claim, string code) => Assert.Equal(code, await CodeAsync(c => c.Remove(claim)));

    public static TheoryData<string, string, string?> Values { get; } = new()
    {
        { "iss", "\"ehr-basic\"", CryptographyErrorCodes.JoseIssuerMismatch },
        { "aud", "[\"https://op.example\",\"https://another.example\"]", null },
        { "aud", "\"https://op.example/bc-authorize\"", CryptographyErrorCodes.JoseAudienceMismatch },
        { "aud", "\"https://another.example\"", CryptographyErrorCodes.JoseAudienceMismatch },
        { "sub", "\"ehr-clinic-a\"", CibaErrorCodes.RequestSubjectIsClient },
        { "sub", "\"patient-0001\"", null },
        { "client_id", "\"ehr-clinic-a\"", null },
        { "client_id", "\"ehr-basic\"", CibaErrorCodes.RequestClientMismatch },
        { "client_id", "7", CibaErrorCodes.RequestClientMismatch },
        { "request", "\"eyJ\"", CibaErrorCodes.RequestNested },
        { "request_uri", "\"https://ehr.example/r\"", CibaErrorCodes.RequestNested },
        { "exp", "\"1795251900\"", CryptographyErrorCodes.JoseClaimMalformed },
        { "jti", "7", CryptographyErrorCodes.JoseClaimMalformed },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public async Task Verify_OneClaimChanged_IsJudged(string claim, string json, string? code) => Assert.Equal(code, await CodeAsync(c => c[claim] = JsonNode.Parse(json)));

    // Clock skew 30 s; at most 60 minutes from nbf to exp.
    [Theory]
    [InlineData("exp", -29, null)]
    [InlineData("exp", -30, CryptographyErrorCodes.JoseExpired)]
    [InlineData("exp", 3600, null)]
    [InlineData("exp", 3601, CryptographyErrorCodes.JoseLifetimeTooLong)]
    [InlineData("nbf", -3300, null)]
    [InlineData("nbf", -3301, CryptographyErrorCodes.JoseLifetimeTooLong)]
    [InlineData("nbf", 30, null)]
    [InlineData("nbf", 31, CryptographyErrorCodes.JoseNotYetValid)]
    [InlineData("nbf", 600, CryptographyErrorCodes.JoseNotYetValid)]
    [InlineData("iat", 30, null)]
    [InlineData("iat", 31, CryptographyErrorCodes.JoseIssuedInFuture)]
    public async Task Verify_Times_AreExact(string claim, int seconds, string? code) => Assert.Equal(code, await CodeAsync(c => c[claim] = _op.Server.Now + seconds));

    [Theory]
    [InlineData("a.b.c.d.e", CryptographyErrorCodes.JoseEncryptedNotSupported)]
    [InlineData("abc", CryptographyErrorCodes.JoseMalformed)]
    [InlineData("", CryptographyErrorCodes.JoseMalformed)]
    public void Verify_NoJws_IsRefused(string request, string code) => Assert.Equal(code, Verify(request).Error?.Code);

    [Fact]
    public async Task Verify_ClientAssertion_IsNoRequest()
    {
        var assertion = await _op.Server.AssertionAsync(change: c => c["nbf"] = _op.Server.Now);
        Assert.Equal(CibaErrorCodes.RequestSubjectIsClient, Verify(assertion).Error?.Code);
    }

    [Fact]
    public async Task Verify_Mutants_NoneIsAccepted()
    {
        var request = await _op.SignAsync();
        foreach (var mutant in new SeededMutator(711).Mutate(request, 600))
        {
            Assert.True(mutant.Text == request || !Verify(mutant.Text).Succeeded, mutant.How);
        }

        Assert.True(Verify(request).Succeeded);
    }

    [Fact]
    public async Task Verify_MisuseOfTheApi_Throws()
    {
        var request = await _op.SignAsync();
        Assert.Throws<ArgumentException>(() => SignedRequestVerifier.Verify(
            request, _op.Server.Basic, JsonWebKeySet.Empty, _op.Server.Options, TimeSpan.FromMinutes(1), TestServer.Start));
        Assert.Throws<ArgumentOutOfRangeException>(() => SignedRequestVerifier.Verify(
            request, _op.Server.Ehr, JsonWebKeySet.Empty, _op.Server.Options, TimeSpan.FromMinutes(61), TestServer.Start));
    }

    private static void SetOrRemove(JsonObject header, string name, string? value)
    {
        header.Remove(name);
        if (value is not null)
        {
            header[name] = value;
        }
    }
}
