using MedId.Cryptography;
using MedId.Pki;

namespace MedId.Signatures;

/// <summary>Whose time-stamps prove a time (RFC 3161 §2.3, §4).</summary>
public sealed record TimestampPolicy
{
    /// <summary>The trusted services. Empty: none is.</summary>
    public required IReadOnlyList<TimestampService> Services { get; init; }

    /// <summary>
    /// Which algorithms time-stamps may be signed with. Asked at the time of verification and not at genTime, which the token states itself: whoever breaks an algorithm could date a token back.
    /// </summary>
    public required AlgorithmPolicy Algorithms { get; init; }

    /// <summary>What is asked of the service's path at genTime, above all revocation. The extended key usage of RFC 3161 §2.3 is always asked for besides.</summary>
    public required PathPolicy Path { get; init; }

    /// <summary>The worst accuracy that is accepted; a token that states none is refused then. Null: not asked.</summary>
    public TimeSpan? MaxAccuracy { get; init; }

    /// <summary>How far genTime may lie after the verification's own time, for clocks that differ. Zero by default.</summary>
    public TimeSpan ClockSkew { get; init; }

    /// <summary>Whether a certificate named by its SHA-1 hash (RFC 3161 before RFC 5816) counts as named. False by default.</summary>
    public bool AcceptSha1SigningCertificate { get; init; }
}
