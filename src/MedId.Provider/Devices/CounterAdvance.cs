using MedId.Core;

namespace MedId.Provider;

/// <summary>What an accepted act changes in its device.</summary>
public sealed record CounterAdvance
{
    /// <summary>The tenant.</summary>
    public required TenantId Tenant { get; init; }

    /// <summary>The authenticator's model.</summary>
    public required string Model { get; init; }

    /// <summary>The key id, base64url.</summary>
    public required string KeyId { get; init; }

    /// <summary>The value that the verifier compared with.</summary>
    public required long Expected { get; init; }

    /// <summary>The value received; may equal <see cref="Expected"/> when the authenticator has no counter.</summary>
    public required long Next { get; init; }

    /// <summary>Whether the act said that the passkey is backed up; null for other devices, and changes nothing then.</summary>
    public bool? BackedUp { get; init; }

    /// <summary>Now.</summary>
    public required DateTimeOffset At { get; init; }
}
