using MedId.Core;
using MedId.Cryptography;

namespace MedId.Pki;

/// <summary>Who signed whom, verified at most once for each pair, and counted over a whole validation.</summary>
internal sealed class PathLinks(PathPolicy policy, DateTimeOffset at)
{
    private const string SignatureSection = "RFC 5280 §6.1.3 (a)(1)";

    private readonly AlgorithmRule _rule = policy.Algorithms.For(SignatureUse.Certificate, at);
    private readonly Dictionary<(Certificate Child, PublicKey Key), (MedIdError? Refusal, bool IsWeak)> _known = [];

    /// <summary>How many signatures were verified.</summary>
    public int Signatures { get; private set; }

    /// <summary>Whether a signature was not verified because too many were before.</summary>
    public bool IsExhausted { get; private set; }

    /// <summary>Null when the key made the certificate's signature, with an algorithm that policy allows at the reference time.</summary>
    public MedIdError? Verify(Certificate child, PublicKey? key) => key is null
        ? new(PkiErrorCodes.KeyUnusable, ErrorCategory.Unsupported, "RFC 5280 §4.1.2.7", "the issuer's key is malformed, or of a kind or size that is not used here")
        : Find(child, key).Refusal;

    /// <summary>Whether the signature, which was verified, counts only by an exception of the policy.</summary>
    public bool IsWeak(Certificate child, PublicKey key) => Find(child, key).IsWeak;

    private (MedIdError? Refusal, bool IsWeak) Find(Certificate child, PublicKey key)
    {
        if (_known.TryGetValue((child, key), out var known))
        {
            return known;
        }

        var judged = Judge(child, key);
        if (!IsExhausted)
        {
            _known.Add((child, key), judged);
        }

        return judged;
    }

    private (MedIdError? Refusal, bool IsWeak) Judge(Certificate child, PublicKey key)
    {
        if (!SignatureAlgorithm.TryFromX509(child.SignatureAlgorithm.RawData.Span, key, out var algorithm))
        {
            return (new(PkiErrorCodes.AlgorithmUnsupported, ErrorCategory.Unsupported, SignatureSection, $"{child.SignatureAlgorithm.Oid} with a key of the kind {key.Kind}"), false);
        }

        if (!_rule.Allows(algorithm, key))
        {
            return (new(PkiErrorCodes.AlgorithmNotAllowed, ErrorCategory.Policy, SignatureSection, $"{algorithm} with {key.SizeInBits} bits"), false);
        }

        if (Signatures >= policy.MaxSignatures)
        {
            IsExhausted = true;
            return (new(PkiErrorCodes.PathLimit, ErrorCategory.Policy, SignatureSection, $"{policy.MaxSignatures} signatures were verified"), false);
        }

        Signatures++;
        return child.HasWholeSignature && key.Verify(algorithm, child.TbsCertificate.Span, child.Signature.Span)
            ? (null, _rule.AllowsOnlyAsWeak(algorithm, key))
            : (new(PkiErrorCodes.Signature, ErrorCategory.Untrusted, SignatureSection), false);
    }
}
