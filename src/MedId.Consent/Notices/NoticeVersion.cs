namespace MedId.Consent;

/// <summary>One version of a notice: its content in stable codes, so that versions can be compared without reading prose, and the digest of its wording in each language.</summary>
public sealed record NoticeVersion
{
    /// <summary>The notice.</summary>
    public required string NoticeId { get; init; }

    /// <summary>Its version; higher is later.</summary>
    public required int Version { get; init; }

    /// <summary>From when on it is shown.</summary>
    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>Who is responsible, by identifier.</summary>
    public required IReadOnlyCollection<string> Controllers { get; init; }

    /// <summary>Who receives the data, by identifier.</summary>
    public required IReadOnlyCollection<string> Recipients { get; init; }

    /// <summary>Purposes, by code.</summary>
    public required IReadOnlyCollection<string> Purposes { get; init; }

    /// <summary>Classes of data, by code.</summary>
    public required IReadOnlyCollection<string> Data { get; init; }

    /// <summary>How long it is kept, by ISO 8601 duration per class where they differ (<c>P5Y</c>, <c>Observation P1Y</c>).</summary>
    public required IReadOnlyCollection<string> Retention { get; init; }

    /// <summary>Third parties to which it goes on, by identifier.</summary>
    public IReadOnlyCollection<string> ThirdParties { get; init; } = [];

    /// <summary>Countries to which it goes, by ISO 3166 code.</summary>
    public IReadOnlyCollection<string> Countries { get; init; } = [];

    /// <summary>Rights, by code.</summary>
    public IReadOnlyCollection<string> Rights { get; init; } = [];

    /// <summary>How to reach who is responsible.</summary>
    public IReadOnlyCollection<string> Contacts { get; init; } = [];

    /// <summary>Where the impact assessment is found; null: none is named.</summary>
    public string? ImpactAssessment { get; init; }

    /// <summary>What it states, as facts of <see cref="ConsentCase"/> that begin with <c>notice_</c>. What is not in it is not stated.</summary>
    public required IReadOnlyCollection<string> States { get; init; }

    /// <summary>base64url of the SHA-256 of the whole wording, by BCP 47 language.</summary>
    public required IReadOnlyDictionary<string, string> Wordings { get; init; }

    /// <summary>The items that a law asks every notice for and that this one does not state (minimum contents).</summary>
    /// <param name="law">The law.</param>
    public IReadOnlyList<string> Missing(Law law)
    {
        ArgumentNullException.ThrowIfNull(law);
        return [.. law.NoticeItems.Where(i => !States.Contains(i, StringComparer.Ordinal))];
    }
}
