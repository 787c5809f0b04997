namespace MedId.Benchmarks;

/// <summary>A line of the table.</summary>
/// <param name="Set">The class and its parameters.</param>
/// <param name="Name">The benchmark.</param>
/// <param name="Microseconds">Processor time of one operation, median of the rounds.</param>
/// <param name="Low">First quartile of the rounds' ratios.</param>
/// <param name="Ratio">Median of the rounds' ratios.</param>
/// <param name="High">Third quartile of the rounds' ratios.</param>
/// <param name="Bytes">Managed bytes allocated by one operation.</param>
internal sealed record PairedResult(string Set, string Name, double Microseconds, double Low, double Ratio, double High, long Bytes);
