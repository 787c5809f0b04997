namespace MedId.Testing;

/// <summary>A credential that a <see cref="VirtualFido2Authenticator"/> holds.</summary>
public sealed class VirtualFido2Credential
{
    internal VirtualFido2Credential(string scope, byte[] id, byte[]? userHandle, bool isResident, VirtualFido2Key key)
    {
        RpId = scope;
        IdBytes = id;
        UserHandleBytes = userHandle;
        IsResident = isResident;
        Key = key;
    }

    /// <summary>The RP ID that it is for; the AppID of a key that came from U2F.</summary>
    public string RpId { get; }

    /// <summary>Its identifier, base64url.</summary>
    public string Id => VirtualFido2Text.Encode(IdBytes);

    /// <summary>The user handle, base64url; null of a key that came from U2F.</summary>
    public string? UserHandle => UserHandleBytes is null ? null : VirtualFido2Text.Encode(UserHandleBytes);

    /// <summary>Whether it can be found without its identifier.</summary>
    public bool IsResident { get; }

    /// <summary>Its COSE algorithm.</summary>
    public int Algorithm => Key.Algorithm;

    /// <summary>The public key, a COSE_Key.</summary>
    public ReadOnlyMemory<byte> PublicKey => Key.Cose();

    internal byte[] IdBytes { get; }

    internal byte[]? UserHandleBytes { get; }

    internal VirtualFido2Key Key { get; }

    internal byte[] Secret { get; } = System.Security.Cryptography.RandomNumberGenerator.GetBytes(32);

    internal byte[]? LargeBlob { get; set; }

    internal byte[]? SmallBlob { get; set; }

    internal bool BackupEligible { get; init; }

    /// <summary>RP ID and identifier; nothing secret.</summary>
    public override string ToString() => $"{RpId} {Id}";
}
