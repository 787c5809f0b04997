namespace MedId.Cryptography.Tests;

public sealed class AlgorithmPolicyTests
{
    private static readonly DateTimeOffset At = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);

    public static TheoryData<SignatureUse> Uses => [.. Enum.GetValues<SignatureUse>()];

    [Theory]
    [MemberData(nameof(Uses))]
    public void Default_AnyUse_AllowsWhatItsKindOfSignatureNeeds(SignatureUse use)
    {
        var rule = AlgorithmPolicy.Default.For(use, At);
        var isUaf = use is SignatureUse.UafAssertion or SignatureUse.UafAttestation;
        var isX509 = use is SignatureUse.Certificate or SignatureUse.RevocationList or SignatureUse.OcspResponse or SignatureUse.Timestamp
            or SignatureUse.DocumentSignature or SignatureUse.JpkiSignIn or SignatureUse.PractitionerCardEvidence or SignatureUse.FidoMetadata;
        var isWebAuthn = use is SignatureUse.WebAuthnAssertion or SignatureUse.WebAuthnAttestation;

        Assert.Equal(!isWebAuthn, rule.Allows(SignatureAlgorithm.ES256));
        Assert.True(rule.Allows(SignatureAlgorithm.PS256));
        Assert.DoesNotContain(rule.Algorithms, a => a.IsWeak);
        Assert.Equal(isX509 || isUaf || isWebAuthn, rule.Algorithms.Any(a => a.IsRsaPkcs1));
        Assert.Equal(isX509 || isUaf || isWebAuthn, rule.Allows(SignatureAlgorithm.RS256));
        Assert.Equal(isX509 || isUaf || isWebAuthn || use is SignatureUse.TrustData or SignatureUse.ProofOfPossession, rule.Allows(SignatureAlgorithm.Ed25519));
        Assert.Equal(isX509 || isWebAuthn || use == SignatureUse.TrustData, rule.Allows(SignatureAlgorithm.EcdsaP384Der));
        Assert.Equal(2048, rule.MinimumRsaBits);
        Assert.Equal(isUaf || isWebAuthn, rule.Allows(SignatureAlgorithm.EcdsaSecp256k1Der));
        Assert.Equal(isWebAuthn, rule.Allows(SignatureAlgorithm.MlDsa44));
        Assert.Equal(isUaf, rule.Allows(SignatureAlgorithm.RsaPssSha256Der));
        Assert.False(rule.Allows(DigestAlgorithm.Sha1));
        Assert.True(rule.Allows(DigestAlgorithm.Sha256));
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

    [Fact]
    public void Only_WeakAlgorithm_Throws() => Assert.Throws<ArgumentException>(() => AlgorithmRule.Only(SignatureAlgorithm.ES256, SignatureAlgorithm.RsaSha1));

    [Fact]
    public void Allow_Pkcs1ForCertificates_NeedsNoExceptionAndIsNotWeak()
    {
        var key = Refused.Not(PublicKey.FromJwk(Json.Parse(PublishedVectors.Rfc7638Key)));
        var policy = AlgorithmPolicy.Default.Forbid(SignatureUse.Certificate, SignatureAlgorithm.RS256).Allow(SignatureUse.Certificate, SignatureAlgorithm.RS256, until: At);

        Assert.True(policy.For(SignatureUse.Certificate, At.AddTicks(-1)).Allows(SignatureAlgorithm.RS256, key));
        Assert.False(policy.For(SignatureUse.Certificate, At.AddTicks(-1)).AllowsOnlyAsWeak(SignatureAlgorithm.RS256, key));
        Assert.False(policy.For(SignatureUse.Certificate, At).Allows(SignatureAlgorithm.RS256, key));
        Assert.Throws<ArgumentException>(() => AlgorithmPolicy.Default.DangerouslyAllowRsaPkcs1(SignatureUse.Certificate, SignatureAlgorithm.RS256, At));
        Assert.Throws<ArgumentException>(() => AlgorithmPolicy.Default.DangerouslyAllowRsaPkcs1(SignatureUse.IdToken, SignatureAlgorithm.RsaSha1, At));
    }

    [Fact]
    public void DangerouslyAllowRsaPkcs1_Token_IsReportedAsWeak()
    {
        var key = Refused.Not(PublicKey.FromJwk(Json.Parse(PublishedVectors.Rfc7638Key)));
        var rule = AlgorithmPolicy.Default.DangerouslyAllowRsaPkcs1(SignatureUse.IdToken, SignatureAlgorithm.RS256, At).For(SignatureUse.IdToken, At.AddTicks(-1));

        Assert.True(rule.AllowsOnlyAsWeak(SignatureAlgorithm.RS256, key));
        Assert.True(rule.Restrict(SignatureAlgorithm.RS256).AllowsOnlyAsWeak(SignatureAlgorithm.RS256, key));
        Assert.False(rule.AllowsOnlyAsWeak(SignatureAlgorithm.PS256, key));
        Assert.False(rule.AllowsOnlyAsWeak(SignatureAlgorithm.RS384, key));
    }

    [Fact]
    public void DangerouslyAllowSha1_OneUseUntilADay_IsForThatUseBeforeThatDayAndWeak()
    {
        var key = Refused.Not(PublicKey.FromJwk(Json.Parse(PublishedVectors.Rfc7638Key)));
        var policy = AlgorithmPolicy.Default.DangerouslyAllowSha1(SignatureUse.UafAttestation, At);
        var rule = policy.For(SignatureUse.UafAttestation, At.AddTicks(-1));

        Assert.True(rule.Allows(SignatureAlgorithm.RsaSha1, key));
        Assert.True(rule.AllowsOnlyAsWeak(SignatureAlgorithm.RsaSha1, key));
        Assert.True(rule.AllowsOnlyAsWeak(DigestAlgorithm.Sha1));
        Assert.False(rule.AllowsOnlyAsWeak(SignatureAlgorithm.PS256, key));
        Assert.False(rule.AllowsOnlyAsWeak(DigestAlgorithm.Sha256));
        Assert.False(rule.Allows(SignatureAlgorithm.DsaSha1));
        Assert.False(policy.For(SignatureUse.UafAttestation, At).Allows(SignatureAlgorithm.RsaSha1));
        Assert.False(policy.For(SignatureUse.UafAttestation, At).Allows(DigestAlgorithm.Sha1));
        Assert.False(policy.For(SignatureUse.UafAssertion, At.AddTicks(-1)).Allows(SignatureAlgorithm.RsaSha1));
        Assert.All(Uses.Select(u => u.Data).Where(u => u != SignatureUse.UafAttestation), u => Assert.DoesNotContain(policy.For(u, At.AddTicks(-1)).Algorithms, a => a.IsWeak));
        Assert.Throws<ArgumentException>(() => AlgorithmPolicy.Default.Allow(SignatureUse.Certificate, SignatureAlgorithm.RsaSha1));
        Assert.Throws<ArgumentException>(() => AlgorithmPolicy.Default.DangerouslyAllowWeak(SignatureUse.Certificate, SignatureAlgorithm.RS256, At));
    }

    [Fact]
    public void DangerouslyAllowDsa_OneUse_AllowsDsaAndNothingElse()
    {
        var rule = AlgorithmPolicy.Default.DangerouslyAllowDsa(SignatureUse.Certificate, At).For(SignatureUse.Certificate, At.AddTicks(-1));

        Assert.Equal([SignatureAlgorithm.DsaSha1, SignatureAlgorithm.DsaSha256], rule.Algorithms.Where(a => a.IsWeak));
    }

    [Fact]
    public void DangerouslyAllowSmallRsa_OneUseUntilADay_JudgesTheKeyBySizeAndTime()
    {
        using var rsa = System.Security.Cryptography.RSA.Create(1024);
        var small = Refused.Not(PublicKey.FromSubjectPublicKeyInfo(rsa.ExportSubjectPublicKeyInfo(), PublicKey.MinimumLegacyRsaBits));
        var policy = AlgorithmPolicy.Default.DangerouslyAllowSmallRsa(SignatureUse.Certificate, 1024, At);

        Assert.True(policy.For(SignatureUse.Certificate, At.AddTicks(-1)).Allows(SignatureAlgorithm.RS256, small));
        Assert.True(policy.For(SignatureUse.Certificate, At.AddTicks(-1)).AllowsOnlyAsWeak(SignatureAlgorithm.RS256, small));
        Assert.False(policy.For(SignatureUse.Certificate, At).Allows(SignatureAlgorithm.RS256, small));
        Assert.False(policy.For(SignatureUse.RevocationList, At.AddTicks(-1)).Allows(SignatureAlgorithm.RS256, small));
        Assert.False(AlgorithmPolicy.Default.DangerouslyAllowSmallRsa(SignatureUse.Certificate, 1025, At).For(SignatureUse.Certificate, At.AddTicks(-1)).Allows(SignatureAlgorithm.RS256, small));
        Assert.False(AlgorithmPolicy.Default.For(SignatureUse.Certificate, At).Allows(SignatureAlgorithm.RS256, small));
        Assert.False(policy.WithMinimumRsaBits(2048).For(SignatureUse.Certificate, At.AddTicks(-1)).Allows(SignatureAlgorithm.RS256, small));
        Assert.Throws<ArgumentOutOfRangeException>(() => policy.DangerouslyAllowSmallRsa(SignatureUse.Certificate, 1023, At));
        Assert.Throws<ArgumentOutOfRangeException>(() => policy.DangerouslyAllowSmallRsa(SignatureUse.Certificate, 2048, At));
    }
}
