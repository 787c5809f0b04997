namespace MedId.Pki;

/// <summary>The names of the sections that this project's packages read. Others may stand in a bundle and are kept.</summary>
public static class TrustDataSections
{
    /// <summary>Roots that may be trust anchors: <see cref="TrustRoot"/>.</summary>
    public const string Roots = "roots";

    /// <summary>Ends of signature algorithms: <see cref="TrustDataAlgorithms"/>.</summary>
    public const string Algorithms = "algorithms";

    /// <summary>HPKI role texts, read by <c>MedId.Hpki</c>.</summary>
    public const string HpkiRoles = "hpki.roles";

    /// <summary>HPKI certificate policies, read by <c>MedId.Hpki</c>.</summary>
    public const string HpkiPolicies = "hpki.policies";

    /// <summary>Which role signs which document, read by <c>MedId.Hpki</c>.</summary>
    public const string HpkiDocuments = "hpki.documents";
}
