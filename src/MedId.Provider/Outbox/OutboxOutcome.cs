namespace MedId.Provider;

/// <summary>What became of one attempt.</summary>
public sealed record OutboxOutcome
{
    private OutboxOutcome()
    {
    }

    /// <summary>The message is done with.</summary>
    public static OutboxOutcome Done { get; } = new();

    /// <summary>When to try again; null when there is no next attempt.</summary>
    public DateTimeOffset? DueAt { get; private init; }

    /// <summary>What the handler keeps for the next attempt.</summary>
    public string? Body { get; private init; }

    /// <summary>Why nobody tries any more, as one of this library's codes; null when the message was told or is tried again.</summary>
    public string? Code { get; private init; }

    /// <summary>Try again.</summary>
    /// <param name="dueAt">When.</param>
    /// <param name="body">What to keep until then.</param>
    public static OutboxOutcome Again(DateTimeOffset dueAt, string? body = null) => new() { DueAt = dueAt, Body = body };

    /// <summary>Nobody will ever take it.</summary>
    /// <param name="code">Why.</param>
    public static OutboxOutcome GiveUp(string code) => new() { Code = code };
}
