namespace MedId.Benchmarks;

/// <summary>Every benchmark over each of its inputs once, without measuring: the bodies run, the results are right, wrong inputs are refused.</summary>
internal static class SmokeRun
{
    /// <summary>Runs one class of benchmarks.</summary>
    /// <returns>The names of what ran.</returns>
    public static async Task<IReadOnlyList<string>> RunAsync(Type type)
    {
        var ran = new List<string>();
        await foreach (var set in BenchmarkSet.OfAsync(type))
        {
            foreach (var body in set.Bodies)
            {
                await body.RunAsync(set.Inputs);
                ran.Add($"{set.Name}: {body.Name}");
            }

            await set.CheckAsync();
        }

        return ran;
    }
}
