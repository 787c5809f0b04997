using MedId.Core;

namespace MedId.Fido2;

/// <summary>A registered credential: what a relying party stores (WebAuthn L3 §4 "credential record") and gives back when it is used.</summary>
/// <remarks>Store it under a unique key of <see cref="Id"/> over all users.</remarks>
public sealed record CredentialRecord
{
    /// <summary>The credential id, 1 to 1,023 bytes.</summary>
    public required ReadOnlyMemory<byte> Id { get; init; }

    /// <summary>The COSE_Key exactly as the authenticator sent it.</summary>
    public required ReadOnlyMemory<byte> PublicKey { get; init; }

    /// <summary>The COSE algorithm of the key.</summary>
    public required long Algorithm { get; init; }

    /// <summary>The last signature counter seen.</summary>
    public required uint SignCount { get; init; }

    /// <summary>Whether user verification was performed at registration, or was confirmed later by an explicit decision.</summary>
    public bool UvInitialized { get; init; }

    /// <summary>The transports that the client named; not signed. Give them back in allowCredentials.</summary>
    public IReadOnlyList<string> Transports { get; init; } = [];

    /// <summary>Whether the credential can be backed up; fixed for its life. Null where it is not known: then it is not compared.</summary>
    public bool? BackupEligible { get; init; }

    /// <summary>Whether it was backed up when last seen.</summary>
    public bool BackupState { get; init; }

    /// <summary>The user handle of the account, 1 to 64 bytes; null where the store holds it elsewhere.</summary>
    public ReadOnlyMemory<byte>? UserHandle { get; init; }

    /// <summary>The RP ID that it was registered for; null where the store has one only.</summary>
    public string? RpId { get; init; }

    /// <summary>The model of the authenticator; <see cref="Guid.Empty"/> where it does not say.</summary>
    public Guid Aaguid { get; init; }

    /// <summary>The attestation format; null where it is not kept.</summary>
    public string? AttestationFormat { get; init; }

    /// <summary>What the attestation rested on; null where it is not kept.</summary>
    public AttestationType? AttestationType { get; init; }

    /// <summary>SHA-256 of the key (SubjectPublicKeyInfo) of the trust anchor that the attestation rests on, base64url; null when the model is not proved.</summary>
    public string? TrustAnchor { get; init; }

    /// <summary>The attestation object as received; null when it is not kept.</summary>
    public ReadOnlyMemory<byte>? AttestationObject { get; init; }

    /// <summary>The client data of the registration as received; null when they are not kept.</summary>
    public ReadOnlyMemory<byte>? AttestationClientDataJson { get; init; }

    /// <summary>When it was registered; null where it is not known.</summary>
    public DateTimeOffset? RegisteredAt { get; init; }

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The JSON object.</param>
    public static MedIdResult<CredentialRecord> Parse(string json) => CredentialRecordJson.Parse(json);

    /// <summary>One JSON object with everything, for stores that keep it as one value.</summary>
    public string ToJson() => CredentialRecordJson.Write(this);

    /// <summary>The model and the algorithm; nothing of the user.</summary>
    public override string ToString() => $"{Aaguid} {Algorithm}";
}
