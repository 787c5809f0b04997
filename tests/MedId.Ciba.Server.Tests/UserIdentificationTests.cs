using System.Text.Json.Nodes;
using MedId.Cryptography;
using MedId.OAuth;
using MedId.OAuth.Server;
using MedId.OAuth.Server.Tests;
using MedId.TestSupport;

namespace MedId.Ciba.Server.Tests;

public sealed class UserIdentificationTests
{
    private readonly TestOp _op = new();

    private Task<OAuthAnswer> SendHintAsync(string name, string? value, TestOp? op = null) => (op ?? _op).SendAsync(c =>
    {
        c.Remove("login_hint");
        c.Remove("user_code");
        c[name] = value;
    });

    private async Task<string> IdTokenAsync(Func<Grant, Grant>? change = null)
    {
        var grant = TestServer.Grant();
        return (await _op.Server.IssueAsync(change?.Invoke(grant) ?? grant)).IdToken!;
    }

    [Theory]
    [InlineData("nobody", CibaErrorCodes.UserUnknown, "unknown_user_id", 400)]
    [InlineData("suspended", CibaErrorCodes.UserRefused, "access_denied", 403)]
    [InlineData("late", CibaErrorCodes.LoginHintTokenExpired, "expired_login_hint_token", 400)]
    public async Task HandleAsync_HintWithoutAccount_IsRefused(string hint, string code, string wireError, int status)
    {
        var op = new TestOp(o => o.UserCodeRequiredFor = []);
        TestServer.AssertRefused(await op.SendAsync(c => c["login_hint"] = hint), code, wireError, status);
        Assert.Empty(op.Checks);
    }

    [Theory]
    [InlineData("nobody", TestOp.UserCode, CibaErrorCodes.UserCodeWrong, "invalid_user_code", 400)]
    [InlineData("suspended", TestOp.UserCode, CibaErrorCodes.UserCodeWrong, "invalid_user_code", 400)]
    [InlineData("nobody", "wrong", CibaErrorCodes.UserCodeWrong, "invalid_user_code", 400)]
    [InlineData("nobody", "insist", CibaErrorCodes.UserCodeWrong, "invalid_user_code", 400)]
    [InlineData("nobody", "locked", CibaErrorCodes.UserCodeLocked, "access_denied", 403)]
    public async Task HandleAsync_HintThatACodeGuards_DoesNotTellWhoIsKnown(string hint, string userCode, string code, string wireError, int status)
    {
        TestServer.AssertRefused(await _op.SendAsync(c => (c["login_hint"], c["user_code"]) = (hint, userCode)), code, wireError, status);
        var check = Assert.Single(_op.Checks);
        Assert.True(check.NamesNobody);
        Assert.DoesNotContain(hint, check.AccountId, StringComparison.Ordinal);
        Assert.Null(_op.Opened);
    }

    [Theory]
    [InlineData("wrong", CibaErrorCodes.UserCodeWrong, "invalid_user_code", 400)]
    [InlineData("insist", CibaErrorCodes.UserCodeMissing, "missing_user_code", 400)]
    [InlineData("locked", CibaErrorCodes.UserCodeLocked, "access_denied", 403)]
    [InlineData("", CibaErrorCodes.UserCodeMissing, "missing_user_code", 400)]
    public async Task HandleAsync_UserCodeThatIsNotRight_IsRefused(string userCode, string code, string wireError, int status)
    {
        TestServer.AssertRefused(await _op.SendAsync(c => c["user_code"] = userCode), code, wireError, status);
        Assert.True(_op.Requests.IsEmpty);
    }

    [Fact]
    public async Task HandleAsync_LoginHintWithoutUserCode_IsRefusedBeforeAnybodyIsLookedFor()
    {
        TestServer.AssertRefused(await _op.SendAsync(c => c.Remove("user_code")), CibaErrorCodes.UserCodeMissing, "missing_user_code", 400);
        Assert.Null(_op.Hint);
    }

    [Fact]
    public async Task HandleAsync_LoginHintWithoutUserCode_IsTakenWhereNoneIsNeeded()
    {
        var op = new TestOp(o => o.UserCodeRequiredFor = []);
        Assert.Equal(200, (await op.SendAsync(c => c.Remove("user_code"))).Status);
        Assert.Null(Assert.Single(op.Checks).UserCode);
    }

    [Fact]
    public async Task HandleAsync_UserCode_IsJudgedForTheAccountOfTheHint()
    {
        Assert.Equal(200, (await _op.SendAsync()).Status);
        var check = Assert.Single(_op.Checks);
        Assert.Equal(TestOp.Account, check.AccountId);
        Assert.Equal(HintKind.LoginHint, check.HintKind);
        Assert.Equal(TestServer.Start, check.At);
        Assert.DoesNotContain(TestOp.UserCode, check.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(TestOp.LoginHint, _op.Hint!.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task HandleAsync_OwnIdToken_IsAHintWithoutUserCodeEvenAfterItsEnd()
    {
        var token = await IdTokenAsync();
        _op.Server.Time.Advance(TimeSpan.FromDays(400));
        Assert.Equal(200, (await SendHintAsync("id_token_hint", token)).Status);
        Assert.Equal(HintKind.IdTokenHint, _op.Hint!.Kind);
        Assert.Equal(TestOp.Account, _op.Hint.Value);
    }

    [Theory]
    [InlineData(59, null)]
    [InlineData(60, CibaErrorCodes.IdTokenHintTooOld)]
    public async Task HandleAsync_AgeOfTheIdToken_IsBoundedExactly(int minutes, string? code)
    {
        var token = await IdTokenAsync();
        var op = new TestOp(o => o.IdTokenHintMaxAge = TimeSpan.FromHours(1));
        op.Server.Time.Advance(TimeSpan.FromMinutes(minutes));
        var answer = await SendHintAsync("id_token_hint", token, op);
        Assert.Equal(code, answer.Error?.Code);
        if (code is not null)
        {
            TestServer.AssertRefused(answer, code, "invalid_request", 400);
        }
    }

    [Fact]
    public async Task HandleAsync_IdTokenThatIsNotOurs_IsRefused()
    {
        var token = await IdTokenAsync();
        var claims = TestJws.Claims(token);
        var access = (await _op.Server.IssueAsync()).AccessToken;
        var wrong = new List<string>
        {
            "nonsense",
            "a.b.c",
            access,
            await TestJws.SignAsync(TestServer.EhrKey, claims, h => h["kid"] = "op-1"),
            await TestJws.SignAsync(TestServer.ServerKey, claims, h => h["typ"] = "at+jwt"),
        };
        foreach (var (name, value) in new (string, JsonNode?)[]
        {
            ("iss", "https://other.example"), ("aud", TestServer.BasicId), ("aud", null), ("sub", null), ("iat", null), ("iat", "soon"), ("iat", -1),
            ("iat", _op.Server.Now + 31), ("exp", null),
        })
        {
            var changed = claims.DeepClone().AsObject();
            changed.Remove(name);
            if (value is not null)
            {
                changed[name] = value;
            }

            wrong.Add(await TestJws.SignAsync(TestServer.ServerKey, changed));
        }

        foreach (var hint in wrong)
        {
            TestServer.AssertRefused(await SendHintAsync("id_token_hint", hint), CibaErrorCodes.IdTokenHintInvalid, "invalid_request", 400);
        }

        Assert.Equal(200, (await SendHintAsync("id_token_hint", await TestJws.SignAsync(TestServer.ServerKey, claims))).Status);
    }

    [Fact]
    public async Task Verify_MutantsOfAnIdToken_NoneIsAccepted()
    {
        var token = await IdTokenAsync();
        var keys = _op.Server.Keys.Current.Published;
        foreach (var mutant in new SeededMutator(131).Mutate(token, 600))
        {
            var result = IdTokenHintVerifier.Verify(mutant.Text, keys, TestServer.Issuer, TestServer.EhrId, null, TestServer.Start);
            Assert.True(mutant.Text == token || !result.Succeeded, mutant.How);
        }
    }

    [Fact]
    public async Task HandleAsync_LoginHintToken_NamesThePersonOnce()
    {
        var token = await _op.HintTokenAsync();
        Assert.Equal(200, (await SendHintAsync("login_hint_token", token)).Status);
        Assert.Equal(HintKind.LoginHintToken, _op.Hint!.Kind);
        Assert.Equal(TestOp.HintIssuer, _op.Hint.TokenIssuer);
        Assert.Equal(new SubjectIdentifier("opaque", null, TestOp.LoginHint), _op.Hint.Identifier);
        TestServer.AssertRefused(await SendHintAsync("login_hint_token", token), CibaErrorCodes.LoginHintTokenInvalid, "invalid_request", 400);
    }

    [Fact]
    public async Task HandleAsync_LoginHintTokenWithoutJti_IsGoodUntilItEnds()
    {
        var token = await _op.HintTokenAsync(c => c.Remove("jti"));
        Assert.Equal(200, (await SendHintAsync("login_hint_token", token)).Status);
        Assert.Equal(200, (await SendHintAsync("login_hint_token", token)).Status);
    }

    [Fact]
    public async Task HandleAsync_LoginHintTokenByIssuerAndSubject_KeepsTheIssuer()
    {
        var token = await _op.HintTokenAsync(c => c["sub_id"] = JsonNode.Parse("""{"format":"iss_sub","iss":"https://other.example","sub":"synthetic-login-0001"}"""));
        Assert.Equal(200, (await SendHintAsync("login_hint_token", token)).Status);
        Assert.Equal(new SubjectIdentifier("iss_sub", "https://other.example", TestOp.LoginHint), _op.Hint!.Identifier);
    }

    // Clock skew 30 s.
    [Theory]
    [InlineData(89, null)]
    [InlineData(90, CibaErrorCodes.LoginHintTokenExpired)]
    public async Task HandleAsync_EndOfTheLoginHintToken_IsExact(int seconds, string? code)
    {
        var token = await _op.HintTokenAsync();
        _op.Server.Time.Advance(TimeSpan.FromSeconds(seconds));
        var answer = await SendHintAsync("login_hint_token", token);
        Assert.Equal(code, answer.Error?.Code);
        if (code is not null)
        {
            TestServer.AssertRefused(answer, code, "expired_login_hint_token", 400);
        }
    }

    public static TheoryData<string, string?> HintTokenDefects { get; } = new()
    {
        { "iss", "\"https://unknown.example\"" },
        { "iss", null },
        { "aud", "\"https://other.example\"" },
        { "aud", null },
        { "iat", null },
        { "exp", null },
        { "exp", "1795255201" },
        { "sub_id", null },
        { "sub_id", "\"patient\"" },
        { "sub_id", "{}" },
        { "sub_id", """{"format":"email","email":"synthetic@patient.example"}""" },
        { "sub_id", """{"format":"opaque"}""" },
        { "sub_id", """{"format":"opaque","id":""}""" },
        { "sub_id", """{"format":"opaque","id":7}""" },
        { "sub_id", """{"format":"iss_sub","sub":"x"}""" },
        { "sub_id", """{"format":"iss_sub","iss":"x"}""" },
    };

    [Theory]
    [MemberData(nameof(HintTokenDefects))]
    public async Task HandleAsync_LoginHintTokenWithADefect_IsRefused(string claim, string? json)
    {
        var token = await _op.HintTokenAsync(c =>
        {
            c.Remove(claim);
            if (json is not null)
            {
                c[claim] = JsonNode.Parse(json);
            }
        });
        TestServer.AssertRefused(await SendHintAsync("login_hint_token", token), CibaErrorCodes.LoginHintTokenInvalid, "invalid_request", 400);
    }

    [Fact]
    public async Task HandleAsync_LoginHintTokenOfAnotherKeyOrKind_IsRefused()
    {
        TestServer.AssertRefused(
            await SendHintAsync("login_hint_token", await _op.HintTokenAsync(key: TestServer.EhrKey, changeHeader: h => h["kid"] = "hint-1")),
            CibaErrorCodes.LoginHintTokenInvalid,
            "invalid_request",
            400);
        TestServer.AssertRefused(
            await SendHintAsync("login_hint_token", await _op.HintTokenAsync(changeHeader: h => h["typ"] = "at+jwt")), CibaErrorCodes.LoginHintTokenInvalid, "invalid_request", 400);
    }

    [Fact]
    public async Task HandleAsync_LoginHintTokenWhereNoneIsTaken_IsRefused()
    {
        var op = new TestOp(takesHintTokens: false);
        TestServer.AssertRefused(
            await SendHintAsync("login_hint_token", await op.HintTokenAsync(), op), CibaErrorCodes.LoginHintTokenUnsupported, "invalid_request", 400);
    }

    [Fact]
    public void JwsLoginHintTokenVerifier_IssuerWithoutKeys_Throws()
    {
        var options = new OAuthServerOptions { Issuer = TestServer.Issuer };
        LoginHintTokenIssuer withKeys = new() { Issuer = TestOp.HintIssuer, Keys = JsonWebKeySet.Empty };
        Assert.Throws<ArgumentException>(() => new JwsLoginHintTokenVerifier([], options));
        Assert.Throws<ArgumentException>(() => new JwsLoginHintTokenVerifier([withKeys with { Keys = null }], options));
        Assert.Throws<ArgumentException>(() => new JwsLoginHintTokenVerifier([withKeys with { Keys = null, JwksUri = "https://hints.example/jwks" }], options));
        Assert.Throws<ArgumentException>(() => new JwsLoginHintTokenVerifier([withKeys with { JwksUri = "https://hints.example/jwks" }], options));
    }

    /// <summary>CIBA Core §7.1: whoever got the ID token encrypted opens it and sends what is inside.</summary>
    [Fact]
    public async Task HandleAsync_EncryptedIdTokenAsHint_IsRefused() => TestServer.AssertRefused(
        await new TestOp().SendAsync(c =>
        {
            c.Remove("login_hint");
            c.Remove("user_code");
            c["id_token_hint"] = "eyJhbGciOiJFQ0RILUVTIiwiZW5jIjoiQTI1NkdDTSJ9..aaaa.bbbb.cccc";
        }), CibaErrorCodes.IdTokenHintInvalid, "invalid_request", 400);
}
