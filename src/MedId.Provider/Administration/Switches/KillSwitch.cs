namespace MedId.Provider;

/// <summary>A line of the kill switch as it stands: dated, and signed by who ordered it.</summary>
public sealed record KillSwitch
{
    /// <summary>What it stops.</summary>
    public required KillSwitchTarget Target { get; init; }

    /// <summary>Whether it stops it now; otherwise it was released.</summary>
    public required bool Engaged { get; init; }

    /// <summary>For <see cref="KillSwitchKind.Tokens"/>: whether tokens that are out are inactive while it stands. For clients, resource servers and models they always are.</summary>
    public bool IncludesIssued { get; init; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The administration client that signed the order.</summary>
    public required string ClientId { get; init; }

    /// <summary>The operator who ordered it.</summary>
    public required string OperatorId { get; init; }

    /// <summary>The operator who ordered the same before, where two have to; null otherwise.</summary>
    public string? FirstOperatorId { get; init; }

    /// <summary>Why, by a code of the operator's own: lower case letters, digits and hyphens.</summary>
    public required string Reason { get; init; }

    /// <summary>The order as it was signed (compact JWS), to be verified by the client's key later.</summary>
    public required string Order { get; init; }

    /// <summary>The version of its setting.</summary>
    public long Version { get; init; }

    /// <summary>Target and state.</summary>
    public override string ToString() => $"{Target} {(Engaged ? "engaged" : "released")}";
}
