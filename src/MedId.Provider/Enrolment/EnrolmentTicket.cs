using MedId.Core;

namespace MedId.Provider;

/// <summary>The right to enrol one device for one proofed account, once.</summary>
public sealed record EnrolmentTicket
{
    /// <summary>The tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>Labelled SHA-256 of the ticket, base64url; the ticket itself is given out once and never stored.</summary>
    public required string Digest { get; init; }

    /// <summary>The proofed account.</summary>
    public required string AccountId { get; init; }

    /// <summary>Its end.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
