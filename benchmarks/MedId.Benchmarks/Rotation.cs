namespace MedId.Benchmarks;

/// <summary>How inputs take turns, so that no remembered result of one helps the next.</summary>
internal sealed class Rotation
{
    /// <summary>Distinct inputs of every benchmark.</summary>
    public const int Inputs = 1024;

    /// <summary>Keys (of devices, clients, or tenants) over which the inputs are spread.</summary>
    public const int Keys = 256;

    private int _next = Inputs - 1;

    /// <summary>The next input's index.</summary>
    public int Next() => _next = (_next + 1) % Inputs;
}
