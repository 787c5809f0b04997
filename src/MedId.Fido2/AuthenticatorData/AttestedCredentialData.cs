using MedId.Cryptography;

namespace MedId.Fido2;

/// <summary>The new credential in authenticator data (WebAuthn L3 §6.5.1).</summary>
public sealed class AttestedCredentialData
{
    internal AttestedCredentialData(Guid aaguid, ReadOnlyMemory<byte> credentialId, ReadOnlyMemory<byte> publicKey, CosePublicKey key)
    {
        Aaguid = aaguid;
        CredentialId = credentialId;
        PublicKey = publicKey;
        Key = key;
    }

    /// <summary>The model of the authenticator; zero when it does not say. Worth something only with an attestation that is trusted.</summary>
    public Guid Aaguid { get; }

    /// <summary>The credential's id, at least one byte; that it has at most 1023 is step 25 of §7.1.</summary>
    public ReadOnlyMemory<byte> CredentialId { get; }

    /// <summary>The public key as it came: one COSE_Key in the CTAP2 canonical form.</summary>
    public ReadOnlyMemory<byte> PublicKey { get; }

    /// <summary>The public key, imported, with its algorithm.</summary>
    public CosePublicKey Key { get; }
}
