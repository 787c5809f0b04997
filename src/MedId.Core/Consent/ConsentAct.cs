namespace MedId.Core;

/// <summary>The act by which the person consented, with the evidence that proves it later.</summary>
public sealed record ConsentAct
{
    /// <summary>
    /// The protocol: <c>fido-uaf</c>, <c>fido2</c> for a passkey, <c>jpki</c> for the My Number card at a clinic terminal; <c>pre-registered</c>, <c>one-time-code</c>, <c>paper</c>, <c>oral</c>
    /// or <c>break-glass</c> where no device acted (<see cref="ConsentRecord.Ground"/>).
    /// </summary>
    public required string Protocol { get; init; }

    /// <summary>The authenticator's model (AAID or AAGUID), or the kind of certificate; <c>none</c> where no device acted.</summary>
    public required string Authenticator { get; init; }

    /// <summary>base64url of SHA-256 of the key id; empty where no device acted.</summary>
    public required string KeyIdDigest { get; init; }

    /// <summary>The public key as registered, base64url; null where the law does not let its verifier keep it (JPKI).</summary>
    public string? PublicKey { get; init; }

    /// <summary>The format of <see cref="PublicKey"/> (FIDO registry value); null without one, and for a passkey, whose key is a COSE_Key.</summary>
    public int? PublicKeyFormat { get; init; }

    /// <summary>The content that was displayed and signed; of a passkey the text whose SHA-256 is the challenge; where no device acted the canonical form of the ground.</summary>
    public required string SignedContent { get; init; }

    /// <summary>What the authenticator signed with, base64url: the whole UAF assertion, the card's signature value, or of a passkey the JSON of authenticatorData, clientDataJSON and signature; empty where no device acted.</summary>
    public required string Assertion { get; init; }

    /// <summary>When the OP verified it.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The authentication context class that the OP concluded.</summary>
    public required string Acr { get; init; }

    /// <summary>The methods used (RFC 8176).</summary>
    public required IReadOnlyList<string> Amr { get; init; }

    /// <summary>The level with its edition: <c>nist-800-63-4/AAL2</c>.</summary>
    public required string Assurance { get; init; }

    /// <summary>The shared terminal at which it was performed (row A18); null for a device of the person's own.</summary>
    public ConsentTerminal? Terminal { get; init; }
}
