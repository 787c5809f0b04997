using System.Reflection;
using BenchmarkDotNet.Running;

namespace MedId.Benchmarks;

/// <summary>One benchmark, callable many times in a row without reflection in between.</summary>
internal sealed class BenchmarkBody
{
    private readonly Func<int, Task> _run;

    private BenchmarkBody(BenchmarkCase one, object instance)
    {
        var method = one.Descriptor.WorkloadMethod;
        Name = one.Descriptor.WorkloadMethodDisplayInfo.Trim('\'');
        Group = string.Join(' ', one.Descriptor.Categories);
        IsBaseline = one.Descriptor.Baseline;
        var isAwaited = method.ReturnType.IsGenericType && method.ReturnType.GetGenericTypeDefinition() == typeof(ValueTask<>);
        var loop = typeof(BenchmarkBody)
            .GetMethod(isAwaited ? nameof(Awaited) : nameof(Called), BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(isAwaited ? method.ReturnType.GetGenericArguments()[0] : method.ReturnType);
        _run = (Func<int, Task>)loop.Invoke(null, [method, instance])!;
    }

    /// <summary>What the table calls it.</summary>
    public string Name { get; }

    /// <summary>The category within which it is compared.</summary>
    public string Group { get; }

    /// <summary>Whether the others of its group are compared with it.</summary>
    public bool IsBaseline { get; }

    /// <summary>The benchmarks of a set, and what they belong to.</summary>
    public static IReadOnlyList<BenchmarkBody> Of(IEnumerable<BenchmarkCase> cases, object instance) => [.. cases.Select(one => new BenchmarkBody(one, instance))];

    /// <summary>Runs it so many times.</summary>
    public Task RunAsync(int times) => _run(times);

    private static Func<int, Task> Called<T>(MethodInfo method, object instance)
    {
        var body = method.CreateDelegate<Func<T>>(instance);
        return times =>
        {
            for (; times > 0; times--)
            {
                Kept<T>.Value = body();
            }

            return Task.CompletedTask;
        };
    }

    private static Func<int, Task> Awaited<T>(MethodInfo method, object instance)
    {
        var body = method.CreateDelegate<Func<ValueTask<T>>>(instance);
        return async times =>
        {
            for (; times > 0; times--)
            {
                Kept<T>.Value = await body();
            }
        };
    }

    /// <summary>Where results go, so that none is optimised away.</summary>
    private static class Kept<T>
    {
        public static T? Value { get; set; }
    }
}
