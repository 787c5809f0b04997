using MedId.Pki;
using MedId.Signatures;

namespace MedId.Testing;

/// <summary>The error code that a correct verifier answers a fault with.</summary>
public static partial class TestFaultCodes
{
    /// <summary>The code for an OCSP fault; null where it is no refusal, or where <see cref="TestOcspStatus"/> is what changes.</summary>
    /// <param name="fault">The fault.</param>
    public static string? CodeOf(OcspFault fault) => fault switch
    {
        OcspFault.MalformedRequest or OcspFault.InternalError or OcspFault.TryLater or OcspFault.SignatureRequired or OcspFault.Unauthorized => PkiErrorCodes.OcspResponseStatus,
        OcspFault.UnusedStatus or OcspFault.NoBody or OcspFault.BodyWithError or OcspFault.Garbage or OcspFault.CutOff or OcspFault.TrailingBytes => PkiErrorCodes.OcspMalformed,
        OcspFault.NoSingles => PkiErrorCodes.OcspNoMatch,
        OcspFault.OtherType => PkiErrorCodes.OcspType,
        OcspFault.TamperedSignature => PkiErrorCodes.OcspSignature,
        OcspFault.Sha1Signature => PkiErrorCodes.OcspAlgorithm,
        OcspFault.ForeignDelegate or OcspFault.DelegateWithoutPurpose or OcspFault.DelegateExpired or OcspFault.DelegateNotDirect or OcspFault.DelegateMissing
            or OcspFault.OtherResponderId => PkiErrorCodes.OcspResponderNotAuthorised,
        OcspFault.Stale => PkiErrorCodes.OcspStale,
        OcspFault.Future => PkiErrorCodes.OcspNotYetValid,
        OcspFault.ProducedInFuture => PkiErrorCodes.OcspProducedAt,
        OcspFault.NoNonce or OcspFault.OtherNonce => PkiErrorCodes.OcspNonce,
        OcspFault.OtherSerialNumber or OcspFault.OtherIssuerKey => PkiErrorCodes.OcspNoMatch,
        OcspFault.UnknownCriticalExtension or OcspFault.UnknownCriticalSingleExtension => PkiErrorCodes.OcspCriticalExtension,
        _ => null,
    };

    /// <summary>The code for a CRL fault when an end entity is asked about; null where it is no refusal.</summary>
    /// <param name="fault">The fault.</param>
    public static string? CodeOf(CrlFault fault) => fault switch
    {
        CrlFault.Garbage or CrlFault.CutOff or CrlFault.TrailingBytes or CrlFault.AlgorithmsDiffer or CrlFault.EmptyList or CrlFault.ExtensionsInVersion1
            or CrlFault.DuplicateExtension or CrlFault.NoNextUpdate or CrlFault.ReasonUnused => PkiErrorCodes.CrlMalformed,
        CrlFault.Stale => PkiErrorCodes.CrlStale,
        CrlFault.Future => PkiErrorCodes.CrlNotYetValid,
        CrlFault.TamperedSignature => PkiErrorCodes.CrlSignature,
        CrlFault.OtherKey => PkiErrorCodes.CrlSignature,
        CrlFault.Sha1Signature => PkiErrorCodes.CrlAlgorithm,
        CrlFault.OtherIssuer => PkiErrorCodes.CrlMissing,
        CrlFault.UnknownCriticalExtension or CrlFault.UnknownCriticalEntryExtension => PkiErrorCodes.CrlCriticalExtension,
        CrlFault.OtherDistributionPoint or CrlFault.OnlyCaCertificates or CrlFault.OnlyAttributeCertificates => PkiErrorCodes.CrlScope,
        CrlFault.OnlySomeReasons => PkiErrorCodes.CrlReasonsIncomplete,
        CrlFault.DeltaWithoutBase => PkiErrorCodes.CrlMissing,
        _ => null,
    };

    /// <summary>The code for a time-stamp fault; null where it is no refusal.</summary>
    /// <param name="fault">The fault.</param>
    public static string? CodeOf(TimestampFault fault) => fault switch
    {
        TimestampFault.Rejection or TimestampFault.Waiting => SignaturesErrorCodes.TspNotGranted,
        TimestampFault.GrantedWithoutToken or TimestampFault.Garbage or TimestampFault.TrailingBytes or TimestampFault.OtherContentType or TimestampFault.OtherVersion
            or TimestampFault.LocalTime or TimestampFault.FractionWithTrailingZero => SignaturesErrorCodes.TspMalformed,
        TimestampFault.OtherImprint => SignaturesErrorCodes.TspImprintMismatch,
        TimestampFault.OtherImprintAlgorithm => SignaturesErrorCodes.TspImprintAlgorithm,
        TimestampFault.OtherNonce or TimestampFault.NoNonce => SignaturesErrorCodes.TspNonceMismatch,
        TimestampFault.OtherPolicy => SignaturesErrorCodes.TspPolicyMismatch,
        TimestampFault.NoCertificates => SignaturesErrorCodes.CmsSignerCertificateMissing,
        TimestampFault.NoSigningCertificate or TimestampFault.SigningCertificateBySha1 => SignaturesErrorCodes.SigningCertificateNotNamed,
        TimestampFault.OtherSigningCertificate => SignaturesErrorCodes.CmsSigningCertificateMismatch,
        TimestampFault.TwoSigners or TimestampFault.NoSigner => SignaturesErrorCodes.TspNotOneSigner,
        TimestampFault.TamperedSignature => SignaturesErrorCodes.CmsSignatureInvalid,
        TimestampFault.FutureTime => SignaturesErrorCodes.TspInFuture,
        TimestampFault.UnknownCriticalExtension => SignaturesErrorCodes.TspCriticalExtension,
        TimestampFault.OtherAuthorityName => SignaturesErrorCodes.TspAuthorityName,
        TimestampFault.CertificateWithoutPurpose or TimestampFault.PurposeNotCritical or TimestampFault.TwoPurposes => SignaturesErrorCodes.TspExtendedKeyUsage,
        TimestampFault.CertificateExpired => PkiErrorCodes.Expired,
        TimestampFault.ForeignCertificate => PkiErrorCodes.Signature,
        _ => null,
    };

    /// <summary>The code for a fault of a chain; null where it is no refusal.</summary>
    /// <param name="fault">The fault.</param>
    public static string? CodeOf(PkiFault fault) => fault switch
    {
        PkiFault.TamperedSignature or PkiFault.TamperedIntermediateSignature or PkiFault.ForeignIssuerKey => PkiErrorCodes.Signature,
        PkiFault.OtherIssuerName or PkiFault.IntermediateMissing => PkiErrorCodes.NoPath,
        PkiFault.Expired or PkiFault.IntermediateExpired => PkiErrorCodes.Expired,
        PkiFault.NotYetValid => PkiErrorCodes.NotYetValid,
        PkiFault.AnchorExpired => PkiErrorCodes.AnchorNotValid,
        PkiFault.Sha1Signature or PkiFault.WeakIntermediateKey => PkiErrorCodes.AlgorithmNotAllowed,
        PkiFault.IntermediateNotCa or PkiFault.IntermediateWithoutBasicConstraints => PkiErrorCodes.NotACa,
        PkiFault.PathTooLong => PkiErrorCodes.PathLengthConstraint,
        PkiFault.UnknownCriticalExtension or PkiFault.UnknownCriticalExtensionInIntermediate => PkiErrorCodes.CriticalExtension,
        PkiFault.AlgorithmsDiffer or PkiFault.DuplicateExtension or PkiFault.MalformedExtension or PkiFault.ExtensionsInVersion1 or PkiFault.TrailingBytes
            or PkiFault.CutOff or PkiFault.NotDer => PkiErrorCodes.CertificateMalformed,
        PkiFault.NameNotPermitted => PkiErrorCodes.NameNotPermitted,
        PkiFault.NameExcluded => PkiErrorCodes.NameExcluded,
        PkiFault.NoPolicy or PkiFault.OtherPolicy or PkiFault.AnyPolicyInhibited => PkiErrorCodes.PolicyRequired,
        PkiFault.AnyPolicyMapped => PkiErrorCodes.PolicyMappingInvalid,
        PkiFault.IntermediateWithoutCertSign or PkiFault.OtherKeyUsage => PkiErrorCodes.KeyUsage,
        PkiFault.OtherPurpose => PkiErrorCodes.ExtendedKeyUsage,
        PkiFault.Revoked or PkiFault.IntermediateRevoked => PkiErrorCodes.Revoked,
        PkiFault.CrlMissing or PkiFault.CrlStale => PkiErrorCodes.RevocationUnknown,
        _ => null,
    };
}
