namespace MedId.Provider;

/// <summary>How far an announcement came with one device.</summary>
internal sealed record DeviceTry
{
    public required string Device { get; init; }

    public int Attempts { get; init; }

    public DateTimeOffset? FirstAt { get; init; }

    /// <summary>When the channel took it.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>When to try again.</summary>
    public DateTimeOffset? DueAt { get; init; }

    /// <summary>Why nobody tries any more.</summary>
    public string? Failed { get; init; }
}
