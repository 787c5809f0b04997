namespace MedId.Consent;

/// <summary>Days of a place, in moments. A midnight that a clock change skips is the first moment after it; one that comes twice is its first.</summary>
internal static class LocalDays
{
    public static DateOnly DayOf(DateTimeOffset moment, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, zone).DateTime);

    public static DateTimeOffset StartOf(DateOnly day, TimeZoneInfo zone) => Moment(day.ToDateTime(TimeOnly.MinValue), zone);

    public static DateTimeOffset EndOf(DateOnly day, TimeZoneInfo zone) => StartOf(day.AddDays(1), zone).AddTicks(-1);

    /// <summary>The same time of day some months on. Where that month has no such day it is the last one, or the first of the next when overflow goes forward.</summary>
    public static DateTimeOffset AddMonths(DateTimeOffset moment, int months, TimeZoneInfo zone, bool isOverflowForward)
    {
        var local = TimeZoneInfo.ConvertTime(moment, zone).DateTime;
        var there = local.AddMonths(months);
        return Moment(isOverflowForward && there.Day < local.Day ? there.AddDays(1) : there, zone);
    }

    private static DateTimeOffset Moment(DateTime local, TimeZoneInfo zone)
    {
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(1);
        }

        // Of a time that comes twice the first one is at the larger offset.
        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return new DateTimeOffset(local, offset).ToUniversalTime();
    }
}
