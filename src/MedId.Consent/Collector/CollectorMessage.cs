namespace MedId.Consent;

/// <summary>A message between the parties. No message has a place for data: data goes from provider to consumer, past gateway and manager.</summary>
public abstract record CollectorMessage
{
    /// <summary>Its identifier: a UUID in lower case, never used again.</summary>
    public required string Id { get; init; }

    /// <summary>When it was sent.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who sends it, as the gateway knows the party.</summary>
    public required string From { get; init; }

    /// <summary>To whom.</summary>
    public required string To { get; init; }
}
