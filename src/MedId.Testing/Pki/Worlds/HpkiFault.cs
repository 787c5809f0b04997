namespace MedId.Testing;

/// <summary>One way in which an HPKI-shaped certificate is wrong, or unusual.</summary>
public enum HpkiFault
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>The chain ends at a root of the same name that nobody trusts.</summary>
    ForeignRoot,

    /// <summary>The policy of another use.</summary>
    PolicyOfOtherUse,

    /// <summary>A policy of the arc with a level that nobody knows.</summary>
    UnknownLevel,

    /// <summary>A policy that nobody knows.</summary>
    UnknownPolicy,

    /// <summary>No policy.</summary>
    NoPolicy,

    /// <summary>Issued by the authority of another use, with the right policy.</summary>
    AuthorityOfOtherUse,

    /// <summary>keyUsage of another use.</summary>
    KeyUsageOfOtherUse,

    /// <summary>keyUsage with both digitalSignature and nonRepudiation.</summary>
    KeyUsageBoth,

    /// <summary>No keyUsage.</summary>
    NoKeyUsage,

    /// <summary>The role under another coding scheme.</summary>
    RoleOfOtherScheme,

    /// <summary>The role's tags are IMPLICIT.</summary>
    RoleImplicitTags,

    /// <summary>The role's text as it is not spelled: in small letters.</summary>
    RoleOtherCase,

    /// <summary>The role's text with a space behind.</summary>
    RoleTrailingSpace,

    /// <summary>A role that nobody knows.</summary>
    RoleUnknown,

    /// <summary>The role as PrintableString. DirectoryString allows it.</summary>
    RoleAsPrintableString,

    /// <summary>The role with a codeDataValue, which the profile does not use.</summary>
    RoleWithCode,

    /// <summary>The role with empty regional data.</summary>
    RoleWithRegionalData,

    /// <summary>The role without its coding scheme.</summary>
    RoleWithoutScheme,

    /// <summary>The role without its text.</summary>
    RoleWithoutText,

    /// <summary>Two actors in one attribute value: the role and Pharmacist.</summary>
    TwoActors,

    /// <summary>Two hcRole attributes.</summary>
    TwoRoleAttributes,

    /// <summary>The set of the coded data is not in DER order.</summary>
    RoleSetUnsorted,

    /// <summary>There are octets behind the role.</summary>
    RoleTrailingBytes,

    /// <summary>The role's attribute has an empty set of values.</summary>
    RoleWithoutValue,

    /// <summary>The director's certificate has no organisation.</summary>
    DirectorWithoutOrganisation,

    /// <summary>The director's certificate has another organisational unit.</summary>
    DirectorOfOtherUnit,

    /// <summary>The subject has no serialNumber.</summary>
    NoSubjectSerialNumber,

    /// <summary>Expired yesterday.</summary>
    Expired,

    /// <summary>Signed with SHA-1.</summary>
    Sha1Signature,

    /// <summary>An unknown critical extension.</summary>
    UnknownCriticalExtension,

    /// <summary>One bit of the signature is turned over.</summary>
    TamperedSignature,
}
