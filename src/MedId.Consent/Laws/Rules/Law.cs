namespace MedId.Consent;

/// <summary>A rule set: a law or a standard in one edition.</summary>
public sealed record Law
{
    /// <summary>Its identifier; those of this package are <see cref="LawIds"/>.</summary>
    public required string Id { get; init; }

    /// <summary>Its name.</summary>
    public required LawText Name { get; init; }

    /// <summary>The edition that the rules were read in.</summary>
    public required string Edition { get; init; }

    /// <summary>The places whose law it is, in the codes of <see cref="ConsentCase.SubjectJurisdiction"/>; empty for a standard, which applies where it is named.</summary>
    public required IReadOnlyList<string> Places { get; init; }

    /// <summary>Whether a fail is a breach of law. False for standards.</summary>
    public required bool IsBinding { get; init; }

    /// <summary>The facts named <c>notice_…</c> that its notice has to state at least, whatever the case.</summary>
    public required IReadOnlyList<string> NoticeItems { get; init; }

    /// <summary>What of a case is under it at all.</summary>
    internal LawCondition Scope { get; init; } = new LawCondition.Always();

    /// <inheritdoc/>
    public override string ToString() => $"{Id} ({Edition})";
}
