using MedId.Core;

namespace MedId.Consent;

/// <summary>A request for a right, or a duty that began, with its clock and what happened to it.</summary>
public sealed record RightRequest
{
    /// <summary>Its identifier.</summary>
    public required string Id { get; init; }

    /// <summary>The term that it runs under.</summary>
    public required RightClock Clock { get; init; }

    /// <summary>Which right.</summary>
    public required RightKind Kind { get; init; }

    /// <summary>When it came; for a breach, when it became known.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The person's time zone; null: UTC.</summary>
    public TimeZoneInfo? Zone { get; init; }

    /// <summary>Business days, where the clock counts in them.</summary>
    public BusinessCalendar? Calendar { get; init; }

    /// <summary>The reference to an impact assessment that was made for it; null: none.</summary>
    public string? ImpactAssessment { get; init; }

    /// <summary>What happened, oldest first.</summary>
    public IReadOnlyList<RightEvent> Events { get; init; } = [];

    /// <summary>Whether the term was extended.</summary>
    public bool IsExtended => Events.Any(e => e.Kind == RightEventKind.Extended);

    /// <summary>Whether it is done or refused.</summary>
    public bool IsClosed => Events is [.., { Kind: RightEventKind.Done or RightEventKind.Refused }];

    /// <summary>The last moment in time, as <see cref="RightClocks.Due"/> computes it.</summary>
    public MedIdResult<DateTimeOffset> Due() => RightClocks.Due(Clock, ReceivedAt, Zone, Calendar, IsExtended);

    /// <summary>Whether it is late, or was when it was closed.</summary>
    /// <param name="at">Now; not looked at when closed.</param>
    /// <returns>Null where no due date can be computed.</returns>
    public bool? IsLate(DateTimeOffset at) => Due() is { Succeeded: true } due ? (IsClosed ? Events[^1].At : at) > due.Value : null;

    /// <summary>Adds what happened.</summary>
    /// <param name="happened">The event.</param>
    /// <returns>The request with it; <c>consent.right_closed</c> after the end, <c>consent.right_event</c> for a time before the last event or a reason that is missing, <c>consent.clock_extension</c> for an extension
    /// that the law does not know, comes too late or comes twice.</returns>
    public MedIdResult<RightRequest> Apply(RightEvent happened)
    {
        ArgumentNullException.ThrowIfNull(happened);
        if (IsClosed)
        {
            return Error(ConsentErrorCodes.RightClosed);
        }

        if (happened.At < (Events.Count == 0 ? ReceivedAt : Events[^1].At) || (happened.Kind != RightEventKind.Done && string.IsNullOrWhiteSpace(happened.Reason)))
        {
            return Error(ConsentErrorCodes.RightEvent);
        }

        if (happened.Kind == RightEventKind.Extended && (IsExtended || Clock.Extension is null || Due() is not { Succeeded: true } due || happened.At > due.Value))
        {
            return Error(ConsentErrorCodes.ClockExtension);
        }

        return this with { Events = [.. Events, happened] };
    }

    private MedIdError Error(string code) => new(code, ErrorCategory.State, Clock.Source);
}
