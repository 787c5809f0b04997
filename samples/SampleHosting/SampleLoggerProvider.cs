using Microsoft.Extensions.Logging;

namespace MedId.Samples.Hosting;

/// <summary>Makes <see cref="SampleLogger"/>s over one writer.</summary>
internal sealed class SampleLoggerProvider(TextWriter output, LogLevel level, TimeProvider time) : ILoggerProvider
{
    private readonly Lock _gate = new();

    public LogLevel Level { get; } = level;

    public TimeProvider Time { get; } = time;

    public ILogger CreateLogger(string categoryName) => new SampleLogger(categoryName, this);

    public void Write(string line)
    {
        lock (_gate)
        {
            output.WriteLine(line);
            output.Flush();
        }
    }

    public void Dispose()
    {
        if (!ReferenceEquals(output, Console.Error))
        {
            output.Dispose();
        }
    }
}
