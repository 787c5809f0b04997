namespace MedId.Provider;

/// <summary>What a person puts together before agreeing to it beforehand. As it came from a device: nothing of it is judged.</summary>
public sealed record StandingComposition
{
    /// <summary><see cref="StandingConsentKind.PreRegistered"/> or <see cref="StandingConsentKind.OneTimeCode"/>.</summary>
    public required StandingConsentKind Kind { get; init; }

    /// <summary>The resource whose data it shall open.</summary>
    public required string Resource { get; init; }

    /// <summary>The client ids that may use it; empty for a one-time code, or with a <see cref="TrustFramework"/>.</summary>
    public IReadOnlyList<string> Recipients { get; init; } = [];

    /// <summary>The trust framework whose vetted RPs may use it; null for named recipients.</summary>
    public string? TrustFramework { get; init; }

    /// <summary>The resource scopes that it shall open.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>The purposes, codes of HL7 v3 ActReason.</summary>
    public required IReadOnlyList<string> Purposes { get; init; }

    /// <summary>Its end; null for a one-time code, whose life is the OP's choice.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>How long one use shall open data.</summary>
    public required TimeSpan Access { get; init; }

    /// <summary>The kind only.</summary>
    public override string ToString() => Kind.ToString();
}
