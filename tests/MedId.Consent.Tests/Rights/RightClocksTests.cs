namespace MedId.Consent.Tests;

public sealed class RightClocksTests
{
    private static readonly TimeZoneInfo Tokyo = TimeZoneInfo.CreateCustomTimeZone("Tokyo", TimeSpan.FromHours(9), null, null);

    // Standard time, with an hour more between the second Sunday of March and the first of November, changed at 2 o'clock: the rule of California, without a data base of zones.
    private static readonly TimeZoneInfo California = TimeZoneInfo.CreateCustomTimeZone("California", TimeSpan.FromHours(-8), null, null, null, [TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(
        new(2020, 1, 1), new(2030, 12, 31), TimeSpan.FromHours(1),
        TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new(1, 1, 1, 2, 0, 0), 3, 2, DayOfWeek.Sunday), TimeZoneInfo.TransitionTime.CreateFloatingDateRule(new(1, 1, 1, 2, 0, 0), 11, 1, DayOfWeek.Sunday))]);

    // As if every clock change were at midnight, as some countries have it.
    private static readonly TimeZoneInfo Midnight = TimeZoneInfo.CreateCustomTimeZone("Midnight", TimeSpan.Zero, null, null, null, [TimeZoneInfo.AdjustmentRule.CreateAdjustmentRule(
        new(2020, 1, 1), new(2030, 12, 31), TimeSpan.FromHours(1),
        TimeZoneInfo.TransitionTime.CreateFixedDateRule(new(1, 1, 1, 0, 0, 0), 4, 1), TimeZoneInfo.TransitionTime.CreateFixedDateRule(new(1, 1, 1, 0, 0, 0), 10, 1))]);

    [Theory]
    [InlineData("2026-04-01T00:00:00Z", false, "2026-05-16T23:59:59.9999999Z")]
    [InlineData("2026-04-01T23:59:59Z", false, "2026-05-16T23:59:59.9999999Z")]
    [InlineData("2026-04-01T00:00:00Z", true, "2026-06-30T23:59:59.9999999Z")]
    public void Due_45Days_EndsWithTheLastDay(string from, bool extended, string due) =>
        Assert.Equal(At(due), RightClocks.Due(Clock("ccpa-answer"), At(from), isExtended: extended).Value);

    // The same request is one day later where the person lives, and so is the end.
    [Fact]
    public void Due_45Days_AreDaysOfThePerson()
    {
        var from = At("2026-04-01T20:00:00Z");

        Assert.Equal(At("2026-05-17T14:59:59.9999999Z"), RightClocks.Due(Clock("ccpa-answer"), from, Tokyo).Value);
        Assert.Equal(At("2026-05-17T06:59:59.9999999Z"), RightClocks.Due(Clock("ccpa-answer"), from, California).Value);
    }

    [Fact]
    public void Due_AcrossAClockChange_IsTheEndOfTheLocalDay()
    {
        Assert.Equal(At("2026-03-11T06:59:59.9999999Z"), RightClocks.Due(Clock("ccpa-answer"), At("2026-01-24T00:00:00-08:00"), California).Value);
        Assert.Equal(At("2026-12-16T07:59:59.9999999Z"), RightClocks.Due(Clock("ccpa-answer"), At("2026-10-31T12:00:00-07:00"), California).Value);
    }

    [Fact]
    public void Due_72Hours_AreExact()
    {
        var due = RightClocks.Due(Clock("gdpr-breach"), At("2026-03-28T12:34:56Z"), Tokyo).Value;

        Assert.Equal(At("2026-03-31T12:34:56Z"), due);
    }

    [Theory]
    [InlineData("2026-01-31T10:00:00Z", false, "2026-02-28T23:59:59.9999999Z")]
    [InlineData("2028-01-31T10:00:00Z", false, "2028-02-29T23:59:59.9999999Z")]
    [InlineData("2026-01-31T10:00:00Z", true, "2026-04-30T23:59:59.9999999Z")]
    [InlineData("2026-12-31T10:00:00Z", false, "2027-01-31T23:59:59.9999999Z")]
    public void Due_Months_EndWithTheLastDayOfAShorterMonth(string from, bool extended, string due) =>
        Assert.Equal(At(due), RightClocks.Due(Clock("gdpr-answer"), At(from), isExtended: extended).Value);

    // A synthetic calendar: two holidays in it, one of them on a Saturday, which counts once.
    [Theory]
    [InlineData("2026-04-01T00:00:00Z", "2026-04-23T23:59:59.9999999Z")]
    [InlineData("2026-04-03T23:00:00Z", "2026-04-27T23:59:59.9999999Z")]
    [InlineData("2026-04-04T12:00:00Z", "2026-04-27T23:59:59.9999999Z")]
    public void Due_15BusinessDays_PassOverWeekendsAndHolidays(string from, string due) =>
        Assert.Equal(At(due), RightClocks.Due(Clock("ccpa-stop"), At(from), calendar: Calendar).Value);

    [Fact]
    public void Due_CalendarTooShort_IsRefused()
    {
        var needed = new DateOnly(2026, 4, 23);

        Assert.True(RightClocks.Due(Clock("ccpa-stop"), At("2026-04-01T00:00:00Z"), calendar: Calendar with { Until = needed }).Succeeded);
        Assert.Equal(ConsentErrorCodes.ClockCalendar, RightClocks.Due(Clock("ccpa-stop"), At("2026-04-01T00:00:00Z"), calendar: Calendar with { Until = needed.AddDays(-1) }).Error?.Code);
        Assert.Equal(ConsentErrorCodes.ClockCalendar, RightClocks.Due(Clock("ccpa-stop"), At("2026-03-20T00:00:00Z"), calendar: Calendar).Error?.Code);
        Assert.Throws<ArgumentException>(() => RightClocks.Due(Clock("ccpa-stop"), At("2026-04-01T00:00:00Z")));
    }

    [Fact]
    public void Due_NoNumberInTheLaw_IsRefused() => Assert.Equal(ConsentErrorCodes.ClockOpen, RightClocks.Due(Clock("appi-request"), At("2026-04-01T00:00:00Z")).Error?.Code);

    [Fact]
    public void Due_ExtensionThatTheLawDoesNotKnow_IsRefused() =>
        Assert.Equal(ConsentErrorCodes.ClockExtension, RightClocks.Due(Clock("gdpr-breach"), At("2026-04-01T00:00:00Z"), isExtended: true).Error?.Code);

    [Theory]
    [InlineData("2026-04-01T10:00:00Z", "2025-04-01T00:00:00Z")]
    [InlineData("2028-02-29T10:00:00Z", "2027-02-28T00:00:00Z")]
    public void LookBackFrom_Request_IsTheBeginningOfTheDay12MonthsBefore(string received, string from) => Assert.Equal(At(from), RightClocks.LookBackFrom(At(received)));

    [Theory]
    [InlineData("2026-04-01T10:00:00Z", "2027-04-01T10:00:00Z")]
    [InlineData("2028-02-29T10:00:00Z", "2029-03-01T10:00:00Z")]
    public void MayAskAgainFrom_OptOut_IsNeverLessThan12Months(string optedOut, string from) => Assert.Equal(At(from), RightClocks.MayAskAgainFrom(At(optedOut)));

    [Fact]
    public void MayAskAgainFrom_AcrossAClockChange_IsTheSameTimeOfDay()
    {
        // In California the clock of 14 March 2027 goes from 2 to 3 o'clock, so that half past two is not there.
        Assert.Equal(At("2027-03-14T12:00:00-07:00"), RightClocks.MayAskAgainFrom(At("2026-03-14T12:00:00-07:00"), California));
        Assert.Equal(At("2027-03-14T03:00:00-07:00"), RightClocks.MayAskAgainFrom(At("2026-03-14T02:30:00-07:00"), California));
    }

    [Theory]
    [InlineData("2026-04-01T10:00:00Z", "2027-04-01T10:00:00Z")]
    [InlineData("2028-02-29T10:00:00Z", "2029-02-28T10:00:00Z")]
    public void ReminderDue_LastTold_IsNeverMoreThan12Months(string last, string due)
    {
        Assert.Equal(At(due), RightClocks.ReminderDue(At(last), isDeclined: false));
        Assert.Null(RightClocks.ReminderDue(At(last), isDeclined: true));
    }

    [Fact]
    public void Due_ClockChangeAtMidnight_IsTheEndOfTheWholeDay()
    {
        // 45 days before 31 March, whose midnight at its end is skipped: the day ends where 1 o'clock begins. In autumn the last hour of 30 September comes twice, and the day ends after the second.
        Assert.Equal(At("2026-03-31T23:59:59.9999999Z"), RightClocks.Due(Clock("ccpa-answer"), At("2026-02-14T12:00:00Z"), Midnight).Value);
        Assert.Equal(At("2026-09-30T23:59:59.9999999Z"), RightClocks.Due(Clock("ccpa-answer"), At("2026-08-16T12:00:00Z"), Midnight).Value);
    }

    [Fact]
    public void Find_EveryRow_IsFoundByItsKinds() => Assert.All(RightClocks.All, clock => Assert.All(clock.Kinds, kind => Assert.Same(clock, RightClocks.Find(clock.Law, kind))));

    private static BusinessCalendar Calendar { get; } = new() { From = new(2026, 4, 1), Until = new(2026, 6, 30), Holidays = [new(2026, 4, 8), new(2026, 4, 11)] };

    private static RightClock Clock(string id) => RightClocks.All.Single(c => c.Id == id);

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
