namespace MedId.Testing;

/// <summary>One way in which a <see cref="TestChain"/> is wrong; <see cref="TestFaultCodes"/> has the code that a verifier must answer with.</summary>
public enum PkiFault
{
    /// <summary>Nothing is wrong.</summary>
    None,

    /// <summary>One bit of the target's signature is turned over.</summary>
    TamperedSignature,

    /// <summary>One bit of the intermediate's signature is turned over.</summary>
    TamperedIntermediateSignature,

    /// <summary>The target is signed by another key under the intermediate's name, identifiers as if it were the right one.</summary>
    ForeignIssuerKey,

    /// <summary>The target names an issuer that nobody has.</summary>
    OtherIssuerName,

    /// <summary>The intermediate is not among the certificates.</summary>
    IntermediateMissing,

    /// <summary>The target expired one second ago.</summary>
    Expired,

    /// <summary>The target is valid from the next second.</summary>
    NotYetValid,

    /// <summary>The intermediate expired one second ago.</summary>
    IntermediateExpired,

    /// <summary>The root expired one second ago.</summary>
    AnchorExpired,

    /// <summary>The target's last second. Not a fault: both ends are inclusive.</summary>
    LastSecond,

    /// <summary>The target's first second. Not a fault: both ends are inclusive.</summary>
    FirstSecond,

    /// <summary>The algorithm outside of the signed part is another one than inside.</summary>
    AlgorithmsDiffer,

    /// <summary>Signed with SHA-1.</summary>
    Sha1Signature,

    /// <summary>The intermediate's key is RSA of 1024 bits.</summary>
    WeakIntermediateKey,

    /// <summary>The intermediate says that it is no authority.</summary>
    IntermediateNotCa,

    /// <summary>The intermediate does not say whether it is an authority.</summary>
    IntermediateWithoutBasicConstraints,

    /// <summary>The intermediate's key is for CRLs only.</summary>
    IntermediateWithoutCertSign,

    /// <summary>Two authorities stand below one that allows none.</summary>
    PathTooLong,

    /// <summary>An unknown critical extension in the target.</summary>
    UnknownCriticalExtension,

    /// <summary>An unknown critical extension in the intermediate.</summary>
    UnknownCriticalExtensionInIntermediate,

    /// <summary>An unknown extension that may be ignored. Not a fault.</summary>
    UnknownExtension,

    /// <summary>An extension is there twice.</summary>
    DuplicateExtension,

    /// <summary>An extension is not what its OID says.</summary>
    MalformedExtension,

    /// <summary>Extensions in version 1.</summary>
    ExtensionsInVersion1,

    /// <summary>There are octets behind the certificate.</summary>
    TrailingBytes,

    /// <summary>The target's end is missing.</summary>
    CutOff,

    /// <summary>A length that takes one octet more than it needs.</summary>
    NotDer,

    /// <summary>A name outside of the subtree that the intermediate is permitted.</summary>
    NameNotPermitted,

    /// <summary>A name in the subtree that the intermediate is excluded from.</summary>
    NameExcluded,

    /// <summary>The target has no policy.</summary>
    NoPolicy,

    /// <summary>The target has another policy.</summary>
    OtherPolicy,

    /// <summary>The intermediate maps anyPolicy.</summary>
    AnyPolicyMapped,

    /// <summary>The target has anyPolicy, which the intermediate inhibits.</summary>
    AnyPolicyInhibited,

    /// <summary>keyUsage is keyEncipherment.</summary>
    OtherKeyUsage,

    /// <summary>extKeyUsage is serverAuth.</summary>
    OtherPurpose,

    /// <summary>The target is revoked.</summary>
    Revoked,

    /// <summary>The intermediate is revoked.</summary>
    IntermediateRevoked,

    /// <summary>No CRL of the intermediate is there.</summary>
    CrlMissing,

    /// <summary>The CRL of the intermediate is a week old.</summary>
    CrlStale,
}
