namespace MedId.Testing;

/// <summary>One way in which a <see cref="VirtualU2fToken"/> misbehaves; <see cref="TestFaultCodes"/> has the code that a verifier must answer with.</summary>
public enum U2fFault
{
    /// <summary>Behaves.</summary>
    None,

    /// <summary>Adds a byte behind the raw message.</summary>
    TrailingByte,

    /// <summary>Cuts the raw message off in its first half.</summary>
    CutOff,

    /// <summary>Sends an empty raw message.</summary>
    Empty,

    /// <summary>Begins a registration with another byte than 05.</summary>
    OtherFirstByte,

    /// <summary>Claims a key handle longer than what follows.</summary>
    KeyHandleOverrun,

    /// <summary>Sends a key handle of no byte.</summary>
    EmptyKeyHandle,

    /// <summary>Registers a point that is not on P-256.</summary>
    PointOffCurve,

    /// <summary>Registers a point whose first byte is not 04.</summary>
    PointCompressed,

    /// <summary>Sends bytes that are no certificate.</summary>
    GarbageCertificate,

    /// <summary>Attests with a key on P-384.</summary>
    LeafOtherCurve,

    /// <summary>Attests under a root that nobody trusts.</summary>
    ForeignRoot,

    /// <summary>Attests with a certificate that has expired.</summary>
    Expired,

    /// <summary>Attests with a key that is not the certificate's.</summary>
    ForeignAttestationKey,

    /// <summary>Turns one bit of the signature over.</summary>
    TamperedSignature,

    /// <summary>Sends an empty signature.</summary>
    EmptySignature,

    /// <summary>Sends r and s side by side.</summary>
    RawSignature,

    /// <summary>Signs the hash of other client data.</summary>
    SignedOtherClientData,

    /// <summary>Attests another key handle than it sends.</summary>
    SignedOtherKeyHandle,

    /// <summary>Attests another public key than it sends.</summary>
    SignedOtherPublicKey,

    /// <summary>Signs for another AppID.</summary>
    OtherAppId,

    /// <summary>Signs with a key that nobody registered.</summary>
    ForeignKey,

    /// <summary>Answers with a key handle that nobody registered.</summary>
    OtherKeyHandle,

    /// <summary>Signs without the user's presence.</summary>
    NoUserPresence,

    /// <summary>Sends the counter of the last answer again.</summary>
    CounterNotAdvanced,

    /// <summary>Sends the counter 0.</summary>
    CounterReset,

    /// <summary>Names the other operation in client data.</summary>
    OtherType,

    /// <summary>Leaves typ out of client data.</summary>
    WithoutType,

    /// <summary>Binds another challenge.</summary>
    OtherChallenge,

    /// <summary>Pads the challenge with <c>=</c>.</summary>
    PaddedChallenge,

    /// <summary>Leaves the challenge out of client data.</summary>
    WithoutChallenge,

    /// <summary>Binds another facet.</summary>
    OtherFacet,

    /// <summary>Leaves the origin out of client data.</summary>
    WithoutOrigin,

    /// <summary>Sends client data that is no JSON.</summary>
    ClientDataNotJson,

    /// <summary>Sends client data that is no UTF-8.</summary>
    ClientDataNotUtf8,

    /// <summary>Repeats the challenge in client data.</summary>
    ClientDataDuplicateMember,

    /// <summary>Adds an unknown member to client data. Not a fault.</summary>
    ClientDataUnknownMember,

    /// <summary>Adds cid_pubkey to client data. Not a fault.</summary>
    ClientDataChannelId,

    /// <summary>Sends the same signature with the order less s. Not a fault.</summary>
    HighS,
}
