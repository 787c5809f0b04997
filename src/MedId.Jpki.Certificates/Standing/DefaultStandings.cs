namespace MedId.Jpki.Certificates;

/// <summary>The rows of this release's standing table.</summary>
internal static class DefaultStandings
{
    private const string Act = "Act 153 of 2002";

    // What anybody may keep who may check at all: it names nobody and gives nothing of the certificate away.
    private static readonly RetentionRule[] Own =
    [
        Rule(RetentionItem.VerificationRecord, RetentionHandling.Plain, "own record: time, result, reason, versions", DataCertainty.Corroborated),
        Rule(RetentionItem.KeyedDigest, RetentionHandling.Plain, "own keyed digest; nothing of the certificate can be had from it without the key", DataCertainty.Corroborated),
        Rule(RetentionItem.DocumentDigest, RetentionHandling.Plain, "digest of the form", DataCertainty.Corroborated),
        Rule(RetentionItem.PlatformReceipt, RetentionHandling.Plain, "the operator's own opaque ids", DataCertainty.SingleSource),
    ];

    private static readonly RetentionRule BasicFour = Rule(RetentionItem.BasicFour, RetentionHandling.Encrypted, "APPI: as far as needed", DataCertainty.Corroborated);

    private static readonly RetentionRule[] OwnDataCentre =
    [
        .. Own,
        BasicFour,
        Rule(RetentionItem.Certificate, RetentionHandling.Encrypted, "the operator's policy", DataCertainty.SingleSource),
        Rule(RetentionItem.SerialNumber, RetentionHandling.Encrypted, Act + " art 52: for confirming validity only", DataCertainty.Verified),
        Rule(RetentionItem.Crl, RetentionHandling.Encrypted, Act + " art 52: for confirming validity only", DataCertainty.Verified),
        Rule(RetentionItem.OcspResponse, RetentionHandling.Encrypted, Act + " art 52: for confirming validity only", DataCertainty.Verified),
        Rule(RetentionItem.SignedDocument, RetentionHandling.Encrypted, "as the contract says", DataCertainty.SingleSource),
    ];

    private static readonly RetentionRule[] Authority =
    [
        .. Own,
        BasicFour,
        Rule(RetentionItem.Certificate, RetentionHandling.Encrypted, "rules arts 26(13), 44 (2013 numbering): ten years", DataCertainty.Verified),
        Rule(RetentionItem.SerialNumber, RetentionHandling.Encrypted, "rules arts 26(13), 44 (2013 numbering): ten years", DataCertainty.Verified),
        Rule(RetentionItem.SignedDocument, RetentionHandling.Encrypted, "rules arts 26(13), 44 (2013 numbering): ten years", DataCertainty.Verified),
        Rule(RetentionItem.Crl, RetentionHandling.Refused, "whether it may be kept beyond the check is not known", DataCertainty.Unknown),
        Rule(RetentionItem.OcspResponse, RetentionHandling.Refused, "whether it may be kept beyond the check is not known", DataCertainty.Unknown),
    ];

    private static readonly RetentionRule[] OutsideTheDataCentre =
    [
        .. Own,
        BasicFour,
        Rule(RetentionItem.Certificate, RetentionHandling.Refused, "a deemed verifier keeps no certificate", DataCertainty.Corroborated),
        Rule(RetentionItem.SerialNumber, RetentionHandling.Refused, "a deemed verifier keeps no serial number", DataCertainty.Corroborated),
        Rule(RetentionItem.Crl, RetentionHandling.Refused, "a deemed verifier keeps no revocation information", DataCertainty.Corroborated),
        Rule(RetentionItem.OcspResponse, RetentionHandling.Refused, "a deemed verifier keeps no revocation information", DataCertainty.Corroborated),
        Rule(RetentionItem.SignedDocument, RetentionHandling.Refused, "not known, so refused; its digest is kept instead", DataCertainty.Unknown),
    ];

    public static IReadOnlyList<JpkiStandingRule> Rules { get; } =
    [
        Standing(JpkiStanding.CertifiedVerifier, "certified-verifier", "署名検証者(主務大臣認定)", local: true, platform: true, OwnDataCentre, Act + " art 17(1)(vi), art 36(1)", DataCertainty.Corroborated),
        Standing(JpkiStanding.PlatformOperator, "platform-operator", "プラットフォーム事業者", local: true, platform: false, OwnDataCentre, Act + " art 17(1)(vi), art 36(1)", DataCertainty.Corroborated),
        Standing(JpkiStanding.ServiceProvider, "service-provider", "サービスプロバイダ(みなし認定)", local: false, platform: true, OutsideTheDataCentre, Act + " enforcement rules art 29(1)", DataCertainty.Corroborated),
        Standing(JpkiStanding.AdministrativeBody, "administrative-body", "行政機関等", local: true, platform: true, [.. Own], Act + " art 17(1)(i) to (iii)", DataCertainty.Corroborated),
        Standing(JpkiStanding.AccreditedCertificationAuthority, "accredited-ca", "認定認証事業者", local: true, platform: true, Authority, Act + " art 17(1)(iv)", DataCertainty.Verified),
        Standing(JpkiStanding.SpecifiedCertificationAuthority, "specified-ca", "特定認証業務を行う者(主務大臣認定)", local: true, platform: true, Authority, Act + " art 17(1)(v)", DataCertainty.Verified),
        Standing(JpkiStanding.OwnTest, "own-test", "自己の検証・試験", local: true, platform: true, [.. Own], "checking one's own signature needs no certification", DataCertainty.Corroborated),
    ];

    private static RetentionRule Rule(RetentionItem item, RetentionHandling handling, string source, DataCertainty certainty) => new(item, handling, source, certainty);

    private static JpkiStandingRule Standing(
        JpkiStanding standing, string name, string japanese, bool local, bool platform, IReadOnlyList<RetentionRule> retention, string article, DataCertainty certainty) => new()
        {
            Standing = standing,
            Name = name,
            Japanese = japanese,
            MayVerifyLocally = local,
            MayUsePlatform = platform,
            Retention = retention,
            Article = article,
            Certainty = certainty,
        };
}
