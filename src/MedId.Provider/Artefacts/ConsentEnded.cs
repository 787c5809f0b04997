using MedId.Core;

namespace MedId.Provider;

/// <summary>That consents of a person have ended before their time; no name, no content.</summary>
public sealed record ConsentEnded
{
    /// <summary>The tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The consent.</summary>
    public required string ConsentId { get; init; }

    /// <summary>The receiving client.</summary>
    public required string ClientId { get; init; }

    /// <summary>The resource that it opened.</summary>
    public required string Resource { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }
}
