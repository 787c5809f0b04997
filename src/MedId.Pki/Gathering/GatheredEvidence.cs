namespace MedId.Pki;

/// <summary>What was gathered, and what was not and why.</summary>
public sealed record GatheredEvidence
{
    /// <summary>The evidence, with what the caller gave along; ready for <see cref="PathValidator"/>.</summary>
    public required PathEvidence Evidence { get; init; }

    /// <summary>The certificates above the target that were found, in order, the target first; the anchor is not among them.</summary>
    public required IReadOnlyList<Certificate> Chain { get; init; }

    /// <summary>Every source that was tried, in no particular order.</summary>
    public required IReadOnlyList<EvidenceAttempt> Attempts { get; init; }

    /// <summary>Whether the time for the whole gathering ran out, or its queries did; then more evidence may be there than was found.</summary>
    public required bool IsCutShort { get; init; }

    /// <summary>The sources tried for one certificate.</summary>
    /// <param name="certificate">The certificate.</param>
    public IEnumerable<EvidenceAttempt> AttemptsFor(Certificate certificate) => Attempts.Where(attempt => attempt.Certificate.Equals(certificate));
}
