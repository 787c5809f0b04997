using MedId.Cryptography;

namespace MedId.Testing;

/// <summary>LABORATORIES ONLY: signing keys of the algorithms that clients register for their ID tokens.</summary>
public static class LabSigningKeys
{
    /// <summary>An Ed25519 key. Its code is slow and its time tells the key: nothing real may be signed with it.</summary>
    /// <returns>A new key.</returns>
    public static SigningKey CreateEd25519()
    {
        var signer = TestOnlyEdwardsSigner.CreateEd25519();
        return RemoteSigningKey.OverData(SignatureAlgorithm.Ed25519, PublicKey.FromEdwardsPoint(KeyKind.Ed25519, signer.PublicKey).Value!, (data, _) => new(signer.Sign(data.ToArray())));
    }
}
