namespace MedId.Provider;

/// <summary>One line of a consent's history.</summary>
public sealed record DashboardLine
{
    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The kind of line, as recorded.</summary>
    public required string Kind { get; init; }

    /// <summary>The kind in words.</summary>
    public required DashboardText Text { get; init; }

    /// <summary>Whether there are words for this kind. A line that has none is shown by its name, never left out.</summary>
    public required bool IsKnown { get; init; }

    /// <summary>Who acted, as recorded; null when it was the person, or nobody.</summary>
    public string? By { get; init; }

    /// <summary>Who acted, by name where the record knows it.</summary>
    public string? ByName { get; init; }
}
