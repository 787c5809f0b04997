using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace MedId.Benchmarks;

/// <summary>What the platform alone needs: live handles, data and signatures at hand, nothing decoded, nothing checked.</summary>
internal sealed class BareP256
{
    private readonly Rotation _turn = new();
    private readonly (ECDsa Key, byte[] Data, byte[] Signature)[] _inputs;
    private readonly DSASignatureFormat _format;

    /// <summary>Takes signatures that exist: those that the measured operation verifies.</summary>
    /// <param name="keys">Live keys; input i is of key i modulo their number.</param>
    /// <param name="signed">Data and signatures.</param>
    /// <param name="format">How the signatures are laid out.</param>
    public BareP256(IReadOnlyList<ECDsa> keys, IReadOnlyList<(byte[] Data, byte[] Signature)> signed, DSASignatureFormat format = DSASignatureFormat.IeeeP1363FixedFieldConcatenation)
    {
        _format = format;
        _inputs = [.. signed.Select((input, index) => (keys[index % keys.Count], input.Data, input.Signature))];
    }

    /// <summary>A live handle of a public key.</summary>
    public static ECDsa PublicHandle(byte[] subjectPublicKeyInfo)
    {
        var handle = ECDsa.Create();
        handle.ImportSubjectPublicKeyInfo(subjectPublicKeyInfo, out _);
        return handle;
    }

    /// <summary>A live handle of a key pair.</summary>
    public static ECDsa PrivateHandle(byte[] pkcs8)
    {
        var handle = ECDsa.Create();
        handle.ImportPkcs8PrivateKey(pkcs8, out _);
        return handle;
    }

    /// <summary>New keys and signatures over data of the size of a small token.</summary>
    public static BareP256 Generate()
    {
        var keys = Enumerable.Range(0, Rotation.Keys).Select(_ => ECDsa.Create(ECCurve.NamedCurves.nistP256)).ToArray();
        return new(keys, [.. Enumerable.Range(0, Rotation.Inputs).Select(index =>
        {
            var data = RandomNumberGenerator.GetBytes(512);
            return (data, keys[index % keys.Length].SignData(data, HashAlgorithmName.SHA256));
        })]);
    }

    /// <summary>What a compact token's signature is over, and the signature.</summary>
    public static (byte[] Data, byte[] Signature) OfToken(string token)
    {
        var dot = token.LastIndexOf('.');
        return (Encoding.ASCII.GetBytes(token[..dot]), Base64Url.DecodeFromChars(token.AsSpan(dot + 1)));
    }

    /// <summary>Verifies the next signature.</summary>
    public bool Verify()
    {
        var (key, data, signature) = _inputs[_turn.Next()];
        return key.VerifyData(data, signature, HashAlgorithmName.SHA256, _format) ? true : throw new InvalidOperationException("The signature does not hold.");
    }

    /// <summary>Signs the next data again.</summary>
    public byte[] Sign()
    {
        var (key, data, _) = _inputs[_turn.Next()];
        return key.SignData(data, HashAlgorithmName.SHA256, _format);
    }

    /// <summary>Verifies the next signature and signs the data again, as an answer that is signed needs.</summary>
    public byte[] VerifyAndSign()
    {
        var (key, data, signature) = _inputs[_turn.Next()];
        return key.VerifyData(data, signature, HashAlgorithmName.SHA256, _format)
            ? key.SignData(data, HashAlgorithmName.SHA256, _format)
            : throw new InvalidOperationException("The signature does not hold.");
    }
}
