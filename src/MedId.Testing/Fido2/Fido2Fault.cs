namespace MedId.Testing;

/// <summary>One way in which a <see cref="VirtualFido2Authenticator"/> misbehaves; <see cref="TestFaultCodes"/> has the code that a verifier must answer with.</summary>
public enum Fido2Fault
{
    /// <summary>Behaves.</summary>
    None,

    // What is no fault, and has to be taken.
    /// <summary>Begins clientDataJSON with a byte order mark. Not a fault: §7.1 step 5 strips it.</summary>
    ClientDataByteOrderMark,
    /// <summary>Writes the members of clientDataJSON in another order, with spaces. Not a fault.</summary>
    ClientDataOtherOrder,
    /// <summary>Adds an unknown member to clientDataJSON. Not a fault.</summary>
    ClientDataUnknownMember,
    /// <summary>Adds tokenBinding to clientDataJSON, as old clients did. Not a fault.</summary>
    ClientDataTokenBinding,
    /// <summary>Sets the reserved flag bits. Not a fault.</summary>
    UnknownFlags,
    /// <summary>Writes the outer map of the attestation object with indefinite length, as old models do. Not a fault.</summary>
    AttestationObjectIndefinite,
    /// <summary>Sends extension outputs that nobody asked for. Not a fault: §7.1 step 28.</summary>
    UnsolicitedExtensions,

    // The JSON of the response.
    /// <summary>Cuts the response JSON off.</summary>
    ResponseCutOff,
    /// <summary>Names another type than public-key.</summary>
    OtherCredentialType,
    /// <summary>Sends an id that is not rawId.</summary>
    OtherIdThanRawId,
    /// <summary>Sends an id and rawId that the authenticator data does not hold, or that nobody registered.</summary>
    OtherCredentialId,
    /// <summary>Pads id and rawId with <c>=</c>.</summary>
    PaddedId,
    /// <summary>Leaves clientDataJSON out.</summary>
    NoClientData,
    /// <summary>Leaves attestationObject out of a registration.</summary>
    NoAttestationObject,
    /// <summary>Leaves authenticatorData out of an authentication.</summary>
    NoAuthenticatorData,
    /// <summary>Leaves the signature out of an authentication.</summary>
    NoSignature,
    /// <summary>Repeats a member of the response JSON.</summary>
    DuplicateMember,

    // Client data.
    /// <summary>Sends a clientDataJSON that is no JSON.</summary>
    ClientDataNotJson,
    /// <summary>Sends a clientDataJSON that is no UTF-8.</summary>
    ClientDataNotUtf8,
    /// <summary>Repeats the challenge in clientDataJSON.</summary>
    ClientDataDuplicateMember,
    /// <summary>Leaves the type out of clientDataJSON.</summary>
    ClientDataWithoutType,
    /// <summary>Leaves the challenge out of clientDataJSON.</summary>
    ClientDataWithoutChallenge,
    /// <summary>Leaves the origin out of clientDataJSON.</summary>
    ClientDataWithoutOrigin,
    /// <summary>Names the other ceremony as type.</summary>
    OtherCeremony,
    /// <summary>Binds another challenge.</summary>
    OtherChallenge,
    /// <summary>Pads the challenge with <c>=</c>.</summary>
    PaddedChallenge,
    /// <summary>Binds another origin.</summary>
    OtherOrigin,
    /// <summary>Binds an origin that only begins as the right one does.</summary>
    OriginAsPrefix,
    /// <summary>Binds the origin without transport security.</summary>
    OriginInHttp,
    /// <summary>Says that it stands in a frame of another origin.</summary>
    CrossOrigin,
    /// <summary>Stands in a frame of an origin that nobody expects.</summary>
    ForeignTopOrigin,
    /// <summary>Writes crossOrigin as text.</summary>
    CrossOriginAsText,

    // Authenticator data.
    /// <summary>Signs for another RP ID.</summary>
    OtherRpId,
    /// <summary>Leaves flag UP out.</summary>
    NoUserPresence,
    /// <summary>Leaves flag UV out.</summary>
    NoUserVerification,
    /// <summary>Sets BS without BE.</summary>
    BackedUpWithoutEligibility,
    /// <summary>Answers an authentication with another BE than the credential was made with.</summary>
    BackupEligibilityChanged,
    /// <summary>Cuts authenticator data to 36 bytes.</summary>
    AuthenticatorDataCutOff,
    /// <summary>Adds a byte behind authenticator data.</summary>
    AuthenticatorDataTrailingByte,
    /// <summary>Registers without attested credential data.</summary>
    NoAttestedCredential,
    /// <summary>Sends attested credential data in an authentication.</summary>
    AttestedCredentialInAssertion,
    /// <summary>Claims a credential id longer than what follows.</summary>
    CredentialIdOverrun,
    /// <summary>Makes a credential id of 1,024 bytes.</summary>
    CredentialIdTooLong,
    /// <summary>Sets flag ED without extension data.</summary>
    ExtensionFlagWithoutData,
    /// <summary>Sends extension data without flag ED.</summary>
    ExtensionDataWithoutFlag,
    /// <summary>Sends extension data that is no map.</summary>
    ExtensionsNotMap,

    // The COSE key.
    /// <summary>Makes a credential of an algorithm that the request does not name.</summary>
    AlgorithmNotOffered,
    /// <summary>Writes ES384 into the key of another curve, or ES256 into one that is none.</summary>
    CoseOtherAlgorithm,
    /// <summary>Sends a point that is not on its curve.</summary>
    CosePointOffCurve,
    /// <summary>Sends the point compressed: y is a boolean.</summary>
    CosePointCompressed,
    /// <summary>Sends x without its first byte.</summary>
    CoseShortCoordinate,
    /// <summary>Names a curve that nobody knows.</summary>
    CoseUnknownCurve,
    /// <summary>Names a key type that nobody knows.</summary>
    CoseUnknownKeyType,
    /// <summary>Leaves the algorithm out of the key.</summary>
    CoseWithoutAlgorithm,
    /// <summary>Repeats a label of the key.</summary>
    CoseDuplicateLabel,
    /// <summary>Writes the key's labels in another order than CTAP2's.</summary>
    CoseUnsorted,
    /// <summary>Writes an integer of the key longer than needed.</summary>
    CoseLongInteger,
    /// <summary>Writes the private key beside the public one.</summary>
    CosePrivateKey,
    /// <summary>Sends an RSA key with exponent 1.</summary>
    RsaExponentOne,
    /// <summary>Sends an RSA key of 1,024 bits.</summary>
    RsaShortModulus,

    // The attestation object.
    /// <summary>Adds a byte behind the attestation object.</summary>
    AttestationObjectTrailingByte,
    /// <summary>Cuts the attestation object off.</summary>
    AttestationObjectCutOff,
    /// <summary>Sends a list as attestation object.</summary>
    AttestationObjectNotMap,
    /// <summary>Repeats fmt in the attestation object.</summary>
    AttestationObjectDuplicateKey,
    /// <summary>Tags the attestation object.</summary>
    AttestationObjectTagged,
    /// <summary>Leaves fmt out.</summary>
    AttestationObjectWithoutFormat,
    /// <summary>Leaves attStmt out.</summary>
    AttestationObjectWithoutStatement,
    /// <summary>Leaves authData out.</summary>
    AttestationObjectWithoutAuthenticatorData,
    /// <summary>Nests the statement in 64 lists.</summary>
    AttestationObjectDeep,
    /// <summary>Names a format that nobody knows.</summary>
    UnknownFormat,
    /// <summary>Writes the format in capitals.</summary>
    FormatInCapitals,
    /// <summary>Sends a number as attStmt.</summary>
    StatementNotMap,

    // Statements of every format.
    /// <summary>Turns one bit of the attestation signature over.</summary>
    AttestationTamperedSignature,
    /// <summary>Attests with a key that is not the certificate's.</summary>
    AttestationForeignKey,
    /// <summary>Attests over the hash of other client data.</summary>
    AttestationOtherClientData,
    /// <summary>States another algorithm than the attesting key's.</summary>
    AttestationOtherAlgorithm,
    /// <summary>States an algorithm that nobody knows.</summary>
    AttestationUnknownAlgorithm,
    /// <summary>Leaves alg out of the statement.</summary>
    AttestationWithoutAlgorithm,
    /// <summary>Leaves sig out of the statement.</summary>
    AttestationWithoutSignature,
    /// <summary>Sends an empty list of certificates.</summary>
    AttestationEmptyPath,
    /// <summary>Sends a certificate where a list of them belongs.</summary>
    AttestationPathNotList,
    /// <summary>Sends bytes that are no certificate.</summary>
    AttestationGarbageCertificate,
    /// <summary>Attests under a root that nobody trusts.</summary>
    AttestationForeignRoot,
    /// <summary>Attests with a certificate that has expired.</summary>
    AttestationExpired,
    /// <summary>Leaves the certificate between leaf and root out.</summary>
    AttestationIntermediateMissing,
    /// <summary>Sends a statement in format none.</summary>
    NoneWithStatement,

    // packed.
    /// <summary>States another algorithm than the credential's in self attestation.</summary>
    PackedSelfOtherAlgorithm,
    /// <summary>Attests by ECDAA, which Level 2 dropped.</summary>
    PackedEcdaa,
    /// <summary>Attests with a certificate of version 1.</summary>
    PackedLeafVersion1,
    /// <summary>Leaves the country out of the certificate.</summary>
    PackedLeafWithoutCountry,
    /// <summary>Writes a country that is no ISO 3166 code.</summary>
    PackedLeafCountryNotCode,
    /// <summary>Leaves the vendor out of the certificate.</summary>
    PackedLeafWithoutOrganisation,
    /// <summary>Writes another unit than Authenticator Attestation.</summary>
    PackedLeafOtherUnit,
    /// <summary>Leaves the common name out of the certificate.</summary>
    PackedLeafWithoutName,
    /// <summary>Attests with the certificate of an authority.</summary>
    PackedLeafIsAuthority,
    /// <summary>Leaves basicConstraints out of the certificate.</summary>
    PackedLeafWithoutBasicConstraints,
    /// <summary>Writes another AAGUID into the certificate.</summary>
    PackedLeafOtherAaguid,
    /// <summary>Marks the AAGUID in the certificate critical.</summary>
    PackedLeafAaguidCritical,
    /// <summary>Writes the AAGUID without its inner OCTET STRING.</summary>
    PackedLeafAaguidNotWrapped,

    // tpm.
    /// <summary>Names version 1.2.</summary>
    TpmOtherVersion,
    /// <summary>Leaves ver out.</summary>
    TpmWithoutVersion,
    /// <summary>Begins certInfo with another magic number.</summary>
    TpmOtherMagic,
    /// <summary>Certifies as a quote.</summary>
    TpmOtherType,
    /// <summary>Certifies other extra data.</summary>
    TpmOtherExtraData,
    /// <summary>Certifies another name.</summary>
    TpmOtherName,
    /// <summary>Sends the public area of another key.</summary>
    TpmOtherPublicArea,
    /// <summary>Adds a byte behind certInfo, under the signature.</summary>
    TpmCertInfoTrailingByte,
    /// <summary>Cuts certInfo off, under the signature.</summary>
    TpmCertInfoCutOff,
    /// <summary>Adds a byte behind pubArea, under the name.</summary>
    TpmPublicAreaTrailingByte,
    /// <summary>Cuts pubArea off.</summary>
    TpmPublicAreaCutOff,
    /// <summary>Names a hash that nobody knows in pubArea.</summary>
    TpmUnknownNameAlgorithm,
    /// <summary>Leaves x5c out.</summary>
    TpmWithoutPath,
    /// <summary>Attests with a certificate of version 1.</summary>
    TpmLeafVersion1,
    /// <summary>Writes a subject into the certificate.</summary>
    TpmLeafWithSubject,
    /// <summary>Leaves the subject alternative name out.</summary>
    TpmLeafWithoutAlternativeName,
    /// <summary>Leaves the manufacturer out of the alternative name.</summary>
    TpmLeafWithoutManufacturer,
    /// <summary>Leaves the purpose of attestation keys out.</summary>
    TpmLeafWithoutPurpose,
    /// <summary>Attests with the certificate of an authority.</summary>
    TpmLeafIsAuthority,
    /// <summary>Writes another AAGUID into the certificate.</summary>
    TpmLeafOtherAaguid,

    // android-key.
    /// <summary>Leaves the key description out of the certificate.</summary>
    AndroidKeyWithoutDescription,
    /// <summary>Writes a key description that is no DER.</summary>
    AndroidKeyGarbageDescription,
    /// <summary>Attests another challenge.</summary>
    AndroidKeyOtherChallenge,
    /// <summary>Sends the certificate of another key.</summary>
    AndroidKeyOtherKey,
    /// <summary>Says in the software list that the key is for all applications.</summary>
    AndroidKeyAllApplications,
    /// <summary>Says in the trusted list that the key is for all applications.</summary>
    AndroidKeyAllApplicationsTrusted,
    /// <summary>Says that the key was imported.</summary>
    AndroidKeyImported,
    /// <summary>Does not say where the key comes from.</summary>
    AndroidKeyWithoutOrigin,
    /// <summary>Says that the key is for encryption.</summary>
    AndroidKeyOtherPurpose,
    /// <summary>Does not say what the key is for.</summary>
    AndroidKeyWithoutPurpose,

    // android-safetynet.
    /// <summary>Leaves ver out.</summary>
    SafetyNetWithoutVersion,
    /// <summary>Sends a response that is no JWS.</summary>
    SafetyNetNotJws,
    /// <summary>Answers another nonce.</summary>
    SafetyNetOtherNonce,
    /// <summary>Is signed by another host.</summary>
    SafetyNetOtherHost,
    /// <summary>Turns one bit of the JWS signature over.</summary>
    SafetyNetTamperedSignature,
    /// <summary>Says that the device is not intact.</summary>
    SafetyNetNotIntact,
    /// <summary>Was answered ten minutes ago.</summary>
    SafetyNetStale,
    /// <summary>Was answered in ten minutes.</summary>
    SafetyNetFuture,
    /// <summary>Leaves x5c out of the JWS header.</summary>
    SafetyNetWithoutPath,

    // apple.
    /// <summary>Certifies another nonce.</summary>
    AppleOtherNonce,
    /// <summary>Leaves the nonce out of the certificate.</summary>
    AppleWithoutNonce,
    /// <summary>Sends the certificate of another key.</summary>
    AppleOtherKey,
    /// <summary>Leaves x5c out.</summary>
    AppleWithoutPath,

    // fido-u2f.
    /// <summary>Sends two certificates.</summary>
    U2fTwoCertificates,
    /// <summary>Attests with a key on P-384.</summary>
    U2fLeafOtherCurve,
    /// <summary>Signs over another key handle.</summary>
    U2fOtherCredentialId,

    // compound.
    /// <summary>Sends one part only.</summary>
    CompoundOfOne,
    /// <summary>Puts a compound into the compound.</summary>
    CompoundNested,
    /// <summary>Sends a map as attStmt.</summary>
    CompoundNotList,
    /// <summary>Turns one bit of the last part's signature over.</summary>
    CompoundPartBroken,
    /// <summary>Names a format that nobody knows in the last part.</summary>
    CompoundPartUnknown,
    /// <summary>Leaves fmt out of the last part.</summary>
    CompoundPartWithoutFormat,

    // Assertions.
    /// <summary>Turns one bit of the assertion's signature over.</summary>
    TamperedSignature,
    /// <summary>Sends an empty signature.</summary>
    EmptySignature,
    /// <summary>Sends an ECDSA signature as r and s side by side.</summary>
    RawSignature,
    /// <summary>Signs with a key that nobody registered.</summary>
    ForeignKey,
    /// <summary>Signs over the hash of other client data.</summary>
    SignedOtherClientData,
    /// <summary>Sends the counter of the last answer again.</summary>
    CounterNotAdvanced,
    /// <summary>Sends the counter 0.</summary>
    CounterReset,
    /// <summary>Leaves the user handle out.</summary>
    NoUserHandle,
    /// <summary>Names another user handle.</summary>
    OtherUserHandle,
    /// <summary>Answers with a credential of another account, whatever the request allows.</summary>
    CredentialOfOtherAccount,
    /// <summary>Signs for the AppID of the request without saying so.</summary>
    AppIdInsteadOfRpId,
    /// <summary>Says that it signed for an AppID, and signs for one that nobody asked for.</summary>
    AppIdNotAsked,
}
