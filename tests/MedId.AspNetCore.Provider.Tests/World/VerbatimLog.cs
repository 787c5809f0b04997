using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace MedId.AspNetCore.Provider.Tests;

/// <summary>Keeps everything that is logged word for word: text, template, values, scopes, exceptions with what they hold.</summary>
internal sealed class VerbatimLog : ILoggerProvider
{
    public ConcurrentQueue<string> Lines { get; } = [];

    public ILogger CreateLogger(string categoryName) => new Logger(Lines, categoryName);

    public void Dispose()
    {
    }

    private sealed class Logger(ConcurrentQueue<string> lines, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull
        {
            lines.Enqueue($"{category} scope: {Values(state)}");
            return null;
        }

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{category} {logLevel} {eventId}: {formatter(state, exception)} {Values(state)} {exception} {Data(exception)}");

        private static string Values<TState>(TState state) => state is IEnumerable<KeyValuePair<string, object?>> values
            ? $"{state} {string.Join(' ', values.Select(value => $"{value.Key}={value.Value}"))}"
            : $"{state}";

        private static string Data(Exception? exception) =>
            exception is null ? string.Empty : string.Join(' ', exception.Data.Keys.Cast<object>().Select(key => $"{key}={exception.Data[key]}")) + Data(exception.InnerException);
    }
}
