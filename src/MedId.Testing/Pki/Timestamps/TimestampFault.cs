namespace MedId.Testing;

/// <summary>One way in which a <see cref="TestTimestampAuthority"/> misbehaves; <see cref="TestFaultCodes"/> has the code that a verifier must answer with.</summary>
public enum TimestampFault
{
    /// <summary>Behaves.</summary>
    None,

    /// <summary>Rejects the request: badAlg.</summary>
    Rejection,

    /// <summary>Answers waiting.</summary>
    Waiting,

    /// <summary>Grants without a token.</summary>
    GrantedWithoutToken,

    /// <summary>Answers with octets that are no DER.</summary>
    Garbage,

    /// <summary>Adds octets behind the answer.</summary>
    TrailingBytes,

    /// <summary>Stamps another imprint.</summary>
    OtherImprint,

    /// <summary>Names another hash for the same octets of the imprint.</summary>
    OtherImprintAlgorithm,

    /// <summary>Answers with another nonce.</summary>
    OtherNonce,

    /// <summary>Leaves the nonce out.</summary>
    NoNonce,

    /// <summary>Stamps under another policy.</summary>
    OtherPolicy,

    /// <summary>Leaves the certificates out.</summary>
    NoCertificates,

    /// <summary>Does not name its certificate in the signed attributes.</summary>
    NoSigningCertificate,

    /// <summary>Names another certificate in the signed attributes.</summary>
    OtherSigningCertificate,

    /// <summary>Names its certificate by SHA-1 only.</summary>
    SigningCertificateBySha1,

    /// <summary>Two signers.</summary>
    TwoSigners,

    /// <summary>No signer.</summary>
    NoSigner,

    /// <summary>One bit of the signature is turned over.</summary>
    TamperedSignature,

    /// <summary>The token's content is plain data.</summary>
    OtherContentType,

    /// <summary>The content is of version 2.</summary>
    OtherVersion,

    /// <summary>genTime with an offset instead of Z.</summary>
    LocalTime,

    /// <summary>genTime with a fraction that ends in zero.</summary>
    FractionWithTrailingZero,

    /// <summary>genTime is tomorrow.</summary>
    FutureTime,

    /// <summary>An unknown critical extension.</summary>
    UnknownCriticalExtension,

    /// <summary>tsa names somebody else.</summary>
    OtherAuthorityName,

    /// <summary>The certificate has no extended key usage.</summary>
    CertificateWithoutPurpose,

    /// <summary>The extended key usage is not critical.</summary>
    PurposeNotCritical,

    /// <summary>The certificate is for time-stamping and client authentication.</summary>
    TwoPurposes,

    /// <summary>The certificate had expired at genTime.</summary>
    CertificateExpired,

    /// <summary>The certificate is of another authority of the same name.</summary>
    ForeignCertificate,

    /// <summary>No accuracy is stated. Not a fault by itself.</summary>
    NoAccuracy,
}
