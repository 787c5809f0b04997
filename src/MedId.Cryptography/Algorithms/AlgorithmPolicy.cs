using System.Collections.Immutable;

namespace MedId.Cryptography;

/// <summary>Which algorithms may be used for what, and until when. Immutable; every change gives a new policy.</summary>
/// <remarks>
/// A signature is judged by the time it is for: a verifier asks <see cref="For"/> with that time, so an algorithm that ends next year still verifies what was
/// signed this year. Exceptions are for one use and have an end: a SHA-1 attestation of 2015 is not a SHA-1 token.
/// </remarks>
public sealed class AlgorithmPolicy
{
    private readonly ImmutableDictionary<SignatureUse, ImmutableArray<Entry>> _entries;
    private readonly ImmutableDictionary<SignatureUse, SmallRsa> _smallRsa;
    private readonly ImmutableDictionary<SignatureUse, AlgorithmRule> _undated;

    private AlgorithmPolicy(ImmutableDictionary<SignatureUse, ImmutableArray<Entry>> entries, ImmutableDictionary<SignatureUse, SmallRsa> smallRsa, int minimumRsaBits)
    {
        _entries = entries;
        _smallRsa = smallRsa;
        MinimumRsaBits = minimumRsaBits;
        _undated = entries
            .Where(u => !smallRsa.ContainsKey(u.Key) && u.Value.All(e => e.From is null && e.Until is null))
            .ToImmutableDictionary(u => u.Key, u => Rule(u.Value, minimumRsaBits));
    }

    /// <summary>
    /// For tokens: ECDSA and RSASSA-PSS with SHA-2 (FAPI 2.0 §5.4, RFC 8725 §3.2), RSASSA-PKCS1-v1_5 for none. For certificates, revocation, time stamps, documents
    /// and card sign-in: RSA (PKCS#1 v1.5 and PSS) and ECDSA with SHA-2, Ed25519, Ed448. RSA from 2048 bits. For WebAuthn every algorithm of §5.8.5 but SHA-1,
    /// PKCS#1 v1.5 among them because platform authenticators have nothing else; for UAF every algorithm of the FIDO registry that is in the table, of which the
    /// model's metadata chooses. For proofs of possession Ed25519 besides. SHA-1 and DSA for nothing.
    /// </summary>
    public static AlgorithmPolicy Default { get; } = new(
        Enum.GetValues<SignatureUse>().ToImmutableDictionary(
            use => use,
            use => AlgorithmDefaults.Of(use).Select(a => new Entry(a, null, null, IsException: false)).ToImmutableArray()),
        ImmutableDictionary<SignatureUse, SmallRsa>.Empty,
        PublicKey.MinimumRsaBits);

    /// <summary>The smallest RSA modulus accepted, in bits, where no dated exception says otherwise; 2048 by default.</summary>
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

        var bits = _smallRsa.TryGetValue(use, out var small) && at < small.Until ? small.Bits : MinimumRsaBits;
        return Rule(_entries.GetValueOrDefault(use, []).Where(e => (e.From is null || at >= e.From) && (e.Until is null || at < e.Until)), bits);
    }

    /// <summary>This policy with an algorithm allowed for a use in a time; replaces what it said about the two.</summary>
    /// <param name="use">What for.</param>
    /// <param name="algorithm">The algorithm; not a weak one, and RSASSA-PKCS1-v1_5 only where the default policy allows it too.</param>
    /// <param name="from">First instant; null for always.</param>
    /// <param name="until">First instant at which it is refused; null for no end.</param>
    /// <exception cref="ArgumentException">The algorithm needs a loudly named exception.</exception>
    public AlgorithmPolicy Allow(SignatureUse use, SignatureAlgorithm algorithm, DateTimeOffset? from = null, DateTimeOffset? until = null)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        return algorithm.IsWeak ? throw new ArgumentException($"{algorithm} is allowed by {nameof(DangerouslyAllowWeak)} only.", nameof(algorithm))
            : algorithm.IsRsaPkcs1 && !AlgorithmDefaults.AllowsRsaPkcs1(use)
                ? throw new ArgumentException($"{algorithm} is allowed by {nameof(DangerouslyAllowRsaPkcs1)} only.", nameof(algorithm))
                : Replace(use, new Entry(algorithm, from, until, IsException: false));
    }

    /// <summary>This policy with RSASSA-PKCS1-v1_5 (RS256 and its kin) allowed for one use until a day, for a peer that cannot do better yet.</summary>
    /// <param name="use">What for; a use for which it is an exception.</param>
    /// <param name="algorithm">The RSASSA-PKCS1-v1_5 algorithm, with SHA-2.</param>
    /// <param name="until">First instant at which it is refused again. An exception has an end.</param>
    /// <exception cref="ArgumentException">The algorithm is not RSASSA-PKCS1-v1_5 with SHA-2, or the use needs no exception for it.</exception>
    public AlgorithmPolicy DangerouslyAllowRsaPkcs1(SignatureUse use, SignatureAlgorithm algorithm, DateTimeOffset until)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        return algorithm.IsRsaPkcs1 && !algorithm.IsWeak && !AlgorithmDefaults.AllowsRsaPkcs1(use)
            ? Replace(use, new Entry(algorithm, null, until, IsException: true))
            : throw new ArgumentException($"{algorithm} for {use} is not what this exception is for.", nameof(algorithm));
    }

    /// <summary>This policy with a weak algorithm (SHA-1, DSA) allowed for one use until a day, to judge old material; every result that needed it says so.</summary>
    /// <param name="use">What for.</param>
    /// <param name="algorithm">One that <see cref="SignatureAlgorithm.IsWeak"/>.</param>
    /// <param name="until">First instant at which it is refused: compared with the time that the verifier judges by.</param>
    /// <exception cref="ArgumentException">The algorithm is not weak.</exception>
    public AlgorithmPolicy DangerouslyAllowWeak(SignatureUse use, SignatureAlgorithm algorithm, DateTimeOffset until)
    {
        ArgumentNullException.ThrowIfNull(algorithm);
        return algorithm.IsWeak
            ? Replace(use, new Entry(algorithm, null, until, IsException: true))
            : throw new ArgumentException($"{algorithm} is not weak.", nameof(algorithm));
    }

    /// <summary>This policy with every RSA and ECDSA algorithm with SHA-1 allowed for one use until a day; see <see cref="DangerouslyAllowWeak"/>.</summary>
    /// <param name="use">What for.</param>
    /// <param name="until">First instant at which they are refused.</param>
    public AlgorithmPolicy DangerouslyAllowSha1(SignatureUse use, DateTimeOffset until) =>
        SignatureAlgorithm.All.Where(a => a.IsWeak && a.KeyKind != KeyKind.Dsa).Aggregate(this, (policy, a) => policy.DangerouslyAllowWeak(use, a, until));

    /// <summary>This policy with DSA allowed for one use until a day, with SHA-1 and SHA-256; see <see cref="DangerouslyAllowWeak"/>.</summary>
    /// <param name="use">What for.</param>
    /// <param name="until">First instant at which it is refused.</param>
    public AlgorithmPolicy DangerouslyAllowDsa(SignatureUse use, DateTimeOffset until) =>
        SignatureAlgorithm.All.Where(a => a.KeyKind == KeyKind.Dsa).Aggregate(this, (policy, a) => policy.DangerouslyAllowWeak(use, a, until));

    /// <summary>This policy with RSA keys below 2048 bits allowed for one use until a day; every result that needed one says so.</summary>
    /// <param name="use">What for.</param>
    /// <param name="minimumBits">1024 to 2047. Whoever reads the keys has to read such small ones too: <see cref="PublicKey.FromSubjectPublicKeyInfo"/>.</param>
    /// <param name="until">First instant at which they are refused.</param>
    public AlgorithmPolicy DangerouslyAllowSmallRsa(SignatureUse use, int minimumBits, DateTimeOffset until)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(minimumBits, PublicKey.MinimumLegacyRsaBits);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(minimumBits, PublicKey.MinimumRsaBits);
        return new(_entries, _smallRsa.SetItem(use, new(minimumBits, until)), MinimumRsaBits);
    }

    /// <summary>This policy without an algorithm for a use.</summary>
    /// <param name="use">What for.</param>
    /// <param name="algorithm">The algorithm.</param>
    public AlgorithmPolicy Forbid(SignatureUse use, SignatureAlgorithm algorithm) =>
        new(_entries.SetItem(use, _entries.GetValueOrDefault(use, []).RemoveAll(e => e.Algorithm == algorithm)), _smallRsa, MinimumRsaBits);

    /// <summary>This policy with another smallest RSA modulus, and without exceptions for smaller ones.</summary>
    /// <param name="bits">2048 to 8192.</param>
    public AlgorithmPolicy WithMinimumRsaBits(int bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, PublicKey.MinimumRsaBits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, PublicKey.MaximumRsaBits);
        return new(_entries, _smallRsa.Clear(), bits);
    }

    private static AlgorithmRule Rule(IEnumerable<Entry> entries, int minimumRsaBits)
    {
        Entry[] allowed = [.. entries];
        return new([.. allowed.Select(e => e.Algorithm)], [.. allowed.Where(e => e.IsException).Select(e => e.Algorithm)], minimumRsaBits);
    }

    private AlgorithmPolicy Replace(SignatureUse use, Entry entry) => new(
        _entries.SetItem(use, _entries.GetValueOrDefault(use, []).RemoveAll(e => e.Algorithm == entry.Algorithm).Add(entry)),
        _smallRsa,
        MinimumRsaBits);

    private sealed record Entry(SignatureAlgorithm Algorithm, DateTimeOffset? From, DateTimeOffset? Until, bool IsException);

    private sealed record SmallRsa(int Bits, DateTimeOffset Until);
}
