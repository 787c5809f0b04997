namespace MedId.Jpki.Certificates;

/// <summary>By what right an organisation checks JPKI certificates. It is configured, never guessed, and named in every result.</summary>
public enum JpkiStanding
{
    /// <summary>None was configured: everything is refused.</summary>
    None = 0,

    /// <summary>署名検証者 by the competent minister's certification, checking for itself (art 17(1)(vi)).</summary>
    CertifiedVerifier = 1,

    /// <summary>プラットフォーム事業者: certified, and checking for others too.</summary>
    PlatformOperator = 2,

    /// <summary>サービスプロバイダ: outsources every check to a platform operator and is deemed certified (enforcement rules art 29(1)). A hospital, usually.</summary>
    ServiceProvider = 3,

    /// <summary>An administrative body or court (art 17(1)(i) to (iii)).</summary>
    AdministrativeBody = 4,

    /// <summary>認定認証事業者 (art 17(1)(iv)).</summary>
    AccreditedCertificationAuthority = 5,

    /// <summary>特定認証業務 certified by the minister (art 17(1)(v)).</summary>
    SpecifiedCertificationAuthority = 6,

    /// <summary>Checking one's own signature, and tests against a test hierarchy: nobody else's certificate.</summary>
    OwnTest = 7,
}
