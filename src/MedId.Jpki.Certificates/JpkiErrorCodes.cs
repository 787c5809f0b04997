namespace MedId.Jpki.Certificates;

/// <summary>The codes that this package refuses untrusted input with. Refusals of the path (<c>pki.*</c>, <c>crl.*</c>, <c>ocsp.*</c>) pass through as they are.</summary>
public static partial class JpkiErrorCodes
{
    /// <summary>A signing certificate lacks one of the basic four attributes or its flags.</summary>
    public const string AttributeMissing = "jpki.attribute_missing";

    /// <summary>An attribute is there twice.</summary>
    public const string AttributeDuplicate = "jpki.attribute_duplicate";

    /// <summary>An attribute is not of the form that the profile gives it.</summary>
    public const string AttributeMalformed = "jpki.attribute_malformed";

    /// <summary>An authentication certificate carries personal attributes, which it never does.</summary>
    public const string AttributeUnexpected = "jpki.attribute_unexpected";

    /// <summary>A table of dated data is not of the form that this release reads.</summary>
    public const string DataMalformed = "jpki.data_malformed";

    /// <summary>No legal standing is configured.</summary>
    public const string StandingMissing = "jpki.standing_missing";

    /// <summary>This standing has every check made by a platform operator.</summary>
    public const string StandingRequiresPlatform = "jpki.standing_requires_platform";

    /// <summary>This standing has no platform operator check for it.</summary>
    public const string StandingWithoutPlatform = "jpki.standing_without_platform";

    /// <summary>Under this standing the item may not be kept.</summary>
    public const string RetentionRefused = "jpki.retention_refused";

    /// <summary>Under this standing the item may be kept encrypted only, and there is no cipher.</summary>
    public const string RetentionUnencrypted = "jpki.retention_unencrypted";
}
