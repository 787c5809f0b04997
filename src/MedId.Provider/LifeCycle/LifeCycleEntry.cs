namespace MedId.Provider;

/// <summary>A line of the history of a person's devices and account: who, when, what, from which state to which. Written in the transaction that it tells of; never changed.</summary>
public sealed record LifeCycleEntry
{
    /// <summary>The event of an enrolment; other names are those of <see cref="DeviceEvent"/> and <see cref="AccountEvent"/>.</summary>
    public const string Enrolled = nameof(Enrolled);

    /// <summary>The event of a new name for a device.</summary>
    public const string Renamed = nameof(Renamed);

    /// <summary>The event of a push address that reached nobody any more.</summary>
    public const string PushAddressCleared = nameof(PushAddressCleared);

    /// <summary>The event of a relation's registration; later ones are <c>Proxy</c> and the name of the <see cref="ProxyEvent"/>.</summary>
    public const string ProxyRegistered = nameof(ProxyRegistered);

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The account.</summary>
    public required string AccountId { get; init; }

    /// <summary>The device (<see cref="Device.Id"/>); null when the account itself changed.</summary>
    public string? DeviceId { get; init; }

    /// <summary>The relation that changed, told to both its accounts; null when a device or the account did.</summary>
    public string? RelationId { get; init; }

    /// <summary>What happened.</summary>
    public required string Event { get; init; }

    /// <summary>The state before; null for an enrolment.</summary>
    public string? From { get; init; }

    /// <summary>The state after.</summary>
    public required string To { get; init; }

    /// <summary>Who.</summary>
    public required LifeCycleActor Actor { get; init; }

    /// <summary>How the person had been checked, for an enrolment.</summary>
    public ProofingRecord? Proofing { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{At:O} {Event} {From} {To} {Actor}";
}
