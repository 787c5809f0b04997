namespace MedId.Core;

/// <summary>The framework and edition within which a level means something. Levels of different editions are never compared.</summary>
/// <remarks>SP 800-63-3 and SP 800-63-4 use the same names for different conditions; a level without its edition is meaningless.</remarks>
public sealed class AssuranceEdition
{
    private AssuranceEdition(string id, string title)
    {
        Id = id;
        Title = title;
    }

    /// <summary>NIST SP 800-63-3 (2017, with the updates of 2020), which the Japanese study of 2020 cites.</summary>
    public static AssuranceEdition Nist80063Rev3 { get; } = new("nist-800-63-3", "NIST SP 800-63-3");

    /// <summary>NIST SP 800-63-4 (2025).</summary>
    public static AssuranceEdition Nist80063Rev4 { get; } = new("nist-800-63-4", "NIST SP 800-63-4");

    /// <summary>The identifier used in configuration and records.</summary>
    public string Id { get; }

    /// <summary>The document's name.</summary>
    public string Title { get; }

    /// <summary>Finds an edition that this release can evaluate.</summary>
    /// <param name="id">The identifier, compared ordinally.</param>
    /// <returns>The edition, or null: levels of an unknown edition are not evaluable.</returns>
    public static AssuranceEdition? Find(string? id) => id switch
    {
        "nist-800-63-3" => Nist80063Rev3,
        "nist-800-63-4" => Nist80063Rev4,
        _ => null,
    };

    /// <inheritdoc/>
    public override string ToString() => Id;
}
