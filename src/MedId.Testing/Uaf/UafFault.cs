namespace MedId.Testing;

/// <summary>One way in which a <see cref="SoftwareUafAuthenticator"/> misbehaves; each is refused with a code of its own or of its kind.</summary>
public enum UafFault
{
    /// <summary>Behaves.</summary>
    None,

    /// <summary>Sends the dictionary without its array.</summary>
    NoArray,

    /// <summary>Sends two entries of one version.</summary>
    DuplicateVersion,

    /// <summary>Answers in version 1.7.</summary>
    UnknownVersion,

    /// <summary>Leaves the version empty.</summary>
    EmptyVersion,

    /// <summary>Writes the operation in capitals.</summary>
    OperationInCapitals,

    /// <summary>Names the other operation.</summary>
    OtherOperation,

    /// <summary>Leaves the header out.</summary>
    NoHeader,

    /// <summary>Leaves fcParams out.</summary>
    NoFinalChallengeParams,

    /// <summary>Leaves the assertions out.</summary>
    NoAssertions,

    /// <summary>Sends an empty list of assertions.</summary>
    EmptyAssertions,

    /// <summary>Sends the assertion twice.</summary>
    TwoAssertions,

    /// <summary>Writes the appID as a number.</summary>
    AppIdAsNumber,

    /// <summary>Changes the server data.</summary>
    OtherServerData,

    /// <summary>Adds a header extension that must be understood.</summary>
    UnknownHeaderExtension,

    /// <summary>Names another appID in the header.</summary>
    OtherHeaderAppId,

    /// <summary>Binds another appID.</summary>
    OtherAppId,

    /// <summary>Binds another challenge.</summary>
    OtherChallenge,

    /// <summary>Binds no challenge.</summary>
    NoChallenge,

    /// <summary>Binds another facet.</summary>
    OtherFacet,

    /// <summary>Binds no facet.</summary>
    NoFacet,

    /// <summary>Leaves the channel binding out.</summary>
    NoChannelBinding,

    /// <summary>Writes the channel binding as a list.</summary>
    ChannelBindingAsList,

    /// <summary>Binds the channel of another server.</summary>
    ForeignChannel,

    /// <summary>Pads fcParams with <c>=</c>.</summary>
    PaddedFinalChallengeParams,

    /// <summary>Pads the assertion with <c>=</c>.</summary>
    PaddedAssertion,

    /// <summary>Breaks the assertion's line.</summary>
    LineBreakInAssertion,

    /// <summary>Signs the SHA-1 hash of fcParams.</summary>
    Sha1FinalChallenge,

    /// <summary>Signs the hash of the decoded fcParams.</summary>
    HashOfDecodedFinalChallenge,

    /// <summary>Signs the hash of other fcParams.</summary>
    OtherFinalChallenge,

    /// <summary>Names another assertion scheme.</summary>
    OtherScheme,

    /// <summary>Names a model that nobody knows.</summary>
    UnknownModel,

    /// <summary>Adds bytes behind the assertion.</summary>
    TrailingBytes,

    /// <summary>Cuts the assertion off.</summary>
    CutOff,

    /// <summary>Adds an unknown element that must be understood, under the signature.</summary>
    UnknownCriticalTag,

    /// <summary>Adds an unknown element that may be skipped, under the signature. Not a fault.</summary>
    UnknownSkippableTag,

    /// <summary>Adds a signed extension that must be understood.</summary>
    UnknownExtension,

    /// <summary>Adds a signed extension that may be ignored. Not a fault.</summary>
    UnknownNonCriticalExtension,

    /// <summary>Repeats signed elements, with other values, beside the signed data.</summary>
    ShadowingOuterTags,

    /// <summary>Repeats a signed element inside the signed data.</summary>
    DuplicateTag,

    /// <summary>Leaves the counters out.</summary>
    NoCounters,

    /// <summary>Leaves the AAID out.</summary>
    NoAaid,

    /// <summary>Leaves the final challenge hash out.</summary>
    NoFinalChallenge,

    /// <summary>Leaves the KeyID out.</summary>
    NoKeyId,

    /// <summary>Leaves the assertion info out.</summary>
    NoAssertionInfo,

    /// <summary>Leaves the nonce out of an authentication.</summary>
    NoNonce,

    /// <summary>Leaves the transaction hash element out of an authentication.</summary>
    NoTransactionHash,

    /// <summary>Leaves the public key out of a registration.</summary>
    NoPublicKey,

    /// <summary>Uses the outer tag of the other operation.</summary>
    OtherOuterTag,

    /// <summary>Uses the tag of the other operation's signed data.</summary>
    OtherInnerTag,

    /// <summary>Sends a KeyID of 15 bytes.</summary>
    ShortKeyId,

    /// <summary>Sends a KeyID of 33 bytes without being a second factor.</summary>
    LongKeyId,

    /// <summary>Sends the assertion info one byte short.</summary>
    ShortAssertionInfo,

    /// <summary>Sends counters of the other operation's size.</summary>
    WrongCounterSize,

    /// <summary>Sends a nonce of 7 bytes.</summary>
    ShortNonce,

    /// <summary>States mode 0x00.</summary>
    ModeZero,

    /// <summary>States that the user was verified where a transaction was to be confirmed, and the reverse.</summary>
    OtherMode,

    /// <summary>Signs the hash of another transaction.</summary>
    OtherTransaction,

    /// <summary>Signs the hash of the transaction's base64url text.</summary>
    TransactionHashOverBase64Url,

    /// <summary>Leaves the transaction hash empty where there is one, and the reverse.</summary>
    OtherTransactionHashPresence,

    /// <summary>States another algorithm than the one used.</summary>
    OtherAlgorithm,

    /// <summary>States another encoding of the public key than the one used.</summary>
    OtherKeyFormat,

    /// <summary>Registers a point that is not on the curve.</summary>
    PointOffCurve,

    /// <summary>Turns one bit of the signature over.</summary>
    TamperedSignature,

    /// <summary>Sends an empty signature.</summary>
    EmptySignature,

    /// <summary>Signs the value without its TLV header.</summary>
    SignatureWithoutHeader,

    /// <summary>Signs with a key that nobody registered or attested.</summary>
    ForeignKey,

    /// <summary>Answers with a key of another account on the same authenticator.</summary>
    KeyOfOtherAccount,

    /// <summary>Names a key that was never registered.</summary>
    UnknownKey,

    /// <summary>Sends the counter of the last answer again.</summary>
    OldCounter,

    /// <summary>Sends the counter 0, or in a registration a registration counter that is exceedingly high.</summary>
    CounterReset,

    /// <summary>States an older firmware.</summary>
    OldFirmware,

    /// <summary>Sends a registration without attestation.</summary>
    NoAttestation,

    /// <summary>Sends surrogate attestation whatever the model.</summary>
    SurrogateAttestation,

    /// <summary>Sends an attestation certificate that the metadata does not know.</summary>
    ForeignAttestationCertificate,

    /// <summary>Sends an attestation certificate with two intermediate ones.</summary>
    LongAttestationPath,

    /// <summary>Leaves the certificates between attestation certificate and anchor out.</summary>
    NoIntermediateCertificate,

    /// <summary>Writes the integers of a DER signature without the leading zero, or with too many; a signature in another form with a zero before it.</summary>
    LooseDerSignature,

    /// <summary>Sends an RSA key as SubjectPublicKeyInfo where RSAPublicKey is due.</summary>
    RsaKeyAsSubjectPublicKeyInfo,

    /// <summary>Sends bytes that are no certificate.</summary>
    GarbageAttestationCertificate,

    /// <summary>Sends ECDAA attestation.</summary>
    EcdaaAttestation,
}
