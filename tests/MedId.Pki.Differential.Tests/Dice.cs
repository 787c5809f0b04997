namespace MedId.Pki.Differential.Tests;

/// <summary>The same throws for the same seed, on every machine and runtime (SplitMix64).</summary>
internal sealed class Dice(int seed)
{
    private ulong _state = unchecked((ulong)seed + 0x9E3779B97F4A7C15UL);

    /// <summary>0 to one less than <paramref name="below"/>.</summary>
    public int Next(int below)
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15UL;
            var mixed = _state;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
            mixed ^= mixed >> 31;
            return (int)(mixed % (ulong)below);
        }
    }

    /// <summary>True once in <paramref name="times"/> on average.</summary>
    public bool Once(int times) => Next(times) == 0;

    /// <summary>One of the choices.</summary>
    public T Of<T>(params ReadOnlySpan<T> choices) => choices[Next(choices.Length)];
}
