namespace MedId.Testing;

/// <summary>One way in which a CRL is wrong; <see cref="TestFaultCodes"/> has the code that a verifier must answer with.</summary>
public enum CrlFault
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>Octets that are no DER.</summary>
    Garbage,

    /// <summary>Its end is missing.</summary>
    CutOff,

    /// <summary>There are octets behind it.</summary>
    TrailingBytes,

    /// <summary>The algorithm outside of the signed part is another one than inside.</summary>
    AlgorithmsDiffer,

    /// <summary>The list of revoked certificates is there and empty.</summary>
    EmptyList,

    /// <summary>Version 1 with extensions.</summary>
    ExtensionsInVersion1,

    /// <summary>The number is there twice.</summary>
    DuplicateExtension,

    /// <summary>It does not say when the next one comes.</summary>
    NoNextUpdate,

    /// <summary>An entry has reason 7, which nobody uses.</summary>
    ReasonUnused,

    /// <summary>Made a week ago, replaced six days ago.</summary>
    Stale,

    /// <summary>Made tomorrow.</summary>
    Future,

    /// <summary>One bit of the signature is turned over.</summary>
    TamperedSignature,

    /// <summary>Signed by another key under the same name, identifiers as if it were the right one.</summary>
    OtherKey,

    /// <summary>Signed with SHA-1.</summary>
    Sha1Signature,

    /// <summary>Issued in another name.</summary>
    OtherIssuer,

    /// <summary>An unknown critical extension.</summary>
    UnknownCriticalExtension,

    /// <summary>An unknown critical extension of an entry that is about another certificate.</summary>
    UnknownCriticalEntryExtension,

    /// <summary>Its scope is another distribution point.</summary>
    OtherDistributionPoint,

    /// <summary>Its scope is certificates of authorities.</summary>
    OnlyCaCertificates,

    /// <summary>Its scope is certificates of end entities. A fault for an authority's certificate only.</summary>
    OnlyUserCertificates,

    /// <summary>Its scope is attribute certificates.</summary>
    OnlyAttributeCertificates,

    /// <summary>Its scope is the reason keyCompromise.</summary>
    OnlySomeReasons,

    /// <summary>It is a delta CRL and its base is not there.</summary>
    DeltaWithoutBase,
}
