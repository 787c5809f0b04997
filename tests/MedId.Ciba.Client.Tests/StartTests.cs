using System.Net;
using System.Text.Json.Nodes;
using MedId.Consumers.TestSupport;
using MedId.Cryptography;
using MedId.OAuth;

namespace MedId.Ciba.Client.Tests;

public sealed class StartTests : IDisposable
{
    private readonly CibaFixture _f = new();

    public void Dispose() => _f.Dispose();

    [Fact]
    public async Task StartAsync_Signed_PutsEveryParameterIntoTheRequestAndNothingBeside()
    {
        var started = (await _f.Client.StartTakenAsync(_f.Request, _f.Op.Time)).Value!;
        Assert.Equal(CibaFixture.AuthReqId, started.AuthReqId);
        Assert.Equal(OpDouble.Start.AddSeconds(120), started.ExpiresAt);
        Assert.Equal(TimeSpan.FromSeconds(2), started.Interval);
        var sent = _f.Op.To("/bc-authorize")[0];
        Assert.Equal(["client_assertion", "client_assertion_type", "request"], sent.Form.Keys.Order(StringComparer.Ordinal));
        Assert.Null(sent.Authorization);
        var claims = sent.ClaimsOf("request");
        Assert.Equal(CibaFixture.ClientId, (string?)claims["iss"]);
        Assert.Equal(OpDouble.Issuer, (string?)claims["aud"]);
        Assert.Equal(OpDouble.Start.ToUnixTimeSeconds(), (long?)claims["iat"]);
        Assert.Equal(OpDouble.Start.ToUnixTimeSeconds(), (long?)claims["nbf"]);
        Assert.Equal(OpDouble.Start.ToUnixTimeSeconds() + 300, (long?)claims["exp"]);
        Assert.Equal("openid patient/Patient.read patient/MedicationRequest.read", (string?)claims["scope"]);
        Assert.Equal(CibaFixture.Acr, (string?)claims["acr_values"]);
        Assert.Equal("insured-12345678", (string?)claims["login_hint"]);
        Assert.Equal("山田内科 12-34", (string?)claims["binding_message"]);
        Assert.Equal("1234", (string?)claims["user_code"]);
        Assert.Equal(90, (long?)claims["requested_expiry"]);
        Assert.Equal("https://api.example/fhir", (string?)claims["resource"]);
        Assert.Equal("evidence.of.doctor", (string?)claims["actor_token"]);
        Assert.Equal("urn:ietf:params:oauth:token-type:jwt", (string?)claims["actor_token_type"]);
        Assert.Equal("oauth-authz-req+jwt", (string?)sent.HeaderOf("request")["typ"]);
        Assert.False(claims.ContainsKey("sub"));
        Assert.False(claims.ContainsKey("client_id"));
        Assert.True(StrictBase64Url.TryDecode((string?)claims["jti"], out var jti) && jti.Length >= 16);
    }

    [Theory]
    [InlineData("ES256")]
    [InlineData("PS256")]
    public async Task StartAsync_SignedBy_VerifiesWithTheClientsKey(string algorithm)
    {
        Assert.True(SignatureAlgorithm.TryFromJose(algorithm, out var used));
        using var key = LocalSigningKey.Generate(used, "ehr-2");
        using var f = new CibaFixture(options => options.RequestSigningKey = key);
        Assert.True((await f.Client.StartTakenAsync(f.Request, f.Op.Time)).Succeeded);
        var verified = JwtVerifier.Verify(f.Op.To("/bc-authorize")[0].Form["request"], new JwtExpectations
        {
            Keys = JsonWebKeySet.Of(key.ToJwk()),
            Algorithms = AlgorithmPolicy.Default.For(SignatureUse.SignedRequest, OpDouble.Start),
            Type = JwtTypeRule.OneOf(TokenTypes.SignedRequestJwt),
            Issuer = CibaFixture.ClientId,
            Audience = JwtAudienceRule.ExactlySingleString(OpDouble.Issuer),
            Now = OpDouble.Start,
            Lifetime = JwtLifetimeRule.AtMost(CibaClientOptions.MaxRequestLifetime),
            RequiredClaims = ["jti", "iat", "nbf"],
        });
        Assert.True(verified.Succeeded, verified.Error?.ToString());
    }

    [Fact]
    public async Task StartAsync_Plain_SendsParametersAsForm()
    {
        using var f = new CibaFixture(options =>
        {
            options.RequestSigningKey = null;
            options.Credential = new ClientSecretBasicCredential(CibaFixture.ClientId, "secret");
        });
        Assert.True((await f.Client.StartTakenAsync(f.Request with { ActorToken = null }, f.Op.Time)).Succeeded);
        var sent = f.Op.To("/bc-authorize")[0];
        Assert.Equal(["acr_values", "binding_message", "login_hint", "requested_expiry", "resource", "scope", "user_code"], sent.Form.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("90", sent.Form["requested_expiry"]);
        Assert.StartsWith("Basic ", sent.Authorization, StringComparison.Ordinal);
    }

    public static TheoryData<UserHint, string> Hints => new()
    {
        { UserHint.IdToken("a.b.c"), "id_token_hint" },
        { UserHint.LoginHintToken("t"), "login_hint_token" },
        { UserHint.LoginHint("l"), "login_hint" },
    };

    [Theory]
    [MemberData(nameof(Hints))]
    public async Task StartAsync_EachHint_SendsExactlyThatOne(UserHint hint, string parameter)
    {
        Assert.True((await _f.Client.StartTakenAsync(_f.Request with { Hint = hint }, _f.Op.Time)).Succeeded);
        var claims = _f.Op.To("/bc-authorize")[0].ClaimsOf("request");
        Assert.Equal([parameter], claims.Select(claim => claim.Key).Where(name => name.Contains("hint", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task StartAsync_WithoutOpenid_AddsIt()
    {
        await _f.Client.StartTakenAsync(_f.Request with { Scopes = ["patient/Patient.read"] }, _f.Op.Time);
        Assert.Equal("openid patient/Patient.read", (string?)_f.Op.To("/bc-authorize")[0].ClaimsOf("request")["scope"]);
    }

    [Theory]
    [InlineData("auth_req_id", null)]
    [InlineData("auth_req_id", "\"\"")]
    [InlineData("auth_req_id", "\"with space\"")]
    [InlineData("auth_req_id", "\"日本\"")]
    [InlineData("auth_req_id", "1")]
    [InlineData("expires_in", null)]
    [InlineData("expires_in", "0")]
    [InlineData("expires_in", "-1")]
    [InlineData("expires_in", "\"120\"")]
    [InlineData("expires_in", "86401")]
    [InlineData("interval", "0")]
    [InlineData("interval", "\"2\"")]
    [InlineData("interval", "2.5")]
    public async Task StartAsync_AcknowledgementWithOneDefect_IsRefused(string member, string? json)
    {
        _f.Acknowledgement.Remove(member);
        if (json is not null)
        {
            _f.Acknowledgement[member] = JsonNode.Parse(json);
        }

        var error = (await _f.Client.StartTakenAsync(_f.Request, _f.Op.Time)).Error!;
        Assert.Equal(CibaClientErrorCodes.AcknowledgementMalformed, error.Code);
        Assert.Equal(member, error.Detail);
    }

    [Fact]
    public async Task StartAsync_AcknowledgementWithoutInterval_IsFiveSeconds()
    {
        _f.Acknowledgement.Remove("interval");
        Assert.Equal(TimeSpan.FromSeconds(5), (await _f.Client.StartTakenAsync(_f.Request, _f.Op.Time)).Value!.Interval);
    }

    [Theory]
    [InlineData("unknown_user_id", HttpStatusCode.BadRequest, OAuthErrorCodes.UnknownUserId)]
    [InlineData("missing_user_code", HttpStatusCode.BadRequest, OAuthErrorCodes.MissingUserCode)]
    [InlineData("invalid_user_code", HttpStatusCode.BadRequest, OAuthErrorCodes.InvalidUserCode)]
    [InlineData("expired_login_hint_token", HttpStatusCode.BadRequest, OAuthErrorCodes.ExpiredLoginHintToken)]
    [InlineData("invalid_binding_message", HttpStatusCode.BadRequest, OAuthErrorCodes.InvalidBindingMessage)]
    [InlineData("access_denied", HttpStatusCode.Forbidden, OAuthErrorCodes.AccessDenied)]
    [InlineData("invalid_client", HttpStatusCode.Unauthorized, OAuthErrorCodes.InvalidClient)]
    [InlineData("invalid_id_token_hint", HttpStatusCode.BadRequest, OAuthErrorCodes.UnknownError)]
    public async Task StartAsync_RefusedByTheOp_KeepsItsCode(string error, HttpStatusCode status, string code)
    {
        _f.Op.On("/bc-authorize", _ => OpDouble.Error(error, status, "provider.practitioner_evidence_missing"));
        var refusal = (await _f.Client.StartTakenAsync(_f.Request, _f.Op.Time)).Error!;
        Assert.Equal(code, refusal.Code);
        Assert.Equal("provider.practitioner_evidence_missing", refusal.Detail);
    }

    [Fact]
    public async Task StartAsync_OpWithoutTheEndpoint_IsRefused()
    {
        _f.Op.Metadata.Remove("backchannel_authentication_endpoint");
        Assert.Equal(OAuthErrorCodes.EndpointMissing, (await _f.Client.StartTakenAsync(_f.Request, _f.Op.Time)).Error!.Code);
    }

    [Fact]
    public async Task StartAsync_OpWithoutPoll_IsRefused()
    {
        _f.Op.Metadata["backchannel_token_delivery_modes_supported"] = new JsonArray("ping", "push");
        Assert.Equal(CibaClientErrorCodes.PollNotSupported, (await _f.Client.StartTakenAsync(_f.Request, _f.Op.Time)).Error!.Code);
        Assert.Empty(_f.Op.To("/bc-authorize"));
    }

    [Fact]
    public async Task StartAsync_OpWithoutTheAlgorithm_IsRefused()
    {
        _f.Op.Metadata["backchannel_authentication_request_signing_alg_values_supported"] = new JsonArray("PS256");
        Assert.Equal(CibaClientErrorCodes.SigningAlgorithmNotSupported, (await _f.Client.StartTakenAsync(_f.Request, _f.Op.Time)).Error!.Code);
        Assert.Empty(_f.Op.To("/bc-authorize"));
    }

    [Fact]
    public async Task StartAsync_OpUnreachable_LetsTheExceptionPass()
    {
        _f.Op.On("/bc-authorize", _ => throw new HttpRequestException("down"));
        await Assert.ThrowsAsync<HttpRequestException>(() => _f.Client.StartTakenAsync(_f.Request, _f.Op.Time));
    }

    public static TheoryData<Func<BackchannelRequest, BackchannelRequest>> Misuses => new()
    {
        request => request with { Scopes = [] },
        request => request with { Scopes = ["openid patient/Patient.read"] },
        request => request with { AcrValues = [""] },
        request => request with { RequestedExpiry = TimeSpan.Zero },
        request => request with { RequestedExpiry = TimeSpan.FromSeconds(1.5) },
    };

    [Theory]
    [MemberData(nameof(Misuses))]
    public async Task StartAsync_RequestThatCannotBeSent_IsMisuse(Func<BackchannelRequest, BackchannelRequest> change) =>
        await Assert.ThrowsAsync<ArgumentException>(() => _f.Client.StartTakenAsync(change(_f.Request), _f.Op.Time));

    [Fact]
    public async Task StartAsync_EvidenceWithoutSigning_IsMisuse()
    {
        using var f = new CibaFixture(options => options.RequestSigningKey = null);
        await Assert.ThrowsAsync<ArgumentException>(() => f.Client.StartTakenAsync(f.Request, f.Op.Time));
        Assert.Empty(f.Op.Requests);
    }

    [Fact]
    public async Task ToString_OfEverything_ShowsNothingPersonal()
    {
        var started = (await _f.Client.StartTakenAsync(_f.Request, _f.Op.Time)).Value!;
        var text = $"{_f.Request} {_f.Request.Hint} {_f.Request.BindingMessage} {started}";
        Assert.All(["insured-12345678", "1234", "山田", "evidence.of.doctor", CibaFixture.AuthReqId], secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("issuer")]
    [InlineData("http issuer")]
    [InlineData("credential")]
    [InlineData("lifetime")]
    [InlineData("long lifetime")]
    [InlineData("skew")]
    public void Construct_OptionsWithOneMistake_IsMisuse(string mistake)
    {
        var options = new CibaClientOptions { Issuer = OpDouble.Issuer, Credential = new ClientSecretBasicCredential("a", "b") };
        switch (mistake)
        {
            case "issuer": options.Issuer = ""; break;
            case "http issuer": options.Issuer = "http://127.0.0.1:5001"; break;
            case "credential": options.Credential = null; break;
            case "lifetime": options.RequestLifetime = TimeSpan.Zero; break;
            case "long lifetime": options.RequestLifetime = TimeSpan.FromMinutes(61); break;
            default: options.ClockSkew = TimeSpan.FromSeconds(-1); break;
        }

        Assert.Single(options.FindMistakes());
        Assert.Throws<ArgumentException>(() => new CibaClient(_f.Op.CreateClient(), options));
    }

    [Fact]
    public async Task StartAsync_ForAStepUp_AsksForTheClassesThatTheResourceNamed()
    {
        var challenge = StepUpChallenge.Find(["DPoP error=\"insufficient_user_authentication\", acr_values=\"urn:synthetic:acr:high urn:synthetic:acr:card\", max_age=300"])!;
        await _f.Client.StartTakenAsync(_f.Request.ForStepUp(challenge), _f.Op.Time);
        Assert.Equal("urn:synthetic:acr:high urn:synthetic:acr:card", (string?)_f.Op.To("/bc-authorize")[0].ClaimsOf("request")["acr_values"]);
        Assert.Equal(_f.Request.AcrValues, _f.Request.ForStepUp(challenge with { AcrValues = [] }).AcrValues);
    }
}
