namespace MedId.Consent;

/// <summary>The identifiers of the rule sets in <see cref="LawRules.Current"/>.</summary>
public static class LawIds
{
    /// <summary>Japan: Act on the Protection of Personal Information.</summary>
    public const string Appi = "appi";

    /// <summary>EU: General Data Protection Regulation.</summary>
    public const string Gdpr = "gdpr";

    /// <summary>EU: Directive 2002/58, with the drafts of the regulation that never came.</summary>
    public const string EPrivacy = "eprivacy";

    /// <summary>California: CCPA as amended by CPRA.</summary>
    public const string Ccpa = "ccpa";

    /// <summary>ISO/IEC 29184:2020, a standard and no law.</summary>
    public const string Iso29184 = "iso-29184";
}
