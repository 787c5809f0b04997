namespace MedId.Cryptography;

/// <summary>What the header and the claims of a token have to be, whoever made it and however. Whatever decides is a required member: nothing is skipped by leaving it out.</summary>
public abstract record JwtClaimExpectations
{
    private protected JwtClaimExpectations()
    {
    }

    /// <summary>The clock skew allowed unless told otherwise: 10 seconds, as FAPI 2.0 §5.3.2.1 allows at least.</summary>
    public static readonly TimeSpan DefaultClockSkew = TimeSpan.FromSeconds(10);

    /// <summary>The <c>typ</c> of the header.</summary>
    public required JwtTypeRule Type { get; init; }

    /// <summary>The <c>iss</c>, octet by octet.</summary>
    public required string Issuer { get; init; }

    /// <summary>The <c>aud</c>.</summary>
    public required JwtAudienceRule Audience { get; init; }

    /// <summary>The time that counts.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>How long the token may be good for.</summary>
    public required JwtLifetimeRule Lifetime { get; init; }

    /// <summary>How far two clocks may differ; widens every bound of time. Not negative.</summary>
    public TimeSpan ClockSkew { get; init; } = DefaultClockSkew;

    /// <summary>The <c>sub</c>, octet by octet; null when any or none will do.</summary>
    public string? Subject { get; init; }

    /// <summary>Claims that have to be there, besides those that other members ask for. JSON null counts as missing.</summary>
    public IReadOnlyCollection<string> RequiredClaims { get; init; } = [];

    /// <summary>The most characters accepted.</summary>
    public int MaxLength { get; init; } = CompactJws.DefaultMaxLength;
}
