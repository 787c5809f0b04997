namespace MedId.Testing;

/// <summary>One way in which a JPKI-shaped certificate is wrong, or unusual.</summary>
public enum JpkiFault
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>Issued by a root of the same name that nobody trusts.</summary>
    ForeignRoot,

    /// <summary>The policy of the other kind of certificate.</summary>
    PolicyOfOtherKind,

    /// <summary>The test policy in the production hierarchy.</summary>
    TestPolicy,

    /// <summary>A policy that nobody knows.</summary>
    UnknownPolicy,

    /// <summary>No policy.</summary>
    NoPolicy,

    /// <summary>Two policies: the right one and one that nobody knows.</summary>
    TwoPolicies,

    /// <summary>The policy is not critical.</summary>
    PolicyNotCritical,

    /// <summary>keyUsage of the other kind of certificate.</summary>
    KeyUsageOfOtherKind,

    /// <summary>No keyUsage.</summary>
    NoKeyUsage,

    /// <summary>keyUsage with keyEncipherment beside the right bits.</summary>
    KeyUsageTooWide,

    /// <summary>basicConstraints CA:TRUE.</summary>
    CertificateOfAuthority,

    /// <summary>The name is left out.</summary>
    NoName,

    /// <summary>The address is left out.</summary>
    NoAddress,

    /// <summary>The date of birth is left out.</summary>
    NoBirthDate,

    /// <summary>The sex is left out.</summary>
    NoSex,

    /// <summary>No attributes at all.</summary>
    NoAttributes,

    /// <summary>The name is there twice, with different values.</summary>
    DuplicateName,

    /// <summary>The name is empty.</summary>
    EmptyName,

    /// <summary>The name is written as BMPString.</summary>
    NameAsBmpString,

    /// <summary>The value's tag is IMPLICIT: the text stands directly in <c>[0]</c>.</summary>
    ImplicitTag,

    /// <summary>There are octets behind the text inside of the value.</summary>
    TrailingBytes,

    /// <summary>The name is not UTF-8.</summary>
    InvalidUtf8,

    /// <summary>One substitution flag too few for the name.</summary>
    FlagsTooShort,

    /// <summary>A substitution flag that is not 0 or 1.</summary>
    FlagsNotBinary,

    /// <summary>A date of birth of eight digits, without the era.</summary>
    BirthDateWithoutEra,

    /// <summary>A date of birth with a letter in it.</summary>
    BirthDateNotDigits,

    /// <summary>A date of birth on 30 February.</summary>
    BirthDateImpossible,

    /// <summary>An era that does not go with the date. A warning, not a refusal.</summary>
    EraMismatch,

    /// <summary>An era digit that nobody knows.</summary>
    EraUnknown,

    /// <summary>The sex 7.</summary>
    SexUnknown,

    /// <summary>An attribute of JPKI's arc that nobody knows.</summary>
    UnknownAttribute,

    /// <summary>Personal attributes in a certificate for user authentication.</summary>
    AttributesInAuthentication,

    /// <summary>Expired yesterday.</summary>
    Expired,

    /// <summary>Valid from tomorrow.</summary>
    NotYetValid,

    /// <summary>Signed with SHA-1.</summary>
    Sha1Signature,

    /// <summary>An unknown critical extension.</summary>
    UnknownCriticalExtension,

    /// <summary>One bit of the signature is turned over.</summary>
    TamperedSignature,
}
