namespace MedId.Core;

/// <summary>What was found when a consent was held against the laws, kept beside it. A summary of findings, no legal advice; <see cref="Digest"/> is over the findings as they were.</summary>
public sealed record ConsentLawCheck
{
    /// <summary>The day on which the table of rules was put together, <c>yyyy-MM-dd</c>.</summary>
    public required string Table { get; init; }

    /// <summary>The laws, by identifier.</summary>
    public required IReadOnlyList<string> Laws { get; init; }

    /// <summary>The verdict of all binding rules together: <c>pass</c>, <c>fail</c>, <c>undecidable</c> or <c>not-applicable</c>.</summary>
    public required string Verdict { get; init; }

    /// <summary>Rules that were not met and that the OP only records, by identifier.</summary>
    public required IReadOnlyList<string> NotMet { get; init; }

    /// <summary>Rules that could not be decided, by identifier.</summary>
    public required IReadOnlyList<string> Undecided { get; init; }

    /// <summary>base64url of SHA-256 over the canonical form (RFC 8785) of all findings: rule, verdict, facts that decided and facts that are missing.</summary>
    public required string Digest { get; init; }
}
