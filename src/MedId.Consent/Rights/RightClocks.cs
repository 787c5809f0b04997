using MedId.Core;

namespace MedId.Consent;

/// <summary>The terms of the laws as a table, and the dates that follow. Pure: no clock is read; the caller says when, where and by which holidays.</summary>
/// <remarks>A due date is the last moment in time: at it the duty is met, one tick later it is late. Without a time zone of the person days are those of UTC.</remarks>
public static class RightClocks
{
    private const int YearInMonths = 12;

    /// <summary>The table.</summary>
    public static IReadOnlyList<RightClock> All { get; } =
    [
        new()
        {
            Id = "ccpa-answer", Law = LawIds.Ccpa, Kinds = [RightKind.Know, RightKind.Correct, RightKind.Erase, RightKind.Port], Amount = 45, Unit = ClockUnit.Days, Extension = 45,
            Source = "Cal. Civ. Code 1798.130(a)(2)", Certainty = LawCertainty.Sure, Text = new("Answer within 45 days, 45 more when the person is told.", "45日以内（通知により＋45日）に回答する。"),
        },
        new()
        {
            Id = "ccpa-stop", Law = LawIds.Ccpa, Kinds = [RightKind.OptOut, RightKind.LimitUse, RightKind.StopUse], Amount = 15, Unit = ClockUnit.BusinessDays,
            Source = "11 CCR 7026, 7027", Certainty = LawCertainty.Sure, Text = new("Stop sale and sharing, or limit the use, within 15 business days.", "15営業日以内に販売・共有を停止し又は利用を制限する。"),
        },
        new()
        {
            Id = "gdpr-answer", Law = LawIds.Gdpr, Kinds = [RightKind.Know, RightKind.Correct, RightKind.Erase, RightKind.Port, RightKind.StopUse, RightKind.LimitUse, RightKind.OptOut],
            Amount = 1, Unit = ClockUnit.Months, Extension = 2, Source = "GDPR 12(3)", Certainty = LawCertainty.Sure, Text = new("Answer within one month, two more when the person is told.", "1か月以内（通知により＋2か月）に回答する。"),
        },
        new()
        {
            Id = "gdpr-breach", Law = LawIds.Gdpr, Kinds = [RightKind.BreachNotice], Amount = 72, Unit = ClockUnit.Hours, Source = "GDPR 33(1)", Certainty = LawCertainty.Sure,
            Text = new("Tell the authority of a breach within 72 hours of knowing.", "漏えい等を認識してから72時間以内に当局へ報告する。"),
        },
        new()
        {
            Id = "appi-request", Law = LawIds.Appi, Kinds = [RightKind.Know, RightKind.Correct, RightKind.Erase, RightKind.StopUse, RightKind.OptOut], Source = "APPI 33, 34, 35 and 27(2)", Certainty = LawCertainty.Sure,
            Text = new("Without delay; the act names no number of days.", "遅滞なく対応する（日数の定めはない）。"),
        },
        new()
        {
            Id = "appi-breach", Law = LawIds.Appi, Kinds = [RightKind.BreachNotice], Amount = 30, Unit = ClockUnit.Days, Source = "APPI 26(1), rules 8(2)", Certainty = LawCertainty.Unverified,
            Text = new("The full report of a breach within 30 days; the first one promptly.", "漏えい等の確報は30日以内、速報は速やかに行う。"),
        },
    ];

    /// <summary>The term of a law for a right.</summary>
    /// <param name="law">One of <see cref="LawIds"/>.</param>
    /// <param name="kind">The right.</param>
    /// <returns>Null where the law of the table has none.</returns>
    public static RightClock? Find(string law, RightKind kind) => All.FirstOrDefault(c => string.Equals(c.Law, law, StringComparison.Ordinal) && c.Kinds.Contains(kind));

    /// <summary>The last moment in time.</summary>
    /// <param name="clock">The term.</param>
    /// <param name="from">The event: receipt of the request, knowledge of the breach.</param>
    /// <param name="zone">The person's time zone; null: UTC.</param>
    /// <param name="calendar">Business days; needed for <see cref="ClockUnit.BusinessDays"/>, not looked at otherwise.</param>
    /// <param name="isExtended">Whether the term was extended.</param>
    /// <returns>The moment; <c>consent.clock_open</c> where the law names no number, <c>consent.clock_extension</c> where the term cannot be extended, <c>consent.clock_calendar</c> where the calendar does not reach so far.</returns>
    /// <exception cref="ArgumentException">Business days without a calendar.</exception>
    public static MedIdResult<DateTimeOffset> Due(RightClock clock, DateTimeOffset from, TimeZoneInfo? zone = null, BusinessCalendar? calendar = null, bool isExtended = false)
    {
        ArgumentNullException.ThrowIfNull(clock);
        if (clock.Amount is not { } amount)
        {
            return Error(ConsentErrorCodes.ClockOpen, clock);
        }

        if (isExtended && clock.Extension is null)
        {
            return Error(ConsentErrorCodes.ClockExtension, clock);
        }

        amount += isExtended ? clock.Extension!.Value : 0;
        if (clock.Unit == ClockUnit.Hours)
        {
            return from.AddHours(amount);
        }

        var place = zone ?? TimeZoneInfo.Utc;
        var day = LocalDays.DayOf(from, place);
        switch (clock.Unit)
        {
            case ClockUnit.BusinessDays:
                var due = (calendar ?? throw new ArgumentException("Business days need a calendar.", nameof(calendar))).Add(day, amount);
                return due is { } last ? LocalDays.EndOf(last, place) : Error(ConsentErrorCodes.ClockCalendar, clock);
            case ClockUnit.Months:
                return LocalDays.EndOf(day.AddMonths(amount), place);
            default:
                return LocalDays.EndOf(day.AddDays(amount), place);
        }
    }

    /// <summary>From when on a Californian answer looks back: 12 months before the request, from the beginning of that day (1798.130(a)(2)(B)).</summary>
    /// <param name="received">When the request came.</param>
    /// <param name="zone">The person's time zone; null: UTC.</param>
    public static DateTimeOffset LookBackFrom(DateTimeOffset received, TimeZoneInfo? zone = null)
    {
        var place = zone ?? TimeZoneInfo.Utc;
        return LocalDays.StartOf(LocalDays.DayOf(received, place).AddMonths(-YearInMonths), place);
    }

    /// <summary>From when on a person who opted out may be asked again: 12 months, by the person's clock (1798.135(c)(4)). After 29 February it is 1 March, because less than the term is too early.</summary>
    /// <param name="optedOut">When the person opted out.</param>
    /// <param name="zone">The person's time zone; null: UTC.</param>
    public static DateTimeOffset MayAskAgainFrom(DateTimeOffset optedOut, TimeZoneInfo? zone = null) => LocalDays.AddMonths(optedOut, YearInMonths, zone ?? TimeZoneInfo.Utc, isOverflowForward: true);

    /// <summary>Until when a reminder of the right to withdraw is due: 12 months after the last one (ePrivacy draft of 2021, 4a(3); no law).</summary>
    /// <param name="lastTold">When the person was told last: the consent, or the last reminder.</param>
    /// <param name="isDeclined">Whether the person asked for no reminders.</param>
    /// <param name="zone">The person's time zone; null: UTC.</param>
    /// <returns>Null where the person wants none.</returns>
    public static DateTimeOffset? ReminderDue(DateTimeOffset lastTold, bool isDeclined, TimeZoneInfo? zone = null) =>
        isDeclined ? null : LocalDays.AddMonths(lastTold, YearInMonths, zone ?? TimeZoneInfo.Utc, isOverflowForward: false);

    private static MedIdError Error(string code, RightClock clock) => new(code, ErrorCategory.Policy, clock.Source, clock.Id);
}
