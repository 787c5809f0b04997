using System.Diagnostics;
using System.Net;
using MedId.Consumers.TestSupport;
using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth;

namespace MedId.Ciba.Client.Tests;

public sealed class TokenLifeTests : IDisposable
{
    private readonly CibaFixture _f = new();

    public void Dispose() => _f.Dispose();

    [Fact]
    public async Task RefreshAsync_NewTokens_CarryOnWhatIsNotSentAgain()
    {
        var tokens = await TokensAsync();
        _f.Op.On("/token", _ => _f.Tokens(change: body =>
        {
            body["access_token"] = "second";
            body.Remove("id_token");
            body.Remove("patient");
            body.Remove("scope");
        }));
        var refreshed = (await _f.Client.RefreshAsync(tokens)).Value!;
        Assert.Equal("second", refreshed.AccessToken);
        Assert.Equal("refresh-1", refreshed.RefreshToken);
        Assert.Equal("patient-0001", refreshed.Patient);
        Assert.Equal(tokens.Scopes, refreshed.Scopes);
        Assert.Same(tokens.IdToken, refreshed.IdToken);
        var sent = _f.Op.To("/token")[^1];
        Assert.Equal("refresh_token", sent.Form["grant_type"]);
        Assert.Equal("refresh-1", sent.Form["refresh_token"]);
    }

    [Fact]
    public async Task RefreshAsync_IdTokenOfAnotherSubject_IsRefused()
    {
        var tokens = await TokensAsync();
        var claims = _f.Claims();
        claims["sub"] = "somebody-else";
        _f.Op.On("/token", _ => _f.Tokens(claims));
        Assert.Equal(CryptographyErrorCodes.JoseSubjectMismatch, (await _f.Client.RefreshAsync(tokens)).Error!.Code);
    }

    [Fact]
    public async Task RefreshAsync_IdTokenOfTheSameSubject_IsTakenOver()
    {
        var tokens = await TokensAsync();
        _f.Op.Time.Advance(TimeSpan.FromMinutes(5));
        var claims = _f.Claims();
        claims["auth_time"] = OpDouble.Start.ToUnixTimeSeconds();
        _f.Op.On("/token", _ => _f.Tokens(claims));
        Assert.Equal(OpDouble.Start.AddMinutes(5), (await _f.Client.RefreshAsync(tokens)).Value!.IdToken.IssuedAt);
    }

    [Fact]
    public async Task RefreshAsync_IdTokenThatMakesTheAuthenticationNewer_IsRefused()
    {
        var tokens = await TokensAsync();
        _f.Op.Time.Advance(TimeSpan.FromMinutes(5));
        _f.Op.On("/token", _ => _f.Tokens());
        Assert.Equal(CibaClientErrorCodes.AuthTimeChanged, (await _f.Client.RefreshAsync(tokens)).Error?.Code);
    }

    [Fact]
    public async Task RefreshAsync_AfterWithdrawal_IsInvalidGrant()
    {
        var tokens = await TokensAsync();
        _f.Op.On("/token", _ => OpDouble.Error("invalid_grant"));
        Assert.Equal(OAuthErrorCodes.InvalidGrant, (await _f.Client.RefreshAsync(tokens)).Error!.Code);
    }

    [Fact]
    public async Task RefreshAsync_WithoutRefreshToken_IsMisuse() =>
        await Assert.ThrowsAsync<ArgumentException>(async () => await _f.Client.RefreshAsync(await TokensAsync() with { RefreshToken = null }));

    [Theory]
    [InlineData("refresh-1", "refresh-1", "refresh_token")]
    [InlineData(null, CibaFixture.AccessToken, "access_token")]
    public async Task RevokeAsync_Any_GivesBackTheLongerLived(string? refreshToken, string token, string hint)
    {
        _f.Op.On("/revoke", _ => OpDouble.Answer(HttpStatusCode.OK, "text/plain", ""));
        Assert.True((await _f.Client.RevokeAsync(await TokensAsync() with { RefreshToken = refreshToken })).Succeeded);
        Assert.Equal(token, _f.Op.To("/revoke")[0].Form["token"]);
        Assert.Equal(hint, _f.Op.To("/revoke")[0].Form["token_type_hint"]);
    }

    [Fact]
    public async Task RevokeAsync_Refused_IsTheServersError()
    {
        _f.Op.On("/revoke", _ => OpDouble.Error("unsupported_token_type"));
        Assert.Equal(OAuthErrorCodes.UnsupportedTokenType, (await _f.Client.RevokeAsync(await TokensAsync())).Error!.Code);
    }

    [Fact]
    public async Task RevokeAsync_OpWithoutTheEndpoint_IsRefused()
    {
        _f.Op.Metadata.Remove("revocation_endpoint");
        Assert.Equal(OAuthErrorCodes.EndpointMissing, (await _f.Client.RevokeAsync(await TokensAsync())).Error!.Code);
    }

    [Fact]
    public async Task WholeFlow_Listened_ShowsNothingPersonal()
    {
        var seen = new List<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is CibaClientTelemetry.Name or OAuthTelemetry.Name,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                lock (seen)
                {
                    seen.Add($"{activity.OperationName} {activity.DisplayName} {activity.StatusDescription} {string.Join(' ', activity.TagObjects)}");
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await _f.Client.StartTakenAsync(_f.Request, _f.Op.Time);
        var tokens = await TokensAsync();
        lock (seen)
        {
            var text = string.Join('\n', seen);
            Assert.Contains("ciba backchannel request", text, StringComparison.Ordinal);
            Assert.All(
                ["insured-12345678", "1234", "山田", "subject-1", "patient-0001", tokens.AccessToken, CibaFixture.AuthReqId], personal => Assert.DoesNotContain(personal, text, StringComparison.Ordinal));
            Assert.All(
                ["insured-12345678", "subject-1", "patient-0001", tokens.AccessToken], personal => Assert.DoesNotContain(personal, tokens.ToString(), StringComparison.Ordinal));
        }
    }

    private async Task<CibaTokens> TokensAsync()
    {
        _f.Op.On("/token", _ => _f.Tokens(change: body => body["refresh_token"] = "refresh-1"));
        var result = await _f.Client.PollAsync(_f.Authentication);
        Assert.True(result.Succeeded, result.Error?.ToString());
        return result.Value.Tokens!;
    }
}
