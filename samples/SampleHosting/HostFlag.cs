namespace MedId.Samples.Hosting;

/// <summary>One flag of a sample host's command line.</summary>
/// <param name="Name">With its dashes: <c>--op</c>.</param>
/// <param name="Value">What stands after it, for the usage text: <c>URL</c>; null for a switch.</param>
/// <param name="Help">One line for the usage text.</param>
/// <param name="Required">Whether the host cannot start without it.</param>
public sealed record HostFlag(string Name, string? Value, string Help, bool Required = false)
{
    /// <summary>The switch with which a needed flag may be left out; null for none.</summary>
    public string? Unless { get; init; }

    /// <summary>A flag that is there or not.</summary>
    public static HostFlag Switch(string name, string help) => new(name, null, help);

    /// <summary>A flag with a value that may be left out.</summary>
    public static HostFlag Optional(string name, string value, string help) => new(name, value, help);

    /// <summary>A flag with a value that must be given.</summary>
    public static HostFlag Needed(string name, string value, string help) => new(name, value, help, Required: true);

    /// <summary>A flag with a value that must be given, but for hosts started with a switch.</summary>
    public static HostFlag NeededUnless(string unless, string name, string value, string help) => new(name, value, help, Required: true) { Unless = unless };
}
