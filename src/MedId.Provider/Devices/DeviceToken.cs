using MedId.Core;

namespace MedId.Provider;

/// <summary>The short right of a device that has just proved its key: to one request, or to the consent history.</summary>
public sealed record DeviceToken
{
    /// <summary>The tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>Labelled SHA-256 of the token, base64url.</summary>
    public required string Digest { get; init; }

    /// <summary>The account.</summary>
    public required string AccountId { get; init; }

    /// <summary>The request it opens; null for the consent history.</summary>
    public string? RequestId { get; init; }

    /// <summary>The device that proved its key (<see cref="Device.Id"/>): the token ends with its right to act. Null for tokens of an earlier version.</summary>
    public string? DeviceId { get; init; }

    /// <summary>Its end.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}
