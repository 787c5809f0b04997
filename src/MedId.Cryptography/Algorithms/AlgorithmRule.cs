namespace MedId.Cryptography;

/// <summary>The algorithms allowed for one use at one time; what <see cref="AlgorithmPolicy.For"/> gives to a verifier.</summary>
public sealed class AlgorithmRule
{
    private readonly SignatureAlgorithm[] _algorithms;
    private readonly SignatureAlgorithm[] _exceptions;

    internal AlgorithmRule(SignatureAlgorithm[] algorithms, SignatureAlgorithm[] exceptions, int minimumRsaBits)
    {
        (_algorithms, _exceptions, MinimumRsaBits) = (algorithms, exceptions, minimumRsaBits);
    }

    /// <summary>The allowed algorithms, the preferred ones first. Empty means that everything is refused.</summary>
    public IReadOnlyList<SignatureAlgorithm> Algorithms => _algorithms;

    /// <summary>The smallest RSA modulus accepted, in bits; below 2048 only by <see cref="AlgorithmPolicy.DangerouslyAllowSmallRsa"/>.</summary>
    public int MinimumRsaBits { get; }

    /// <summary>A rule of exactly these algorithms, with RSA keys of 2048 bits or more.</summary>
    /// <param name="algorithms">At least one; none that is <see cref="SignatureAlgorithm.IsWeak"/>.</param>
    /// <exception cref="ArgumentException">Nothing is allowed, or something weak.</exception>
    public static AlgorithmRule Only(params ReadOnlySpan<SignatureAlgorithm> algorithms)
    {
        if (algorithms.IsEmpty)
        {
            throw new ArgumentException("Name at least one algorithm.", nameof(algorithms));
        }

        foreach (var algorithm in algorithms)
        {
            if (algorithm.IsWeak)
            {
                throw new ArgumentException($"{algorithm} is allowed by {nameof(AlgorithmPolicy)}.{nameof(AlgorithmPolicy.DangerouslyAllowWeak)} only.", nameof(algorithms));
            }
        }

        return new(algorithms.ToArray(), [], PublicKey.MinimumRsaBits);
    }

    /// <summary>This rule narrowed to one algorithm, e.g. the one a client registered; empty when the rule did not allow it.</summary>
    /// <param name="algorithm">The only algorithm to keep.</param>
    public AlgorithmRule Restrict(SignatureAlgorithm algorithm) => new(Allows(algorithm) ? [algorithm] : [], _exceptions, MinimumRsaBits);

    /// <summary>Whether the algorithm may be used.</summary>
    /// <param name="algorithm">The algorithm.</param>
    public bool Allows(SignatureAlgorithm algorithm) => Array.IndexOf(_algorithms, algorithm) >= 0;

    /// <summary>Whether the algorithm may be used with the key: allowed, of the key's kind, and the key large enough.</summary>
    /// <param name="algorithm">The algorithm.</param>
    /// <param name="key">The key.</param>
    public bool Allows(SignatureAlgorithm algorithm, PublicKey key)
    {
        ArgumentNullException.ThrowIfNull(key);
        return Allows(algorithm) && key.Supports(algorithm) && (key.Kind != KeyKind.Rsa || key.SizeInBits >= MinimumRsaBits);
    }

    /// <summary>
    /// Whether the hash may bind data that a signature of this use covers (a message digest, a reference of an XML signature, a time stamp's imprint): SHA-2 always,
    /// SHA-1 where the rule allows a SHA-1 signature.
    /// </summary>
    /// <param name="digest">The hash.</param>
    public bool Allows(DigestAlgorithm digest)
    {
        ArgumentNullException.ThrowIfNull(digest);
        return !digest.IsWeak || Array.Exists(_algorithms, a => a.Hash == digest.Hash);
    }

    /// <summary>
    /// Whether the rule allows this signature by a loudly named exception only: a weak algorithm, PKCS#1 v1.5 where tokens are signed, or an RSA key below 2048 bits.
    /// A verifier reports it (<c>UsedWeakAlgorithm</c>), so that nobody takes an old signature for a good one.
    /// </summary>
    /// <param name="algorithm">The algorithm.</param>
    /// <param name="key">The key.</param>
    /// <returns>False also when the rule does not allow it at all.</returns>
    public bool AllowsOnlyAsWeak(SignatureAlgorithm algorithm, PublicKey key) =>
        Allows(algorithm, key) && (Array.IndexOf(_exceptions, algorithm) >= 0 || (key.Kind == KeyKind.Rsa && key.SizeInBits < PublicKey.MinimumRsaBits));

    /// <summary>Whether the rule allows this hash by a loudly named exception only.</summary>
    /// <param name="digest">The hash.</param>
    public bool AllowsOnlyAsWeak(DigestAlgorithm digest) => Allows(digest) && digest.IsWeak;

    /// <inheritdoc/>
    public override string ToString() => string.Join(' ', _algorithms.Select(a => a.Name));
}
