namespace MedId.Consent;

/// <summary>Which days are business days: the caller's data, because holidays are made by governments, every year anew.</summary>
public sealed record BusinessCalendar
{
    /// <summary>The first day that the data is about.</summary>
    public required DateOnly From { get; init; }

    /// <summary>The last day that the data is about; a term that runs beyond it is not computed.</summary>
    public required DateOnly Until { get; init; }

    /// <summary>Holidays between the two.</summary>
    public required IReadOnlyCollection<DateOnly> Holidays { get; init; }

    /// <summary>Days of the week without business.</summary>
    public IReadOnlyCollection<DayOfWeek> Weekend { get; init; } = [DayOfWeek.Saturday, DayOfWeek.Sunday];

    /// <summary>The business day some business days after a day, which itself does not count.</summary>
    /// <param name="day">The day.</param>
    /// <param name="count">How many; at least 1.</param>
    /// <returns>Null where the data does not reach so far, or does not begin early enough.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than 1.</exception>
    public DateOnly? Add(DateOnly day, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        while (count > 0)
        {
            day = day.AddDays(1);
            if (day < From || day > Until)
            {
                return null;
            }

            count -= Weekend.Contains(day.DayOfWeek) || Holidays.Contains(day) ? 0 : 1;
        }

        return day;
    }
}
