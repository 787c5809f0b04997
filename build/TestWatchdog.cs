using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;
using Xunit.v3;

[assembly: MedId.Testing.Watch.Watched]

namespace MedId.Testing.Watch;

/// <summary>Ends a test program that does not end by itself, and says which tests were running: a hang is a failure with a name, not a build that is cut off without one.</summary>
internal static class TestWatchdog
{
    private const string Variable = "MEDID_TEST_MINUTES";
    private const int DefaultMinutes = 12;

    public static ConcurrentDictionary<string, string> Running { get; } = new(StringComparer.Ordinal);

    [ModuleInitializer]
    internal static void Start()
    {
        var minutes = int.TryParse(Environment.GetEnvironmentVariable(Variable), out var set) && set > 0 ? set : DefaultMinutes;
        new Thread(() =>
        {
            Thread.Sleep(TimeSpan.FromMinutes(minutes));
            Console.Error.WriteLine($"{typeof(TestWatchdog).Assembly.GetName().Name} has run for {minutes} minutes ({Variable}) and is ended. Running: {string.Join("; ", Running.Values.Order(StringComparer.Ordinal))}");
            Environment.Exit(1);
        })
        { IsBackground = true, Name = nameof(TestWatchdog) }.Start();
    }
}

/// <summary>Knows which tests run.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
internal sealed class WatchedAttribute : BeforeAfterTestAttribute
{
    public override void Before(MethodInfo methodUnderTest, IXunitTest test) => TestWatchdog.Running[test.UniqueID] = test.TestDisplayName;

    public override void After(MethodInfo methodUnderTest, IXunitTest test) => TestWatchdog.Running.TryRemove(test.UniqueID, out _);
}
