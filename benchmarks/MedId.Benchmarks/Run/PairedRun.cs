namespace MedId.Benchmarks;

/// <summary>
/// Ratios on a machine that others use too: the benchmark and its baseline take turns in rounds of a few milliseconds, and what counts is the processor's time,
/// not the clock's. The median of the rounds' ratios then says what belongs to the code; the quartiles say how much the neighbours disturbed.
/// </summary>
internal static class PairedRun
{
    private const int Rounds = 41;
    private static readonly TimeSpan RoundTime = TimeSpan.FromMilliseconds(20);

    /// <summary>Measures a class of benchmarks.</summary>
    public static async IAsyncEnumerable<PairedResult> RunAsync(Type type)
    {
        await foreach (var set in BenchmarkSet.OfAsync(type))
        {
            var bare = 0.0;
            foreach (var group in set.Bodies.GroupBy(body => body.Group, StringComparer.Ordinal))
            {
                var baseline = group.Single(body => body.IsBaseline);
                var baselineTimes = await WarmAsync(baseline, set.Inputs);
                foreach (var body in group)
                {
                    var result = await MeasureAsync(set, body, await WarmAsync(body, set.Inputs), baseline, baselineTimes);
                    bare = body.IsBaseline ? result.Microseconds : bare;
                    yield return result;
                }
            }

            if (set.Peered is { } peered)
            {
                // One process for some seconds: no rounds, so no quartiles; and its bytes are another runtime's.
                var peer = await PeerRun.RunAsync(peered);
                var ratio = bare == 0 ? 0 : peer.Microseconds / bare;
                yield return new(set.Name, $"peer: {peer.Name}{(peer.Absent is null ? string.Empty : " (no figure: " + peer.Absent + ")")}", peer.Microseconds, ratio, ratio, ratio, 0);
            }
        }
    }

    private static async Task<PairedResult> MeasureAsync(BenchmarkSet set, BenchmarkBody body, int times, BenchmarkBody baseline, int baselineTimes)
    {
        var ratios = new double[Rounds];
        var costs = new double[Rounds];
        for (var round = 0; round < Rounds; round++)
        {
            var bare = await CostAsync(baseline, baselineTimes);
            costs[round] = await CostAsync(body, times);
            ratios[round] = costs[round] / bare;
        }

        Array.Sort(ratios);
        Array.Sort(costs);
        var bytes = GC.GetTotalAllocatedBytes(precise: true);
        await body.RunAsync(set.Inputs);
        bytes = (GC.GetTotalAllocatedBytes(precise: true) - bytes) / set.Inputs;
        return new(set.Name, body.Name, costs[Rounds / 2], ratios[Rounds / 4], ratios[Rounds / 2], ratios[Rounds * 3 / 4], bytes);
    }

    /// <summary>Lets the compiler finish its tiers, and finds how often the body fits into a round.</summary>
    private static async Task<int> WarmAsync(BenchmarkBody body, int inputs)
    {
        for (var pass = 0; pass < 3; pass++)
        {
            await body.RunAsync(inputs);
            await Task.Delay(150);
        }

        var cost = await CostAsync(body, inputs);
        return Math.Max(1, (int)(RoundTime.TotalMicroseconds / cost));
    }

    /// <summary>Microseconds of processor time for one operation.</summary>
    private static async Task<double> CostAsync(BenchmarkBody body, int times)
    {
        var before = Environment.CpuUsage.TotalTime;
        await body.RunAsync(times);
        return (Environment.CpuUsage.TotalTime - before).TotalMicroseconds / times;
    }
}
