namespace MedId.Provider;

/// <summary>The device whose verified act an approval rests on, and what the store compares and moves on.</summary>
public sealed record DeviceUse
{
    /// <summary>Whose device it is: the person's, or the proxy's.</summary>
    public required string AccountId { get; init; }

    /// <summary>The authenticator's model (AAID).</summary>
    public required string Model { get; init; }

    /// <summary>The key id, base64url.</summary>
    public required string KeyId { get; init; }

    /// <summary>The signature counter that the verifier compared with.</summary>
    public required long ExpectedCounter { get; init; }

    /// <summary>The signature counter received.</summary>
    public required long NextCounter { get; init; }

    /// <summary>Whether the act said that the passkey is backed up; null for other devices.</summary>
    public bool? BackedUp { get; init; }

    /// <summary>The model only.</summary>
    public override string ToString() => Model;
}
