namespace MedId.Cryptography;

/// <summary>The algorithms allowed for one use at one time; what <see cref="AlgorithmPolicy.For"/> gives to a verifier.</summary>
public sealed class AlgorithmRule
{
    private readonly SignatureAlgorithm[] _algorithms;

    internal AlgorithmRule(SignatureAlgorithm[] algorithms, int minimumRsaBits)
    {
        _algorithms = algorithms;
        MinimumRsaBits = minimumRsaBits;
    }

    /// <summary>The allowed algorithms, the preferred ones first. Empty means that everything is refused.</summary>
    public IReadOnlyList<SignatureAlgorithm> Algorithms => _algorithms;

    /// <summary>The smallest RSA modulus accepted, in bits.</summary>
    public int MinimumRsaBits { get; }

    /// <summary>A rule of exactly these algorithms, with RSA keys of 2048 bits or more.</summary>
    /// <param name="algorithms">At least one.</param>
    /// <exception cref="ArgumentException">Nothing is allowed.</exception>
    public static AlgorithmRule Only(params ReadOnlySpan<SignatureAlgorithm> algorithms) => algorithms.IsEmpty
        ? throw new ArgumentException("Name at least one algorithm.", nameof(algorithms))
        : new(algorithms.ToArray(), PublicKey.MinimumRsaBits);

    /// <summary>This rule narrowed to one algorithm, e.g. the one a client registered; empty when the rule did not allow it.</summary>
    /// <param name="algorithm">The only algorithm to keep.</param>
    public AlgorithmRule Restrict(SignatureAlgorithm algorithm) => new(Allows(algorithm) ? [algorithm] : [], MinimumRsaBits);

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

    /// <inheritdoc/>
    public override string ToString() => string.Join(' ', _algorithms.Select(a => a.Name));
}
