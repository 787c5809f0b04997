using MedId.Cryptography;

namespace MedId.Jpki.Certificates.Tests.Retention;

public sealed class RetentionPolicyTests
{
    private static readonly byte[] Content = [1, 2, 3, 4, 5, 6, 7, 8];
    private static readonly FieldCipher Cipher = new("clinic", FieldKey.Generate("k1"));

    [Theory]
    [InlineData(RetentionItem.Certificate)]
    [InlineData(RetentionItem.SerialNumber)]
    [InlineData(RetentionItem.Crl)]
    [InlineData(RetentionItem.OcspResponse)]
    [InlineData(RetentionItem.SignedDocument)]
    public void Protect_ServiceProvider_KeepsNothingOfTheCertificate(RetentionItem item) =>
        Assert.Equal(JpkiErrorCodes.RetentionRefused, new RetentionPolicy(JpkiStanding.ServiceProvider, Cipher).Protect(item, "r1", Content).Error?.Code);

    [Theory]
    [InlineData(RetentionItem.VerificationRecord)]
    [InlineData(RetentionItem.KeyedDigest)]
    [InlineData(RetentionItem.DocumentDigest)]
    [InlineData(RetentionItem.PlatformReceipt)]
    public void Protect_ServiceProvider_KeepsItsOwn(RetentionItem item)
    {
        var kept = new RetentionPolicy(JpkiStanding.ServiceProvider).Protect(item, "r1", Content).Value!;

        Assert.False(kept.IsEncrypted);
        Assert.Equal(Content, kept.Content.ToArray());
        Assert.Equal((item, JpkiStanding.ServiceProvider, "r1"), (kept.Item, kept.Standing, kept.RecordId));
    }

    [Theory]
    [InlineData(RetentionItem.Certificate)]
    [InlineData(RetentionItem.SerialNumber)]
    [InlineData(RetentionItem.Crl)]
    [InlineData(RetentionItem.OcspResponse)]
    [InlineData(RetentionItem.SignedDocument)]
    [InlineData(RetentionItem.BasicFour)]
    public void Protect_PlatformOperator_EncryptsOnly(RetentionItem item)
    {
        var policy = new RetentionPolicy(JpkiStanding.PlatformOperator, Cipher);
        var kept = policy.Protect(item, "r1", Content).Value!;

        Assert.True(kept.IsEncrypted);
        Assert.Equal(-1, kept.Content.Span.IndexOf(Content));
        Assert.Equal(Content, policy.Open(item, "r1", kept.Content.Span).Value);
        Assert.Equal(CryptographyErrorCodes.FieldNotAuthentic, policy.Open(item, "r2", kept.Content.Span).Error?.Code);
    }

    [Fact]
    public void Protect_PlatformOperatorWithoutCipher_IsRefused()
    {
        var policy = new RetentionPolicy(JpkiStanding.PlatformOperator);

        Assert.Equal(JpkiErrorCodes.RetentionUnencrypted, policy.Protect(RetentionItem.Certificate, "r1", Content).Error?.Code);
        Assert.Equal(JpkiErrorCodes.RetentionUnencrypted, policy.Open(RetentionItem.Certificate, "r1", Content).Error?.Code);
    }

    [Fact]
    public void Open_AfterTheStandingChanged_IsRefused()
    {
        var kept = new RetentionPolicy(JpkiStanding.PlatformOperator, Cipher).Protect(RetentionItem.Certificate, "r1", Content).Value!;

        Assert.Equal(JpkiErrorCodes.RetentionRefused, new RetentionPolicy(JpkiStanding.ServiceProvider, Cipher).Open(RetentionItem.Certificate, "r1", kept.Content.Span).Error?.Code);
    }

    [Theory]
    [InlineData(JpkiStanding.None)]
    [InlineData((JpkiStanding)99)]
    public void HandlingOf_NoStanding_RefusesEverything(JpkiStanding standing) =>
        Assert.All(Enum.GetValues<RetentionItem>(), i => Assert.Equal(RetentionHandling.Refused, new RetentionPolicy(standing, Cipher).HandlingOf(i)));

    [Fact]
    public void HandlingOf_RowsOfTheTable_UnknownGrantsNothing() => Assert.All(
        JpkiStandingTable.Default.Rules.SelectMany(r => r.Retention).Where(r => r.Certainty <= DataCertainty.Recalled),
        r => Assert.Equal(RetentionHandling.Refused, r.Handling));

    [Fact]
    public void HandlingOf_RevocationInformation_IsNeverPlain() => Assert.All(
        JpkiStandingTable.Default.Rules.SelectMany(r => r.Retention)
            .Where(r => r.Item is RetentionItem.Certificate or RetentionItem.SerialNumber or RetentionItem.Crl or RetentionItem.OcspResponse or RetentionItem.SignedDocument or RetentionItem.BasicFour),
        r => Assert.NotEqual(RetentionHandling.Plain, r.Handling));

    [Fact]
    public void Parse_EveryRule_IsFoundByItsName()
    {
        Assert.All(JpkiStandingTable.Default.Rules, r => Assert.Equal(r.Standing, JpkiStandingTable.Default.Parse(r.Name)));
        Assert.Equal(JpkiStanding.None, JpkiStandingTable.Default.Parse(null));
        Assert.Equal(JpkiStanding.None, JpkiStandingTable.Default.Parse("SERVICE-PROVIDER"));
        Assert.Equal(Enum.GetValues<JpkiStanding>().Length - 1, JpkiStandingTable.Default.Rules.Count);
    }

    [Fact]
    public void With_OwnRule_Replaces()
    {
        var rule = JpkiStandingTable.Default.Find(JpkiStanding.AdministrativeBody)! with
        {
            Retention = [new(RetentionItem.SignedDocument, RetentionHandling.Encrypted, "own ordinance", DataCertainty.Configured)],
        };
        var policy = new RetentionPolicy(JpkiStanding.AdministrativeBody, Cipher, JpkiStandingTable.Default.With(rule));

        Assert.True(policy.Protect(RetentionItem.SignedDocument, "r1", Content).Succeeded);
        Assert.Equal(RetentionHandling.Refused, new RetentionPolicy(JpkiStanding.AdministrativeBody, Cipher).HandlingOf(RetentionItem.SignedDocument));
        Assert.Throws<ArgumentException>(() => JpkiStandingTable.Default.With(rule with { Standing = JpkiStanding.None }));
        Assert.Throws<ArgumentException>(() => JpkiStandingTable.Default.With(rule with { Name = "service-provider" }));
    }
}
