namespace MedId.Provider;

/// <summary>What a good act of a passkey gives.</summary>
public sealed record PasskeyOutcome
{
    /// <summary>The act.</summary>
    public required CeremonyKind Kind { get; init; }

    /// <summary>The device that acted or was enrolled (<see cref="Device.Id"/>).</summary>
    public required string DeviceId { get; init; }

    /// <summary>After a sign-in the token for history and devices, after an opening the token for the request; null otherwise.</summary>
    public string? DeviceToken { get; init; }

    /// <summary>After a sign-in the requests that wait for the person, each with a token of its own.</summary>
    public IReadOnlyList<WaitingRequest> Waiting { get; init; } = [];

    /// <summary>After the act that signed a consent given beforehand: what was given; null otherwise.</summary>
    public StandingGiven? Standing { get; init; }

    /// <summary>The act only.</summary>
    public override string ToString() => $"{Kind}";
}
