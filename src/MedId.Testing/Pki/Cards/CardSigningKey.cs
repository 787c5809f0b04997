using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using MedId.Cryptography;

namespace MedId.Testing;

/// <summary>A key in a card as the packages sign with it: the hash is made outside, the card gets a DigestInfo (RSA) or a digest (ECDSA).</summary>
internal sealed class CardSigningKey : SigningKey
{
    private readonly TestKey _key;
    private readonly HashAlgorithmName _hash;
    private readonly Func<byte[], byte[]> _sign;

    public CardSigningKey(TestKey key, HashAlgorithmName hash, Func<byte[], byte[]> sign)
    {
        _key = key;
        _hash = hash;
        _sign = sign;
        PublicKey = PublicKey.FromSubjectPublicKeyInfo(key.SubjectPublicKeyInfo).Value!;
        Algorithm = AlgorithmOf(key.Kind, hash);
    }

    public override string KeyId => Convert.ToHexStringLower(_key.Identifier);

    public override SignatureAlgorithm Algorithm { get; }

    public override PublicKey PublicKey { get; }

    [SuppressMessage("Security", "CA5350", Justification = "Old readers let the card sign SHA-1; verifiers have to refuse it.")]
    public override ValueTask<byte[]> SignAsync(ReadOnlyMemory<byte> data, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var digest = CryptographicOperations.HashData(_hash, data.Span);
        return ValueTask.FromResult(_sign(_key.IsRsa ? TestAlgorithms.DigestInfo(_hash, digest) : digest));
    }

    /// <summary>RSA signs with PKCS#1 v1.5, as cards do; ECDSA with a DER SEQUENCE, as X.509 and CMS carry it.</summary>
    public static SignatureAlgorithm AlgorithmOf(TestKeyKind kind, HashAlgorithmName hash) => kind switch
    {
        TestKeyKind.P256 => SignatureAlgorithm.EcdsaP256Der,
        TestKeyKind.P384 => SignatureAlgorithm.EcdsaP384Der,
        TestKeyKind.P521 => SignatureAlgorithm.EcdsaP521Der,
        _ when hash == HashAlgorithmName.SHA1 => SignatureAlgorithm.RsaSha1,
        _ when hash == HashAlgorithmName.SHA384 => SignatureAlgorithm.RS384,
        _ when hash == HashAlgorithmName.SHA512 => SignatureAlgorithm.RS512,
        _ => SignatureAlgorithm.RS256,
    };
}
