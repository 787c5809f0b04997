using System.Security.Cryptography;

namespace MedId.Cryptography.Tests;

/// <summary>Fresh synthetic keys; the RSA key is made once, because making one takes seconds.</summary>
internal static class TestKeys
{
    private static readonly Lazy<byte[]> RsaPkcs8 = new(() =>
    {
        using var rsa = RSA.Create(2048);
        return rsa.ExportPkcs8PrivateKey();
    });

    /// <summary>The rows that a key of this process signs with.</summary>
    public static IEnumerable<SignatureAlgorithm> Signing => SignatureAlgorithm.All.Where(a => !a.IsWeak && !a.IsEdwards && !a.IsMlDsa);

    public static LocalSigningKey For(SignatureAlgorithm algorithm, string? keyId = null) => algorithm.KeyKind == KeyKind.Rsa
        ? LocalSigningKey.FromPkcs8(RsaPkcs8.Value, algorithm, keyId)
        : LocalSigningKey.Generate(algorithm, keyId);

    public static LocalSigningKey For(string name) => For(Algorithm(name));

    public static SignatureAlgorithm Algorithm(string name) => SignatureAlgorithm.All.Single(a => a.Name == name);
}
