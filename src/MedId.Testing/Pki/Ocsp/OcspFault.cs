namespace MedId.Testing;

/// <summary>One way in which a <see cref="TestOcspResponder"/> misbehaves; <see cref="TestFaultCodes"/> has the code that a verifier must answer with.</summary>
public enum OcspFault
{
    /// <summary>Behaves.</summary>
    None,

    /// <summary>Answers malformedRequest.</summary>
    MalformedRequest,

    /// <summary>Answers internalError.</summary>
    InternalError,

    /// <summary>Answers tryLater.</summary>
    TryLater,

    /// <summary>Answers sigRequired.</summary>
    SignatureRequired,

    /// <summary>Answers unauthorized.</summary>
    Unauthorized,

    /// <summary>Answers with the status 4, which nobody uses.</summary>
    UnusedStatus,

    /// <summary>Answers successful without a body.</summary>
    NoBody,

    /// <summary>Answers an error with a body.</summary>
    BodyWithError,

    /// <summary>Answers with a type that is not id-pkix-ocsp-basic.</summary>
    OtherType,

    /// <summary>Answers with octets that are no DER.</summary>
    Garbage,

    /// <summary>Cuts the response off.</summary>
    CutOff,

    /// <summary>Adds octets behind the response.</summary>
    TrailingBytes,

    /// <summary>Turns one bit of the signature over.</summary>
    TamperedSignature,

    /// <summary>Signs with SHA-1.</summary>
    Sha1Signature,

    /// <summary>Signs with a delegate of another authority of the same name.</summary>
    ForeignDelegate,

    /// <summary>Signs with a certificate of the authority that may not sign OCSP.</summary>
    DelegateWithoutPurpose,

    /// <summary>Signs with a delegate whose certificate has expired.</summary>
    DelegateExpired,

    /// <summary>Signs with a delegate whom an authority below issued.</summary>
    DelegateNotDirect,

    /// <summary>Signs with a delegate and leaves its certificate out.</summary>
    DelegateMissing,

    /// <summary>Names another responder than the one that signed.</summary>
    OtherResponderId,

    /// <summary>Says what was true a week ago; nextUpdate is past.</summary>
    Stale,

    /// <summary>Says what will be true tomorrow.</summary>
    Future,

    /// <summary>Was made tomorrow.</summary>
    ProducedInFuture,

    /// <summary>Leaves nextUpdate out. Not a fault.</summary>
    NoNextUpdate,

    /// <summary>Leaves the nonce out.</summary>
    NoNonce,

    /// <summary>Answers with another nonce.</summary>
    OtherNonce,

    /// <summary>Answers for another serial number.</summary>
    OtherSerialNumber,

    /// <summary>Answers for another issuer key.</summary>
    OtherIssuerKey,

    /// <summary>Answers for nothing.</summary>
    NoSingles,

    /// <summary>Adds an unknown critical extension.</summary>
    UnknownCriticalExtension,

    /// <summary>Adds an unknown critical extension to the single response.</summary>
    UnknownCriticalSingleExtension,

    /// <summary>Says good and then revoked of the same certificate; revoked counts.</summary>
    GoodAndRevoked,

    /// <summary>Says good and then unknown of the same certificate; unknown counts.</summary>
    GoodAndUnknown,

    /// <summary>Does not know the certificate. Not a fault.</summary>
    UnknownStatus,

    /// <summary>Says good first of another certificate and then of the one asked for. Not a fault.</summary>
    OtherCertificateFirst,
}
