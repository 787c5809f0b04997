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

    /// <summary>How the person was checked; null when nothing is said.</summary>
    public ProofingRecord? Proofing { get; init; }

    /// <summary>The device (<see cref="Device.Id"/>) that the new one takes the place of: it is unbound in the same step. Null for an additional device.</summary>
    public string? Replaces { get; init; }

    /// <summary>Its end.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
