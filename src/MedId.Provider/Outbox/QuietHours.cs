namespace MedId.Provider;

/// <summary>Hours of the day in which a person is not disturbed; over midnight when <see cref="From"/> is later than <see cref="To"/>.</summary>
public sealed record QuietHours
{
    /// <summary>When they begin.</summary>
    public required TimeOnly From { get; init; }

    /// <summary>When they are over; another time than <see cref="From"/>.</summary>
    public required TimeOnly To { get; init; }

    /// <summary>The zone of both.</summary>
    /// <value>Japan Standard Time, UTC+9 without daylight saving.</value>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.CreateCustomTimeZone("Asia/Tokyo", TimeSpan.FromHours(9), "JST", "JST");

    /// <summary>When the quiet hours in which an instant lies are over.</summary>
    /// <param name="at">The instant.</param>
    /// <returns>Their end; null when the instant lies outside.</returns>
    public DateTimeOffset? EndAfter(DateTimeOffset at)
    {
        var local = TimeZoneInfo.ConvertTime(at, Zone);
        var time = TimeOnly.FromDateTime(local.DateTime);
        if (!time.IsBetween(From, To))
        {
            return null;
        }

        var day = DateOnly.FromDateTime(local.DateTime);
        var end = (time < To ? day : day.AddDays(1)).ToDateTime(To);

        // Where clocks go forward the hour may not exist: an hour later it does.
        end = Zone.IsInvalidTime(end) ? end.AddHours(1) : end;
        return new DateTimeOffset(end, Zone.GetUtcOffset(end)).ToUniversalTime();
    }
}
