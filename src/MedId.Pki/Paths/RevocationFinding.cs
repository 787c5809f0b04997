using MedId.Core;

namespace MedId.Pki;

/// <summary>What the evidence says about one certificate of a path, and which evidence said it.</summary>
public sealed record RevocationFinding
{
    /// <summary>The certificate.</summary>
    public required Certificate Certificate { get; init; }

    /// <summary>What is known of it.</summary>
    public required RevocationStatus Status { get; init; }

    /// <summary>Why it was revoked; null when it was not, or nobody said.</summary>
    public CrlReason? Reason { get; init; }

    /// <summary>Since when it is revoked; null when it is not.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>The evidence that decided; null when none did.</summary>
    public EvidenceSource? Source { get; init; }

    /// <summary>Why nothing better is known: what was wrong with the evidence, or that there was none. Null when the status is good or revoked.</summary>
    public MedIdError? Why { get; init; }

    /// <summary>Whether the evidence's signature was accepted only because policy allows an algorithm or key that the default policy does not.</summary>
    public bool UsedWeakAlgorithm { get; init; }
}
