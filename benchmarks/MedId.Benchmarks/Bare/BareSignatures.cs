using System.Security.Cryptography;

namespace MedId.Benchmarks;

/// <summary>Live handles of any kind of key and the signatures that a path or a response has; nothing decoded, nothing checked.</summary>
internal sealed class BareSignatures
{
    private readonly Rotation _turn = new();
    private readonly (AsymmetricAlgorithm Key, byte[] Data, byte[] Signature)[][] _inputs;
    private readonly HashAlgorithmName _hash;

    /// <summary>Takes the signatures of each input.</summary>
    public BareSignatures(IEnumerable<(AsymmetricAlgorithm Key, byte[] Data, byte[] Signature)[]> inputs, HashAlgorithmName hash) => (_inputs, _hash) = ([.. inputs], hash);

    /// <summary>A live handle of a public key.</summary>
    public static AsymmetricAlgorithm PublicHandle(byte[] subjectPublicKeyInfo, bool isRsa)
    {
        if (!isRsa)
        {
            return BareP256.PublicHandle(subjectPublicKeyInfo);
        }

        var handle = RSA.Create();
        handle.ImportSubjectPublicKeyInfo(subjectPublicKeyInfo, out _);
        return handle;
    }

    /// <summary>Verifies every signature of the next input.</summary>
    public bool Verify()
    {
        foreach (var (key, data, signature) in _inputs[_turn.Next()])
        {
            Right.Is(
                key is RSA rsa
                    ? rsa.VerifyData(data, signature, _hash, RSASignaturePadding.Pkcs1)
                    : ((ECDsa)key).VerifyData(data, signature, _hash, DSASignatureFormat.Rfc3279DerSequence),
                "the signature holds");
        }

        return true;
    }
}
