using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging;

namespace MedId.Samples.Hosting;

/// <summary>
/// Writes one line an entry. Lines of our own categories are written as they are; they hold codes and our own ids. Of every other category the template and
/// the numbers in it are written, never a text value: URLs, headers and bodies of a framework's own log can name a patient. Of exceptions the types and
/// frames are written, never the message.
/// </summary>
internal sealed class SampleLogger(string category, SampleLoggerProvider provider) : ILogger
{
    private readonly bool _own = category.StartsWith("MedId", StringComparison.Ordinal);

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= provider.Level && logLevel != LogLevel.None;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
        {
            return;
        }

        var line = new StringBuilder(160);
        line.Append(provider.Time.GetUtcNow().ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture))
            .Append(' ').Append(logLevel).Append(' ').Append(category).Append('[').Append(eventId.Id).Append("] ")
            .Append(_own ? formatter(state, null) : Template(state, eventId));
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            line.AppendLine().Append("  ").Append(cause.GetType().FullName).AppendLine().Append(cause.StackTrace);
        }

        provider.Write(line.ToString());
    }

    private static string Template<TState>(TState state, EventId eventId)
    {
        if (state is not IEnumerable<KeyValuePair<string, object?>> values)
        {
            return eventId.Name ?? "";
        }

        var text = eventId.Name ?? "";
        var numbers = new StringBuilder();
        foreach (var (name, value) in values)
        {
            if (string.Equals(name, "{OriginalFormat}", StringComparison.Ordinal))
            {
                text = value as string ?? text;
            }
            else if (value is int or long or double or bool or Enum or TimeSpan)
            {
                numbers.Append(CultureInfo.InvariantCulture, $" {name}={value}");
            }
        }

        return text + numbers;
    }
}
