using MedId.Core;

namespace MedId.Provider;

/// <summary>A consent given beforehand, from which requests are decided without asking a device again. Never unlimited: it has an end, recipients and purposes.</summary>
public sealed record StandingConsent
{
    /// <summary>The tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>128 random bits or more, base64url.</summary>
    public required string Id { get; init; }

    /// <summary>The person.</summary>
    public required string Subject { get; init; }

    /// <summary>How it was given.</summary>
    public required StandingConsentKind Kind { get; init; }

    /// <summary>The resource whose data it opens (RFC 8707).</summary>
    public required string Resource { get; init; }

    /// <summary>The client ids that may use it; empty for a one-time code, or when a <see cref="TrustFramework"/> names them.</summary>
    public required IReadOnlyList<string> Recipients { get; init; }

    /// <summary>The trust framework whose vetted RPs may use it; null when <see cref="Recipients"/> names them.</summary>
    public string? TrustFramework { get; init; }

    /// <summary>The resource scopes that it opens.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>The purposes for which it may be used, codes of HL7 v3 ActReason.</summary>
    public required IReadOnlyList<string> Purposes { get; init; }

    /// <summary>How long one use opens data.</summary>
    public required TimeSpan Access { get; init; }

    /// <summary>When it was given.</summary>
    public required DateTimeOffset GivenAt { get; init; }

    /// <summary>When this OP heard of it; null: when it was given. Only what a desk records is given before it is heard of.</summary>
    public DateTimeOffset? RecordedAt { get; init; }

    /// <summary>Its end, exclusive.</summary>
    public required DateTimeOffset ValidUntil { get; init; }

    /// <summary>How often it may be used; null: until its end.</summary>
    public int? MaxUses { get; init; }

    /// <summary>What was shown and chosen.</summary>
    public required ConsentNoticeRecord Notice { get; init; }

    /// <summary>The act of the person's device; null for paper and words.</summary>
    public ConsentAct? Act { get; init; }

    /// <summary>Who took it; null where a device acted.</summary>
    public StandingConsentWitness? Witness { get; init; }

    /// <summary>The device that acted; null where none did.</summary>
    public string? DeviceId { get; init; }

    /// <summary>Keyed digest of the one-time code; null for other kinds.</summary>
    public string? CodeDigest { get; init; }

    /// <summary>The stored state.</summary>
    public ConsentStatus Status { get; init; } = ConsentStatus.Given;

    /// <summary>When it was withdrawn; null while it stands.</summary>
    public DateTimeOffset? WithdrawnAt { get; init; }

    /// <summary>How often it was used.</summary>
    public int Uses { get; init; }

    /// <summary>Whether it may be used once more.</summary>
    /// <param name="at">The moment.</param>
    public bool MayBeUsed(DateTimeOffset at) => Status == ConsentStatus.Given && at < ValidUntil && (MaxUses is null || Uses < MaxUses);

    /// <summary>Kind and id.</summary>
    public override string ToString() => $"{Kind} {Id}";
}
