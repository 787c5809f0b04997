namespace MedId.Jpki.Certificates;

/// <summary>What a standing may do and keep. Our reading of the sources named, not legal advice; replace a row by <see cref="JpkiStandingTable.With"/> on counsel's word.</summary>
public sealed record JpkiStandingRule
{
    /// <summary>Which standing.</summary>
    public required JpkiStanding Standing { get; init; }

    /// <summary>Its name in configuration and on the command line.</summary>
    public required string Name { get; init; }

    /// <summary>Its name for people, in Japanese.</summary>
    public required string Japanese { get; init; }

    /// <summary>Whether it may check certificates and revocation itself.</summary>
    public required bool MayVerifyLocally { get; init; }

    /// <summary>Whether it may have a platform operator check.</summary>
    public required bool MayUsePlatform { get; init; }

    /// <summary>What it may keep. An item without a row is refused.</summary>
    public required IReadOnlyList<RetentionRule> Retention { get; init; }

    /// <summary>The articles, as the source numbers them.</summary>
    public required string Article { get; init; }

    /// <summary>How well the row is known.</summary>
    public required DataCertainty Certainty { get; init; }
}
