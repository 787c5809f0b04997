namespace MedId.Provider;

/// <summary>
/// What happened, before it has its place in the trail: identifiers, codes and times, never a token, key, name, address, hint or free text. Who needs the words finds them by the identifiers
/// where they may be erased.
/// </summary>
public sealed record AuditLine
{
    /// <summary>What happened.</summary>
    public required AuditEventKind Event { get; init; }

    /// <summary>When; whole microseconds count, finer parts are cut off.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>How it went.</summary>
    /// <value><see cref="AuditOutcome.Success"/>.</value>
    public AuditOutcome Outcome { get; init; }

    /// <summary>Who took part; the first is who began it.</summary>
    public IReadOnlyList<AuditAgent> Agents { get; init; } = [];

    /// <summary>The account of the person whom it is about; null where none is known.</summary>
    public string? Subject { get; init; }

    /// <summary>The consent, or the standing consent.</summary>
    public string? ConsentId { get; init; }

    /// <summary>The access request, by its opaque id.</summary>
    public string? RequestId { get; init; }

    /// <summary>The device (<see cref="Device.Id"/>), the relation or another thing that changed, by its identifier at this OP.</summary>
    public string? ObjectId { get; init; }

    /// <summary>The resource server whose data it is (RFC 8707 resource).</summary>
    public string? Resource { get; init; }

    /// <summary>The scopes asked for, granted or used.</summary>
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>The purpose by its code of HL7 v3 ActReason, e.g. <c>TREAT</c> or <c>BTG</c>; null where none of that system is known.</summary>
    public string? Purpose { get; init; }

    /// <summary>Why or how, by a code; never a text that somebody typed.</summary>
    public string? Reason { get; init; }

    /// <summary>The code of the error where it was refused or failed.</summary>
    public string? ErrorCode { get; init; }

    /// <summary>Event and outcome.</summary>
    public override string ToString() => $"{At:O} {Event} {Outcome}";
}
