using System.Security.Cryptography;

namespace MedId.Benchmarks;

/// <summary>The platform's part of a registration with a certificate: two keys imported that were never seen, three signatures; nothing decoded, nothing checked.</summary>
internal sealed class BareRegistration(IEnumerable<BareRegistration.Parts> inputs)
{
    private readonly Rotation _turn = new();
    private readonly Parts[] _inputs = [.. inputs];

    /// <summary>Imports and verifies what belongs to the next registration.</summary>
    public bool Verify()
    {
        var input = _inputs[_turn.Next()];
        using var credential = BareP256.PublicHandle(input.CredentialKey);
        using var attestation = BareP256.PublicHandle(input.AttestationKey);
        var holds = Holds(attestation, input.Statement.Data, input.Statement.Signature);
        foreach (var (key, data, signature) in input.Certificates)
        {
            holds &= Holds(key, data, signature);
        }

        return Right.Is(holds, "the signatures hold");
    }

    private static bool Holds(ECDsa key, byte[] data, byte[] signature) => key.VerifyData(data, signature, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);

    /// <summary>One registration.</summary>
    internal sealed record Parts(byte[] CredentialKey, byte[] AttestationKey, (byte[] Data, byte[] Signature) Statement, (ECDsa Key, byte[] Data, byte[] Signature)[] Certificates);
}
