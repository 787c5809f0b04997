using System.Collections.Immutable;

namespace MedId.Cryptography;

/// <summary>Which algorithms may be used for what, and until when. Immutable; every change gives a new policy.</summary>
/// <remarks>
/// A signature is judged by the time it is for: a verifier asks <see cref="For"/> with that time, so an algorithm that ends next year still verifies what was
/// signed this year.
/// </remarks>
public sealed class AlgorithmPolicy
{
    private static readonly SignatureAlgorithm[] Jose =
    [
        SignatureAlgorithm.ES256, SignatureAlgorithm.PS256, SignatureAlgorithm.ES384, SignatureAlgorithm.ES512, SignatureAlgorithm.PS384, SignatureAlgorithm.PS512,
    ];

    private static readonly SignatureAlgorithm[] Uaf =
    [
        SignatureAlgorithm.ES256, SignatureAlgorithm.EcdsaP256Der, SignatureAlgorithm.PS256, SignatureAlgorithm.RsaPssSha256Der,
        SignatureAlgorithm.EcdsaSecp256k1, SignatureAlgorithm.EcdsaSecp256k1Der, SignatureAlgorithm.ES384, SignatureAlgorithm.ES512,
    ];

    private readonly ImmutableDictionary<SignatureUse, ImmutableArray<Entry>> _entries;
    private readonly ImmutableDictionary<SignatureUse, AlgorithmRule> _undated;

    private AlgorithmPolicy(ImmutableDictionary<SignatureUse, ImmutableArray<Entry>> entries, int minimumRsaBits)
    {
        _entries = entries;
        MinimumRsaBits = minimumRsaBits;
        _undated = entries
            .Where(u => u.Value.All(e => e.From is null && e.Until is null))
            .ToImmutableDictionary(u => u.Key, u => new AlgorithmRule([.. u.Value.Select(e => e.Algorithm)], minimumRsaBits));
    }

    /// <summary>
    /// ECDSA and RSASSA-PSS with SHA-2 for every use (FAPI 2.0 §5.4, RFC 8725 §3.2), UAF's DER and secp256k1 variants for the UAF uses only,
    /// RSA from 2048 bits. RSASSA-PKCS1-v1_5 for nothing.
    /// </summary>
    public static AlgorithmPolicy Default { get; } = new(
        Enum.GetValues<SignatureUse>().ToImmutableDictionary(
            use => use,
            use => (use is SignatureUse.UafAssertion or SignatureUse.UafAttestation ? Uaf : Jose).Select(a => new Entry(a, null, null)).ToImmutableArray()),
        PublicKey.MinimumRsaBits);

    /// <summary>The smallest RSA modulus accepted, in bits; 2048 by default.</summary>
    public int MinimumRsaBits { get; }

    /// <summary>What is allowed for a use at a time.</summary>
    /// <param name="use">What the signature is for.</param>
    /// <param name="at">The time that counts for it, usually now.</param>
    public AlgorithmRule For(SignatureUse use, DateTimeOffset at)
    {
        if (_undated.TryGetValue(use, out var rule))
        {
            return rule;
        }

        var entries = _entries.GetValueOrDefault(use, []);
        return new([.. entries.Where(e => (e.From is null || at >= e.From) && (e.Until is null || at < e.Until)).Select(e => e.Algorithm)], MinimumRsaBits);
    }

    /// <summary>This policy with an algorithm allowed for a use in a time; replaces what it said about the two.</summary>
    /// <param name="use">What for.</param>
    /// <param name="algorithm">The algorithm; not RSASSA-PKCS1-v1_5.</param>
    /// <param name="from">First instant; null for always.</param>
    /// <param name="until">First instant at which it is refused; null for no end.</param>
    /// <exception cref="ArgumentException">The algorithm is RSASSA-PKCS1-v1_5.</exception>
    public AlgorithmPolicy Allow(SignatureUse use, SignatureAlgorithm algorithm, DateTimeOffset? from = null, DateTimeOffset? until = null)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        return algorithm.IsRsaPkcs1
            ? throw new ArgumentException($"{algorithm} is allowed by {nameof(DangerouslyAllowRsaPkcs1)} only.", nameof(algorithm))
            : Replace(use, new Entry(algorithm, from, until));
    }

    /// <summary>This policy with RSASSA-PKCS1-v1_5 (RS256 and its kin) allowed for one use until a day, for a peer that cannot do better yet.</summary>
    /// <param name="use">What for.</param>
    /// <param name="algorithm">The RSASSA-PKCS1-v1_5 algorithm.</param>
    /// <param name="until">First instant at which it is refused again. An exception has an end.</param>
    /// <exception cref="ArgumentException">The algorithm is not RSASSA-PKCS1-v1_5.</exception>
    public AlgorithmPolicy DangerouslyAllowRsaPkcs1(SignatureUse use, SignatureAlgorithm algorithm, DateTimeOffset until)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        return algorithm.IsRsaPkcs1
            ? Replace(use, new Entry(algorithm, null, until))
            : throw new ArgumentException($"{algorithm} needs no exception.", nameof(algorithm));
    }

    /// <summary>This policy without an algorithm for a use.</summary>
    /// <param name="use">What for.</param>
    /// <param name="algorithm">The algorithm.</param>
    public AlgorithmPolicy Forbid(SignatureUse use, SignatureAlgorithm algorithm) =>
        new(_entries.SetItem(use, _entries.GetValueOrDefault(use, []).RemoveAll(e => e.Algorithm == algorithm)), MinimumRsaBits);

    /// <summary>This policy with another smallest RSA modulus.</summary>
    /// <param name="bits">2048 to 8192.</param>
    public AlgorithmPolicy WithMinimumRsaBits(int bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, PublicKey.MinimumRsaBits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, PublicKey.MaximumRsaBits);
        return new(_entries, bits);
    }

    private AlgorithmPolicy Replace(SignatureUse use, Entry entry) => new(
        _entries.SetItem(use, _entries.GetValueOrDefault(use, []).RemoveAll(e => e.Algorithm == entry.Algorithm).Add(entry)),
        MinimumRsaBits);

    private sealed record Entry(SignatureAlgorithm Algorithm, DateTimeOffset? From, DateTimeOffset? Until);
}
