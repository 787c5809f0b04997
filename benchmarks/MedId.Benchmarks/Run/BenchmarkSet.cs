using System.Reflection;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Running;

namespace MedId.Benchmarks;

/// <summary>A class of benchmarks with one choice of its parameters, set up.</summary>
internal sealed class BenchmarkSet : IAsyncDisposable
{
    private readonly object _instance;
    private readonly Descriptor _descriptor;

    private BenchmarkSet(object instance, IReadOnlyList<BenchmarkCase> cases)
    {
        _instance = instance;
        _descriptor = cases[0].Descriptor;
        Name = $"{_descriptor.Type.Name} {cases[0].Parameters.ValueInfo}".TrimEnd();
        Inputs = _descriptor.Type.GetCustomAttribute<InputsAttribute>()?.Count ?? Rotation.Inputs;
        Bodies = BenchmarkBody.Of(cases, instance);
    }

    /// <summary>The classes of benchmarks of this program.</summary>
    public static IReadOnlyList<Type> Types { get; } = [.. typeof(BenchmarkSet).Assembly.GetTypes()
        .Where(type => type.GetMethods().Any(method => method.IsDefined(typeof(BenchmarkAttribute))))
        .OrderBy(type => type.Name, StringComparer.Ordinal)];

    /// <summary>The class and its parameters.</summary>
    public string Name { get; }

    /// <summary>How many inputs its benchmarks take in turn.</summary>
    public int Inputs { get; }

    /// <summary>Its benchmarks.</summary>
    public IReadOnlyList<BenchmarkBody> Bodies { get; }

    /// <summary>Sets a class up, once for each choice of its parameters.</summary>
    public static async IAsyncEnumerable<BenchmarkSet> OfAsync(Type type)
    {
        foreach (var cases in BenchmarkConverter.TypeToBenchmarks(type).BenchmarksCases.GroupBy(one => one.Parameters.ValueInfo))
        {
            var instance = Activator.CreateInstance(type)!;
            foreach (var parameter in cases.First().Parameters.Items)
            {
                type.GetProperty(parameter.Name)!.SetValue(instance, parameter.Value);
            }

            await CallAsync(cases.First().Descriptor.GlobalSetupMethod, instance);
            await using var set = new BenchmarkSet(instance, [.. cases]);
            yield return set;
        }
    }

    /// <summary>The inputs for the peer; null where there is none.</summary>
    public IPeered? Peered => _instance as IPeered;

    /// <summary>The set's own proof that it measures what it says.</summary>
    public Task CheckAsync() => ((IChecked)_instance).CheckAsync();

    public async ValueTask DisposeAsync() => await CallAsync(_descriptor.GlobalCleanupMethod, _instance);

    private static Task CallAsync(MethodInfo? method, object instance) =>
        method?.Invoke(instance, BindingFlags.DoNotWrapExceptions, null, null, null) as Task ?? Task.CompletedTask;
}
