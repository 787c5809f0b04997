using MedId.Core;

namespace MedId.Provider;

/// <summary>What was found out about a piece of an audit trail.</summary>
public sealed record AuditReport
{
    /// <summary>Why it is not whole; null when it is.</summary>
    public MedIdError? Error { get; init; }

    /// <summary>The place of the entry at which it failed, from 1; null where it is not about one.</summary>
    public long? At { get; init; }

    /// <summary>The head after the last entry that was found right; the next piece is verified from here.</summary>
    public required AuditHead Head { get; init; }

    /// <summary>Whether nothing is wrong. Without a head that was kept elsewhere this says nothing against whoever writes the trail.</summary>
    public bool IsWhole => Error is null;
}
