namespace MedId.Cryptography.Tests;

public sealed class JwtVerifierTimeTests
{
    // The token: iat = nbf = now - 10, exp = now + 60; the skew is 10 seconds.
    [Theory]
    [InlineData(0, null)]
    [InlineData(60, null)]
    [InlineData(69, null)]
    [InlineData(69.9999999, null)]
    [InlineData(70, CryptographyErrorCodes.JoseExpired)]
    [InlineData(71, CryptographyErrorCodes.JoseExpired)]
    [InlineData(-20, null)]
    [InlineData(-20.0000001, CryptographyErrorCodes.JoseNotYetValid)]
    [InlineData(-21, CryptographyErrorCodes.JoseNotYetValid)]
    public async Task Verify_AtTime_IsAcceptedFromNbfToBeforeExp(double seconds, string? code) =>
        Assert.Equal(code, (await JwtFixture.VerifyAsync(null, e => e with { Now = JwtFixture.At(seconds) })).Error?.Code);

    [Theory]
    [InlineData(59, null)]
    [InlineData(60, CryptographyErrorCodes.JoseExpired)]
    [InlineData(-10, null)]
    [InlineData(-11, CryptographyErrorCodes.JoseNotYetValid)]
    public async Task Verify_NoSkew_BoundsAreTheClaims(double seconds, string? code) =>
        Assert.Equal(code, (await JwtFixture.VerifyAsync(null, e => e with { Now = JwtFixture.At(seconds), ClockSkew = TimeSpan.Zero })).Error?.Code);

    [Theory]
    [InlineData(10, null)]
    [InlineData(11, CryptographyErrorCodes.JoseIssuedInFuture)]
    public async Task Verify_IssuedLater_IsRefusedBeyondTheSkew(int seconds, string? code) => Assert.Equal(
        code,
        (await JwtFixture.VerifyAsync(c =>
        {
            c["iat"] = JwtFixture.Now + seconds;
            c.Remove("nbf");
        })).Error?.Code);

    [Theory]
    [InlineData(290, null)]
    [InlineData(291, CryptographyErrorCodes.JoseLifetimeTooLong)]
    public async Task Verify_Lifetime_CountsFromIssue(int expiry, string? code) =>
        Assert.Equal(code, (await JwtFixture.VerifyAsync(c => c["exp"] = JwtFixture.Now + expiry)).Error?.Code);

    [Theory]
    [InlineData(310, null)]
    [InlineData(311, CryptographyErrorCodes.JoseLifetimeTooLong)]
    public async Task Verify_LifetimeWithoutIssue_CountsFromNowWidenedBySkew(int expiry, string? code) => Assert.Equal(
        code,
        (await JwtFixture.VerifyAsync(c =>
        {
            c.Remove("iat");
            c.Remove("nbf");
            c["exp"] = JwtFixture.Now + expiry;
        })).Error?.Code);

    [Theory]
    [InlineData("nbf", "iat")]
    [InlineData("iat", "nbf")]
    public async Task Verify_LifetimeWithIatAndNbf_CountsFromTheLater(string earlier, string later) => Assert.Equal(
        CryptographyErrorCodes.JoseLifetimeTooLong,
        (await JwtFixture.VerifyAsync(c =>
        {
            c[earlier] = JwtFixture.Now - 1000;
            c[later] = JwtFixture.Now - 10;
            c["exp"] = JwtFixture.Now + 291;
        })).Error?.Code);

    [Fact]
    public async Task Verify_ExpiresRule_AllowsAnyLifetimeButNeedsExp()
    {
        Refused.Not(await JwtFixture.VerifyAsync(c => c["exp"] = 253402300799, e => e with { Lifetime = JwtLifetimeRule.Expires }));
        Refused.With(CryptographyErrorCodes.JoseClaimMissing, await JwtFixture.VerifyAsync(c => c.Remove("exp"), e => e with { Lifetime = JwtLifetimeRule.Expires }));
    }

    [Theory]
    [InlineData(40, null)]
    [InlineData(99.9999999, CryptographyErrorCodes.JoseExpired)]
    [InlineData(59.9999999, null)]
    [InlineData(60, CryptographyErrorCodes.JoseExpired)]
    public async Task Verify_IssuedWithin_BoundsTheAge(double seconds, string? code) => Assert.Equal(
        code,
        (await JwtFixture.VerifyAsync(c => c.Remove("exp"), e => e with { Now = JwtFixture.At(seconds), Lifetime = JwtLifetimeRule.IssuedWithin(TimeSpan.FromSeconds(60)) })).Error?.Code);

    [Fact]
    public async Task Verify_IssuedWithin_NeedsIatAndStillMindsExp()
    {
        var rule = JwtLifetimeRule.IssuedWithin(TimeSpan.FromHours(1));

        Refused.With(CryptographyErrorCodes.JoseClaimMissing, await JwtFixture.VerifyAsync(c => c.Remove("iat"), e => e with { Lifetime = rule }));
        Refused.With(CryptographyErrorCodes.JoseExpired, await JwtFixture.VerifyAsync(null, e => e with { Lifetime = rule, Now = JwtFixture.At(70) }));
    }

    [Theory]
    [InlineData(30, 60, 30)] // age ends first: iat -10 + 30 + skew 10
    [InlineData(3600, 60, 70)] // exp ends first
    [InlineData(3600, null, 3600)]
    public async Task Verify_IssuedWithin_ReplayKeyLivesUntilTheTokenIsRefusedAnyway(int age, int? expiry, int expected)
    {
        var jwt = Refused.Not(await JwtFixture.VerifyAsync(
            c =>
            {
                c.Remove("exp");
                if (expiry is not null)
                {
                    c["exp"] = JwtFixture.Now + expiry;
                }
            },
            e => e with { Lifetime = JwtLifetimeRule.IssuedWithin(TimeSpan.FromSeconds(age)) }));

        Assert.Equal(JwtFixture.At(expected), jwt.ReplayKey!.ExpiresAt);
    }

    [Fact]
    public async Task Verify_FractionOfASecond_Counts()
    {
        Refused.Not(await JwtFixture.VerifyAsync(c => c["exp"] = 1_775_000_000.5m, e => e with { ClockSkew = TimeSpan.Zero, Now = JwtFixture.At(0.4999999) }));
        Refused.With(
            CryptographyErrorCodes.JoseExpired,
            await JwtFixture.VerifyAsync(c => c["exp"] = 1_775_000_000.5m, e => e with { ClockSkew = TimeSpan.Zero, Now = JwtFixture.At(0.5) }));
    }

    [Fact]
    public async Task Verify_NowAtTheEndOfTime_DoesNotOverflow() => Refused.With(
        CryptographyErrorCodes.JoseExpired,
        await JwtFixture.VerifyAsync(null, e => e with { Now = DateTimeOffset.MaxValue, ClockSkew = TimeSpan.FromDays(1) }));

    [Fact]
    public async Task Verify_NegativeSkew_Throws()
    {
        var token = await JwtFixture.SignAsync();

        Assert.Throws<ArgumentOutOfRangeException>(() => JwtVerifier.Verify(token, JwtFixture.Expected with { ClockSkew = TimeSpan.FromSeconds(-1) }));
        Assert.Throws<ArgumentOutOfRangeException>(() => JwtLifetimeRule.AtMost(TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>(() => JwtLifetimeRule.IssuedWithin(TimeSpan.FromTicks(-1)));
    }

    [Fact]
    public async Task Verify_NoJti_GivesNoReplayKey() =>
        Assert.Null(Refused.Not(await JwtFixture.VerifyAsync(c => c.Remove("jti"), e => e with { RequiredClaims = [] })).ReplayKey);
}
