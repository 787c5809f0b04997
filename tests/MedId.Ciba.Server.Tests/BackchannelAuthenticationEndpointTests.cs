using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth;
using MedId.OAuth.Server;
using MedId.OAuth.Server.Tests;

namespace MedId.Ciba.Server.Tests;

public sealed class BackchannelAuthenticationEndpointTests
{
    private readonly TestOp _op = new();

    [Fact]
    public async Task HandleAsync_SignedRequest_IsAcknowledgedStoredAndAnnounced()
    {
        var answer = await _op.SendAsync();
        var body = TestServer.Body(answer);
        Assert.Equal(200, answer.Status);
        Assert.Null(answer.Warning);
        Assert.Equal("application/json", answer.ContentType);
        Assert.Contains(answer.Headers, h => h is { Key: "Cache-Control", Value: "no-store" });
        Assert.Equal(["auth_req_id", "expires_in", "interval"], body.Select(m => m.Key));
        Assert.Equal(300, (int?)body["expires_in"]);
        Assert.Equal(5, (int?)body["interval"]);
        var id = (string)body["auth_req_id"]!;
        Assert.Equal(43, id.Length);

        var stored = _op.Requests.Single;
        Assert.Equal(AuthReqId.Digest(id), stored.AuthReqIdDigest);
        Assert.NotEqual(id, stored.Id);
        Assert.Equal(43, stored.Id.Length);
        Assert.Equal(_op.Opened!.Id, stored.Id);
        Assert.Equal(TestServer.EhrId, stored.ClientId);
        Assert.Equal(TestOp.Account, stored.Subject);
        Assert.Equal(["openid", "patient/Patient.read"], stored.Scopes);
        Assert.Equal([TestOp.Acr], stored.AcrValues);
        Assert.Equal("診察 A-7", stored.BindingMessage);
        Assert.Equal(TestServer.Resource, stored.Resource);
        Assert.Equal(TestServer.Start, stored.CreatedAt);
        Assert.Equal(TestServer.Start, stored.NextPollAt);
        Assert.Equal(TestServer.Start.AddSeconds(300), stored.ExpiresAt);
        Assert.Equal(CibaStatus.Pending, stored.Status);
        Assert.Equal("{\"notice\":1}", stored.Context);
        Assert.Equal(stored, _op.Notified);
    }

    [Fact]
    public async Task HandleAsync_PlainRequestOfAClientThatDoesNotSign_IsTaken()
    {
        Assert.Equal(200, (await _op.SendPlainAsync(("client_notification_token", "ignored for poll"), ("unknown_parameter", "ignored"))).Status);
        Assert.Null(_op.Opened!.Parameters.SignedRequest);
        Assert.Equal(TestServer.BasicId, _op.Requests.Single.ClientId);
    }

    [Fact]
    public async Task HandleAsync_SignedRequest_ReachesTheOpWithItsEvidence()
    {
        var signed = await _op.SignAsync(c => (c["actor_token"], c["actor_token_type"]) = ("e.e.e", TokenTypes.JwtUrn));
        Assert.Equal(200, (await _op.SendSignedAsync(signed)).Status);
        Assert.Equal("e.e.e", _op.Opened!.Parameters.ActorToken);
        Assert.Equal(signed, _op.Opened.Parameters.SignedRequest);
        foreach (var text in new[] { _op.Opened.ToString(), _op.Opened.Parameters.ToString() })
        {
            Assert.DoesNotContain(TestOp.LoginHint, text, StringComparison.Ordinal);
            Assert.DoesNotContain(TestOp.UserCode, text, StringComparison.Ordinal);
            Assert.DoesNotContain(TestOp.Account, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task HandleAsync_Unauthenticated_LearnsNothingElse() => TestServer.AssertRefused(
        await _op.Endpoint.HandleAsync(TestServer.Request(null, ("scope", "nonsense"))), OAuthServerErrorCodes.ClientAuthenticationMissing, "invalid_client", 401);

    [Theory]
    [InlineData("https://op.example", true)]
    [InlineData("https://op.example/token", true)]
    [InlineData("https://op.example/bc-authorize", true)]
    [InlineData("https://op.example/introspect", false)]
    public async Task HandleAsync_AudienceOfTheAssertion_IsOneOfTheThreeOfTheStandard(string audience, bool taken)
    {
        var assertion = await _op.Server.AssertionAsync(change: c => c["aud"] = audience);
        var answer = await _op.Endpoint.HandleAsync(TestServer.Request(
            null, ("request", await _op.SignAsync()), ("client_assertion", assertion), ("client_assertion_type", TokenTypes.JwtBearerAssertion)));
        Assert.Equal(taken ? 200 : 401, answer.Status);
    }

    [Fact]
    public async Task HandleAsync_ClientThatMayNot_IsRefused()
    {
        var noGrant = new TestOp(changeEhr: m => m with { GrantTypes = [GrantTypes.RefreshToken] });
        TestServer.AssertRefused(await noGrant.SendAsync(), CibaErrorCodes.ClientNotRegistered, "unauthorized_client", 400);
        var noMode = new TestOp(changeEhr: m => m with { BackchannelTokenDeliveryMode = null });
        TestServer.AssertRefused(await noMode.SendAsync(), CibaErrorCodes.ClientNotRegistered, "unauthorized_client", 400);
        TestServer.AssertRefused(
            await _op.Endpoint.HandleAsync(await _op.Server.RequestByAsync(TestServer.ApiId)), CibaErrorCodes.ClientNotRegistered, "unauthorized_client", 400);
    }

    [Theory]
    [InlineData("ping", CibaDeliveryMode.Poll)]
    [InlineData("push", CibaDeliveryMode.Ping)]
    public async Task HandleAsync_OtherDeliveryMode_IsRefused(string mode, CibaDeliveryMode offered)
    {
        var op = new TestOp(
            o => o.DeliveryModes = [CibaDeliveryMode.Poll, offered],
            m => m with { BackchannelTokenDeliveryMode = mode, BackchannelClientNotificationEndpoint = "https://ehr.example/ping" });
        TestServer.AssertRefused(await op.SendAsync(), CibaErrorCodes.DeliveryModeUnsupported, "unauthorized_client", 400);
    }

    [Fact]
    public async Task HandleAsync_ExpiryAsked_IsGivenOrCutAndToldTruly()
    {
        foreach (var (asked, given) in new[] { ("1", 1), ("120", 120), ("\"120\"", 120), ("600", 600), ("601", 600), ("99999999999", 600) })
        {
            var op = new TestOp();
            var answer = await op.SendAsync(c => c["requested_expiry"] = System.Text.Json.Nodes.JsonNode.Parse(asked));
            Assert.Equal(given, (int?)TestServer.Body(answer)["expires_in"]);
            Assert.Equal(TestServer.Start.AddSeconds(given), op.Requests.Single.ExpiresAt);
        }
    }

    [Fact]
    public async Task HandleAsync_RefusalOfTheOp_IsPassedOnAndNothingIsStored()
    {
        _op.Decision = BackchannelDecision.Refuse(CibaRefusals.InvalidRequest(new("provider.practitioner_evidence_missing", ErrorCategory.Protocol, "walk")));
        TestServer.AssertRefused(await _op.SendAsync(), "provider.practitioner_evidence_missing", "invalid_request", 400);
        _op.Decision = BackchannelDecision.Refuse(CibaRefusals.AccessDenied(new("provider.not_now", ErrorCategory.Policy, "walk")));
        TestServer.AssertRefused(await _op.SendAsync(), "provider.not_now", "access_denied", 403);
        Assert.True(_op.Requests.IsEmpty);
        Assert.Null(_op.Notified);
    }

    [Fact]
    public async Task HandleAsync_NotificationFails_TheRequestStands()
    {
        _op.NotificationFailure = new IOException("the way to the device");
        var answer = await _op.SendAsync();
        Assert.Equal(200, answer.Status);
        Assert.Null(answer.Error);
        Assert.Equal(CibaErrorCodes.NotificationFailed, answer.Warning?.Code);
        Assert.Equal("IOException", answer.Warning?.Detail);
        Assert.Equal(CibaStatus.Pending, _op.Requests.Single.Status);
    }

    [Fact]
    public async Task HandleAsync_TooManyOpenRequests_AreRefusedUntilOneEnds()
    {
        var op = new TestOp(o => o.MaxPendingOfSubject = 1);
        Assert.Equal(200, (await op.SendAsync()).Status);
        TestServer.AssertRefused(await op.SendAsync(), CibaErrorCodes.TooManyPending, "access_denied", 403);
        op.Server.Time.Advance(TimeSpan.FromSeconds(300));
        Assert.Null((await op.SendAsync()).Error);
    }

    [Fact]
    public async Task HandleAsync_EveryRequest_HasIdentifiersOfItsOwn()
    {
        var ids = new HashSet<string>();
        for (var i = 0; i < 10; i++)
        {
            var op = new TestOp();
            Assert.True(ids.Add((string)TestServer.Body(await op.SendAsync())["auth_req_id"]!));
            Assert.True(ids.Add(op.Requests.Single.Id));
        }
    }

    [Fact]
    public async Task HandleAsync_SignedRequestSentTwice_IsRefusedTheSecondTime()
    {
        var signed = await _op.SignAsync();
        Assert.Equal(200, (await _op.SendSignedAsync(signed)).Status);
        TestServer.AssertRefused(await _op.SendSignedAsync(signed), CibaErrorCodes.RequestReplayed, "invalid_request", 400);
    }

    [Fact]
    public async Task HandleAsync_SignedRequestWithABrokenSignature_UsesUpNoIdentifier()
    {
        TestServer.AssertRefused(
            await _op.SendAsync(c => c["jti"] = "same", key: TestServer.ForeignKey), CryptographyErrorCodes.JoseSignatureInvalid, "invalid_request", 400);
        Assert.Equal(200, (await _op.SendAsync(c => c["jti"] = "same")).Status);
    }

    [Fact]
    public async Task HandleAsync_EncryptedRequest_IsInvalidRequest() =>
        TestServer.AssertRefused(await _op.SendSignedAsync("a.b.c.d.e"), CryptographyErrorCodes.JoseEncryptedNotSupported, "invalid_request", 400);

    [Theory]
    [InlineData("scope")]
    [InlineData("login_hint")]
    [InlineData("user_code")]
    [InlineData("actor_token")]
    [InlineData("nonce")]
    [InlineData("anything")]
    public async Task HandleAsync_ParameterBesideTheSignedRequest_IsRefused(string name) => TestServer.AssertRefused(
        await _op.SendSignedAsync(await _op.SignAsync(), (name, "openid")), CibaErrorCodes.RequestParameterOutside, "invalid_request", 400);

    [Fact]
    public async Task HandleAsync_ClientIdBesideTheSignedRequest_IsTaken() =>
        Assert.Equal(200, (await _op.SendSignedAsync(await _op.SignAsync(), ("client_id", TestServer.EhrId))).Status);

    [Fact]
    public async Task HandleAsync_RequestUri_IsRefused()
    {
        TestServer.AssertRefused(await _op.SendPlainAsync(("request_uri", "https://ehr.example/r")), CibaErrorCodes.RequestUriUnsupported, "invalid_request", 400);
        TestServer.AssertRefused(
            await _op.SendSignedAsync(await _op.SignAsync(), ("request_uri", "urn:x")), CibaErrorCodes.RequestUriUnsupported, "invalid_request", 400);
    }

    [Fact]
    public async Task HandleAsync_UnsignedRequestWhereSigningIsDue_IsRefused()
    {
        TestServer.AssertRefused(
            await _op.SendSignedAsync(null, ("scope", "openid"), ("login_hint", TestOp.LoginHint)), CibaErrorCodes.RequestUnsigned, "invalid_request", 400);
        TestServer.AssertRefused(await new TestOp(o => o.RequireSignedRequests = true).SendPlainAsync(), CibaErrorCodes.RequestUnsigned, "invalid_request", 400);
    }

    [Fact]
    public async Task HandleAsync_SignedRequestOfAClientThatRegisteredNone_IsRefused()
    {
        var op = new TestOp(changeEhr: m => m with { BackchannelAuthenticationRequestSigningAlg = null });
        TestServer.AssertRefused(await op.SendAsync(), CibaErrorCodes.RequestSigningNotRegistered, "invalid_request", 400);
    }

    [Fact]
    public async Task HandleAsync_ContentDefectOfTheSignedRequest_IsInvalidRequest()
    {
        TestServer.AssertRefused(await _op.SendAsync(c => c["request"] = "x"), CibaErrorCodes.RequestNested, "invalid_request", 400);
        TestServer.AssertRefused(await _op.SendAsync(c => c["sub"] = TestServer.EhrId), CibaErrorCodes.RequestSubjectIsClient, "invalid_request", 400);
        TestServer.AssertRefused(await _op.SendAsync(c => c["client_id"] = "x"), CibaErrorCodes.RequestClientMismatch, "invalid_request", 400);
    }
}
