using System.Globalization;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Running;
using MedId.Benchmarks;

var filter = args.SkipWhile(arg => arg != "--filter").Skip(1).FirstOrDefault("*").Trim('*');
var chosen = BenchmarkSet.Types.Where(type => type.Name.Contains(filter, StringComparison.OrdinalIgnoreCase));
if (args.Contains("--smoke"))
{
    foreach (var type in chosen)
    {
        foreach (var name in await SmokeRun.RunAsync(type))
        {
            Console.WriteLine(name);
        }
    }

    return;
}

if (args.Contains("--paired"))
{
    Console.WriteLine("| set | benchmark | CPU µs | ratio | quartiles | bytes |\n| --- | --- | ---: | ---: | --- | ---: |");
    foreach (var type in chosen)
    {
        await foreach (var line in PairedRun.RunAsync(type))
        {
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {line.Set} | {line.Name} | {line.Microseconds:0.00} | {line.Ratio:0.000} | {line.Low:0.000}–{line.High:0.000} | {line.Bytes} |"));
        }
    }

    return;
}

// Short, and in this process: a ratio needs both sides under the same conditions, not the last per cent; and nothing is built behind the user's back.
string[] arguments = [.. args, .. args.Contains("--job") || args.Contains("-j") ? Array.Empty<string>() : ["--job", "short", "--iterationTime", "200"], "--inProcess"];
var config = DefaultConfig.Instance
    .AddDiagnoser(MemoryDiagnoser.Default)
    .HideColumns(Column.StdDev, Column.Gen0, Column.Gen1, Column.Gen2, Column.AllocRatio)
    .AddColumn(StatisticColumn.Median);
BenchmarkSwitcher.FromAssembly(typeof(BenchmarkSet).Assembly).Run(arguments, config);

// The peer after it, on the same inputs and machine.
foreach (var type in chosen.Where(type => type.IsAssignableTo(typeof(IPeered))))
{
    await foreach (var set in BenchmarkSet.OfAsync(type))
    {
        var peer = await PeerRun.RunAsync(set.Peered!);
        Console.WriteLine(peer.Absent is { } why
            ? $"{set.Name}: no figure of the peer {peer.Name}: {why}"
            : string.Create(CultureInfo.InvariantCulture, $"{set.Name}: peer {peer.Name}: {peer.WallMicroseconds:0.0} µs an operation, {peer.Microseconds:0.0} µs of processor time"));
    }
}
