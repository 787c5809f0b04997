using System.Globalization;
using MedId.Core;

namespace MedId.Provider;

/// <summary>The stored forms of values, written: times and spans are ticks, states and flags numbers.</summary>
internal static class SqlValue
{
    public static object Of(object? value) => value switch
    {
        null => DBNull.Value,
        DateTimeOffset at => at.UtcTicks,
        TimeSpan span => span.Ticks,
        TenantId tenant => tenant.Value,
        bool flag => flag ? 1L : 0L,
        int number => (long)number,
        Enum state => Convert.ToInt64(state, CultureInfo.InvariantCulture),
        _ => value,
    };
}
