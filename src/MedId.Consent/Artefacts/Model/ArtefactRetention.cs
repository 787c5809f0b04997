namespace MedId.Consent;

/// <summary>How long the recipient may keep data: until a moment, for a span, or as the words say. Exactly one of the three.</summary>
public sealed record ArtefactRetention
{
    private ArtefactRetention()
    {
    }

    /// <summary>The moment at which it is erased.</summary>
    public DateTimeOffset? Until { get; private init; }

    /// <summary>The unit of the span, counted from when it was fetched; <see cref="ArtefactTimeUnit.Unlimited"/> for ever.</summary>
    public ArtefactTimeUnit? Unit { get; private init; }

    /// <summary>How many units.</summary>
    public long? Value { get; private init; }

    /// <summary>Words that are neither.</summary>
    public string? Text { get; private init; }

    /// <summary>Until a moment.</summary>
    /// <param name="until">The moment.</param>
    public static ArtefactRetention At(DateTimeOffset until) => new() { Until = until };

    /// <summary>For a span.</summary>
    /// <param name="unit">The unit.</param>
    /// <param name="value">How many; 0 with <see cref="ArtefactTimeUnit.Unlimited"/>.</param>
    public static ArtefactRetention For(ArtefactTimeUnit unit, long value) => new() { Unit = unit, Value = value };

    /// <summary>As the words say.</summary>
    /// <param name="text">The words.</param>
    public static ArtefactRetention InWords(string text) => new() { Text = text };
}
