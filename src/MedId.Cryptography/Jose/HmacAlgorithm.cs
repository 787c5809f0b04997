using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace MedId.Cryptography;

/// <summary>The HMACs of JOSE (RFC 7518 §3.2). They are apart from <see cref="SignatureAlgorithm"/>: who can verify one can make one, so no public key ever goes with them.</summary>
public sealed class HmacAlgorithm
{
    private readonly HashAlgorithmName _hash;

    private HmacAlgorithm(string name, HashAlgorithmName hash, int length)
    {
        Name = name;
        _hash = hash;
        MinimumKeyLength = length;
    }

    /// <summary>HMAC with SHA-256.</summary>
    public static HmacAlgorithm HS256 { get; } = new("HS256", HashAlgorithmName.SHA256, HMACSHA256.HashSizeInBytes);

    /// <summary>HMAC with SHA-384.</summary>
    public static HmacAlgorithm HS384 { get; } = new("HS384", HashAlgorithmName.SHA384, HMACSHA384.HashSizeInBytes);

    /// <summary>HMAC with SHA-512.</summary>
    public static HmacAlgorithm HS512 { get; } = new("HS512", HashAlgorithmName.SHA512, HMACSHA512.HashSizeInBytes);

    /// <summary>All of them, the shortest first.</summary>
    public static IReadOnlyList<HmacAlgorithm> All { get; } = [HS256, HS384, HS512];

    /// <summary>The <c>alg</c> value.</summary>
    public string Name { get; }

    /// <summary>The shortest key in bytes: as long as the hash (RFC 7518 §3.2).</summary>
    public int MinimumKeyLength { get; }

    /// <summary>Finds the algorithm of a JOSE header; case counts.</summary>
    /// <param name="name">The <c>alg</c> value.</param>
    /// <param name="algorithm">The algorithm.</param>
    public static bool TryFromJose(string? name, [NotNullWhen(true)] out HmacAlgorithm? algorithm)
    {
        algorithm = name switch
        {
            "HS256" => HS256,
            "HS384" => HS384,
            "HS512" => HS512,
            _ => null,
        };
        return algorithm is not null;
    }

    /// <summary>Whether a key is long enough.</summary>
    /// <param name="key">The key.</param>
    public bool Supports(ReadOnlySpan<byte> key) => key.Length >= MinimumKeyLength;

    /// <summary>The code of the data.</summary>
    /// <param name="key">The key.</param>
    /// <param name="data">The data.</param>
    /// <exception cref="ArgumentException">The key is shorter than <see cref="MinimumKeyLength"/>.</exception>
    public byte[] Compute(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data) => Supports(key)
        ? CryptographicOperations.HmacData(_hash, key, data)
        : throw new ArgumentException($"A key for {Name} has {MinimumKeyLength} bytes or more (RFC 7518 §3.2).", nameof(key));

    /// <summary>Whether the code is that of the data, in a time that does not depend on where they differ. False with a key that is too short.</summary>
    /// <param name="key">The key.</param>
    /// <param name="data">The data.</param>
    /// <param name="code">The code that came in.</param>
    public bool Verify(ReadOnlySpan<byte> key, ReadOnlySpan<byte> data, ReadOnlySpan<byte> code) =>
        Supports(key) && CryptographicOperations.FixedTimeEquals(CryptographicOperations.HmacData(_hash, key, data), code);

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
