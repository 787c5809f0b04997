using MedId.Cryptography;
using MedId.Fido2;

namespace MedId.Testing;

/// <content>The codes for faults of FIDO2 authenticators.</content>
public static partial class TestFaultCodes
{
    /// <summary>
    /// The code for a fault of a FIDO2 authenticator; null where it is no refusal. It holds where the verifier requires user verification, trusts the authenticator's root alone and
    /// demands trust, refuses counters that do not advance, and was told the allowed credentials but not the user.
    /// </summary>
    /// <param name="fault">The fault.</param>
    /// <param name="registration">The format of the registration; null for an authentication.</param>
    public static string? CodeOf(Fido2Fault fault, VirtualFido2Format? registration = null) =>
        CodeOfMessage(fault, registration is not null) ?? CodeOfKey(fault) ?? CodeOfObject(fault) ?? CodeOfStatement(fault, registration) ?? CodeOfAssertion(fault);

    private static string? CodeOfMessage(Fido2Fault fault, bool registration) => fault switch
    {
        Fido2Fault.ResponseCutOff or Fido2Fault.PaddedId or Fido2Fault.NoClientData or Fido2Fault.NoAttestationObject or Fido2Fault.NoAuthenticatorData or Fido2Fault.NoSignature
            or Fido2Fault.DuplicateMember => Fido2ErrorCodes.ResponseMalformed,
        Fido2Fault.OtherCredentialType => Fido2ErrorCodes.CredentialType,
        Fido2Fault.OtherIdThanRawId => Fido2ErrorCodes.CredentialIdMismatch,
        Fido2Fault.OtherCredentialId => registration ? Fido2ErrorCodes.CredentialIdMismatch : Fido2ErrorCodes.CredentialNotAllowed,
        Fido2Fault.ClientDataNotJson or Fido2Fault.ClientDataNotUtf8 or Fido2Fault.ClientDataDuplicateMember or Fido2Fault.ClientDataWithoutType or Fido2Fault.ClientDataWithoutChallenge
            or Fido2Fault.ClientDataWithoutOrigin or Fido2Fault.CrossOriginAsText => Fido2ErrorCodes.ClientDataMalformed,
        Fido2Fault.OtherCeremony => Fido2ErrorCodes.ClientDataType,
        Fido2Fault.OtherChallenge or Fido2Fault.PaddedChallenge => Fido2ErrorCodes.ChallengeMismatch,
        Fido2Fault.OtherOrigin or Fido2Fault.OriginAsPrefix or Fido2Fault.OriginInHttp => Fido2ErrorCodes.OriginUnexpected,
        Fido2Fault.CrossOrigin or Fido2Fault.ForeignTopOrigin => Fido2ErrorCodes.CrossOriginUnexpected,
        Fido2Fault.OtherRpId => Fido2ErrorCodes.RpIdHashMismatch,
        Fido2Fault.NoUserPresence => Fido2ErrorCodes.UserNotPresent,
        Fido2Fault.NoUserVerification => Fido2ErrorCodes.UserNotVerified,
        Fido2Fault.BackedUpWithoutEligibility => Fido2ErrorCodes.BackupStateWithoutEligibility,
        Fido2Fault.BackupEligibilityChanged => Fido2ErrorCodes.BackupEligibilityChanged,
        Fido2Fault.AuthenticatorDataCutOff or Fido2Fault.CredentialIdOverrun or Fido2Fault.ExtensionsNotMap => Fido2ErrorCodes.AuthenticatorDataMalformed,
        Fido2Fault.AuthenticatorDataTrailingByte or Fido2Fault.ExtensionDataWithoutFlag => Fido2ErrorCodes.AuthenticatorDataTrailingBytes,
        Fido2Fault.ExtensionFlagWithoutData => CryptographyErrorCodes.CborMalformed,
        Fido2Fault.NoAttestedCredential => Fido2ErrorCodes.AttestationObjectMalformed,
        Fido2Fault.AttestedCredentialInAssertion => Fido2ErrorCodes.AttestedDataUnexpected,
        Fido2Fault.CredentialIdTooLong => Fido2ErrorCodes.CredentialIdTooLong,
        _ => null,
    };

    private static string? CodeOfKey(Fido2Fault fault) => fault switch
    {
        Fido2Fault.AlgorithmNotOffered => Fido2ErrorCodes.AlgorithmNotAllowed,
        Fido2Fault.CoseOtherAlgorithm => CryptographyErrorCodes.KeyAlgorithmMismatch,
        Fido2Fault.CosePointOffCurve => CryptographyErrorCodes.KeyPointNotOnCurve,
        Fido2Fault.CosePointCompressed or Fido2Fault.CoseShortCoordinate or Fido2Fault.CoseWithoutAlgorithm or Fido2Fault.RsaExponentOne => CryptographyErrorCodes.KeyMalformed,
        Fido2Fault.CoseUnknownCurve or Fido2Fault.CoseUnknownKeyType or Fido2Fault.RsaShortModulus => CryptographyErrorCodes.KeyUnsupported,
        Fido2Fault.CoseDuplicateLabel => CryptographyErrorCodes.CborDuplicateKey,
        Fido2Fault.CoseUnsorted or Fido2Fault.CoseLongInteger => CryptographyErrorCodes.CborNotCanonical,
        Fido2Fault.CosePrivateKey => CryptographyErrorCodes.KeyParameterUnexpected,
        _ => null,
    };

    private static string? CodeOfObject(Fido2Fault fault) => fault switch
    {
        Fido2Fault.AttestationObjectTrailingByte => CryptographyErrorCodes.CborTrailingBytes,
        Fido2Fault.AttestationObjectCutOff => CryptographyErrorCodes.CborMalformed,
        Fido2Fault.AttestationObjectDuplicateKey => CryptographyErrorCodes.CborDuplicateKey,
        Fido2Fault.AttestationObjectTagged => CryptographyErrorCodes.CborTagged,
        Fido2Fault.AttestationObjectDeep => CryptographyErrorCodes.CborTooDeep,
        Fido2Fault.AttestationObjectNotMap or Fido2Fault.AttestationObjectWithoutFormat or Fido2Fault.AttestationObjectWithoutStatement
            or Fido2Fault.AttestationObjectWithoutAuthenticatorData => Fido2ErrorCodes.AttestationObjectMalformed,
        Fido2Fault.UnknownFormat or Fido2Fault.FormatInCapitals => Fido2ErrorCodes.AttestationFormatUnknown,
        _ => null,
    };

    private static string? CodeOfStatement(Fido2Fault fault, VirtualFido2Format? format) => fault switch
    {
        Fido2Fault.StatementNotMap or Fido2Fault.AttestationWithoutAlgorithm or Fido2Fault.AttestationWithoutSignature or Fido2Fault.AttestationEmptyPath
            or Fido2Fault.AttestationPathNotList or Fido2Fault.NoneWithStatement or Fido2Fault.PackedEcdaa or Fido2Fault.TpmOtherVersion or Fido2Fault.TpmWithoutVersion
            or Fido2Fault.TpmWithoutPath or Fido2Fault.SafetyNetWithoutVersion or Fido2Fault.AppleWithoutPath or Fido2Fault.U2fTwoCertificates or Fido2Fault.CompoundOfOne
            or Fido2Fault.CompoundNested or Fido2Fault.CompoundNotList or Fido2Fault.CompoundPartWithoutFormat => Fido2ErrorCodes.AttestationStatementMalformed,
        Fido2Fault.AttestationOtherClientData when format == VirtualFido2Format.Tpm => Fido2ErrorCodes.AttestationTpmExtraData,
        Fido2Fault.AttestationOtherClientData when format == VirtualFido2Format.AndroidSafetyNet => Fido2ErrorCodes.AttestationSafetyNetNonce,
        Fido2Fault.AttestationOtherClientData when format == VirtualFido2Format.Apple => Fido2ErrorCodes.AttestationAppleNonce,
        Fido2Fault.AttestationTamperedSignature or Fido2Fault.AttestationForeignKey or Fido2Fault.AttestationOtherClientData or Fido2Fault.SafetyNetTamperedSignature
            or Fido2Fault.U2fOtherCredentialId => Fido2ErrorCodes.AttestationSignatureInvalid,
        Fido2Fault.AttestationOtherAlgorithm or Fido2Fault.AttestationUnknownAlgorithm => format == VirtualFido2Format.PackedSelf
            ? Fido2ErrorCodes.AttestationKeyMismatch
            : Fido2ErrorCodes.AttestationAlgorithmNotAllowed,
        Fido2Fault.PackedSelfOtherAlgorithm or Fido2Fault.TpmOtherPublicArea or Fido2Fault.AndroidKeyOtherKey or Fido2Fault.AppleOtherKey => Fido2ErrorCodes.AttestationKeyMismatch,
        Fido2Fault.U2fLeafOtherCurve => Fido2ErrorCodes.AttestationAlgorithmNotAllowed,

        // A certificate without a subject has to have an alternative name (RFC 5280 §4.1.2.6), which version 1 cannot.
        Fido2Fault.AttestationGarbageCertificate or Fido2Fault.TpmLeafVersion1 or Fido2Fault.TpmLeafWithoutAlternativeName => Fido2ErrorCodes.AttestationCertificateUnreadable,
        Fido2Fault.AttestationForeignRoot or Fido2Fault.AttestationExpired or Fido2Fault.AttestationIntermediateMissing => Fido2ErrorCodes.AttestationUntrusted,
        Fido2Fault.CompoundPartBroken or Fido2Fault.CompoundPartUnknown => Fido2ErrorCodes.AttestationCompoundTooFew,
        _ => CodeOfCertificate(fault) ?? CodeOfFormat(fault),
    };

    private static string? CodeOfCertificate(Fido2Fault fault) => fault switch
    {
        Fido2Fault.PackedLeafVersion1 => Fido2ErrorCodes.AttestationCertificateVersion,
        Fido2Fault.PackedLeafWithoutCountry or Fido2Fault.PackedLeafCountryNotCode or Fido2Fault.PackedLeafWithoutOrganisation or Fido2Fault.PackedLeafOtherUnit
            or Fido2Fault.PackedLeafWithoutName or Fido2Fault.TpmLeafWithSubject => Fido2ErrorCodes.AttestationCertificateSubject,
        Fido2Fault.PackedLeafIsAuthority or Fido2Fault.PackedLeafWithoutBasicConstraints or Fido2Fault.TpmLeafIsAuthority => Fido2ErrorCodes.AttestationCertificateIsCa,
        Fido2Fault.PackedLeafOtherAaguid or Fido2Fault.TpmLeafOtherAaguid => Fido2ErrorCodes.AttestationAaguidMismatch,
        Fido2Fault.PackedLeafAaguidCritical or Fido2Fault.PackedLeafAaguidNotWrapped => Fido2ErrorCodes.AttestationCertificateAaguid,
        Fido2Fault.TpmLeafWithoutManufacturer => Fido2ErrorCodes.AttestationTpmName,
        Fido2Fault.TpmLeafWithoutPurpose => Fido2ErrorCodes.AttestationTpmPurpose,
        _ => null,
    };

    private static string? CodeOfFormat(Fido2Fault fault) => fault switch
    {
        Fido2Fault.TpmOtherMagic or Fido2Fault.TpmOtherType => Fido2ErrorCodes.AttestationTpmNotCertified,
        Fido2Fault.TpmOtherExtraData => Fido2ErrorCodes.AttestationTpmExtraData,
        Fido2Fault.TpmOtherName => Fido2ErrorCodes.AttestationTpmObject,
        Fido2Fault.TpmCertInfoTrailingByte or Fido2Fault.TpmCertInfoCutOff or Fido2Fault.TpmPublicAreaTrailingByte or Fido2Fault.TpmPublicAreaCutOff
            or Fido2Fault.TpmUnknownNameAlgorithm => Fido2ErrorCodes.AttestationTpmStructure,
        Fido2Fault.AndroidKeyWithoutDescription or Fido2Fault.AndroidKeyGarbageDescription => Fido2ErrorCodes.AttestationAndroidExtension,
        Fido2Fault.AndroidKeyOtherChallenge => Fido2ErrorCodes.AttestationAndroidChallenge,

        // What neither list says is refused where the trusted environment has to vouch for it; else it is no refusal.
        Fido2Fault.AndroidKeyAllApplications or Fido2Fault.AndroidKeyAllApplicationsTrusted or Fido2Fault.AndroidKeyImported or Fido2Fault.AndroidKeyOtherPurpose
            or Fido2Fault.AndroidKeyWithoutOrigin or Fido2Fault.AndroidKeyWithoutPurpose => Fido2ErrorCodes.AttestationAndroidAuthorization,
        Fido2Fault.SafetyNetNotJws or Fido2Fault.SafetyNetWithoutPath => Fido2ErrorCodes.AttestationSafetyNetMalformed,
        Fido2Fault.SafetyNetOtherNonce => Fido2ErrorCodes.AttestationSafetyNetNonce,
        Fido2Fault.SafetyNetOtherHost => Fido2ErrorCodes.AttestationSafetyNetHost,
        Fido2Fault.SafetyNetNotIntact => Fido2ErrorCodes.AttestationSafetyNetIntegrity,
        Fido2Fault.SafetyNetStale or Fido2Fault.SafetyNetFuture => Fido2ErrorCodes.AttestationSafetyNetStale,
        Fido2Fault.AppleOtherNonce or Fido2Fault.AppleWithoutNonce => Fido2ErrorCodes.AttestationAppleNonce,
        _ => null,
    };

    private static string? CodeOfAssertion(Fido2Fault fault) => fault switch
    {
        Fido2Fault.TamperedSignature or Fido2Fault.EmptySignature or Fido2Fault.RawSignature or Fido2Fault.ForeignKey or Fido2Fault.SignedOtherClientData => Fido2ErrorCodes.SignatureInvalid,
        Fido2Fault.CounterNotAdvanced or Fido2Fault.CounterReset => Fido2ErrorCodes.CounterNotAdvanced,
        Fido2Fault.NoUserHandle => Fido2ErrorCodes.UserHandleMissing,
        Fido2Fault.OtherUserHandle => Fido2ErrorCodes.UserHandleMismatch,
        Fido2Fault.CredentialOfOtherAccount => Fido2ErrorCodes.CredentialNotAllowed,
        Fido2Fault.AppIdInsteadOfRpId or Fido2Fault.AppIdNotAsked => Fido2ErrorCodes.RpIdHashMismatch,
        _ => null,
    };
}
