namespace MedId.Cryptography.Tests;

public sealed class AlgorithmPolicyTests
{
    private static readonly DateTimeOffset At = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);

    public static TheoryData<SignatureUse> Uses => [.. Enum.GetValues<SignatureUse>()];

    [Theory]
    [MemberData(nameof(Uses))]
    public void Default_AnyUse_AllowsStrongAlgorithmsAndNoPkcs1(SignatureUse use)
    {
        var rule = AlgorithmPolicy.Default.For(use, At);

        Assert.True(rule.Allows(SignatureAlgorithm.ES256));
        Assert.True(rule.Allows(SignatureAlgorithm.PS256));
        Assert.DoesNotContain(rule.Algorithms, a => a.IsRsaPkcs1);
        Assert.Equal(2048, rule.MinimumRsaBits);
        Assert.Equal(use is SignatureUse.UafAssertion or SignatureUse.UafAttestation, rule.Allows(SignatureAlgorithm.EcdsaSecp256k1Der));
        Assert.Equal(use is SignatureUse.UafAssertion or SignatureUse.UafAttestation, rule.Allows(SignatureAlgorithm.RsaPssSha256Der));
    }

    [Fact]
    public void Allow_Pkcs1_NeedsTheLoudNameAndAnEnd()
    {
        Assert.Throws<ArgumentException>(() => AlgorithmPolicy.Default.Allow(SignatureUse.IdToken, SignatureAlgorithm.RS256));
        Assert.Throws<ArgumentException>(() => AlgorithmPolicy.Default.DangerouslyAllowRsaPkcs1(SignatureUse.IdToken, SignatureAlgorithm.ES256, At));

        var policy = AlgorithmPolicy.Default.DangerouslyAllowRsaPkcs1(SignatureUse.IdToken, SignatureAlgorithm.RS256, At);

        Assert.True(policy.For(SignatureUse.IdToken, At.AddTicks(-1)).Allows(SignatureAlgorithm.RS256));
        Assert.False(policy.For(SignatureUse.IdToken, At).Allows(SignatureAlgorithm.RS256));
        Assert.False(policy.For(SignatureUse.AccessToken, At.AddTicks(-1)).Allows(SignatureAlgorithm.RS256));
        Assert.False(AlgorithmPolicy.Default.For(SignatureUse.IdToken, At.AddTicks(-1)).Allows(SignatureAlgorithm.RS256));
    }

    [Fact]
    public void Allow_Dated_CountsFromItsFirstInstantToBeforeItsLast()
    {
        var policy = AlgorithmPolicy.Default.Allow(SignatureUse.ClientAssertion, SignatureAlgorithm.ES384, At, At.AddDays(1));

        Assert.False(policy.For(SignatureUse.ClientAssertion, At.AddTicks(-1)).Allows(SignatureAlgorithm.ES384));
        Assert.True(policy.For(SignatureUse.ClientAssertion, At).Allows(SignatureAlgorithm.ES384));
        Assert.False(policy.For(SignatureUse.ClientAssertion, At.AddDays(1)).Allows(SignatureAlgorithm.ES384));
        Assert.True(policy.For(SignatureUse.ClientAssertion, At.AddDays(1)).Allows(SignatureAlgorithm.ES256));
    }

    [Fact]
    public void Forbid_LastAlgorithm_RefusesEverything()
    {
        var policy = AlgorithmPolicy.Default.For(SignatureUse.IdToken, At).Algorithms.Aggregate(AlgorithmPolicy.Default, (p, a) => p.Forbid(SignatureUse.IdToken, a));

        Assert.Empty(policy.For(SignatureUse.IdToken, At).Algorithms);
        Assert.NotEmpty(policy.For(SignatureUse.AccessToken, At).Algorithms);
    }

    [Fact]
    public void Restrict_Algorithm_KeepsItOnlyWhenItWasAllowed()
    {
        var rule = AlgorithmPolicy.Default.For(SignatureUse.ClientAssertion, At);

        Assert.Equal([SignatureAlgorithm.PS256], rule.Restrict(SignatureAlgorithm.PS256).Algorithms);
        Assert.Empty(rule.Restrict(SignatureAlgorithm.RS256).Algorithms);
    }

    [Fact]
    public void WithMinimumRsaBits_SmallerKey_IsNotAllowed()
    {
        var key = Refused.Not(PublicKey.FromJwk(Json.Parse(PublishedVectors.Rfc7638Key)));

        Assert.True(AlgorithmPolicy.Default.For(SignatureUse.IdToken, At).Allows(SignatureAlgorithm.PS256, key));
        Assert.False(AlgorithmPolicy.Default.WithMinimumRsaBits(2049).For(SignatureUse.IdToken, At).Allows(SignatureAlgorithm.PS256, key));
        Assert.False(AlgorithmPolicy.Default.For(SignatureUse.IdToken, At).Allows(SignatureAlgorithm.ES256, key));
        Assert.Throws<ArgumentOutOfRangeException>(() => AlgorithmPolicy.Default.WithMinimumRsaBits(2047));
        Assert.Throws<ArgumentOutOfRangeException>(() => AlgorithmPolicy.Default.WithMinimumRsaBits(8193));
    }

    [Fact]
    public void Only_Nothing_Throws() => Assert.Throws<ArgumentException>(() => AlgorithmRule.Only());
}
