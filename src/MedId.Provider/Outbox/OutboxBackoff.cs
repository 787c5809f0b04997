using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace MedId.Provider;

/// <summary>Pauses that double, with jitter.</summary>
internal sealed class OutboxBackoff(OutboxOptions options)
{
    private readonly Lock _gate = new();
    [SuppressMessage("Security", "CA5394:Do not use insecure randomness", Justification = "Only for tests that want the same pauses again; spreading load is no secret.")]
    private readonly Random? _seeded = options.JitterSeed is { } seed ? new Random(seed) : null;

    /// <summary>The pause after so many attempts.</summary>
    public TimeSpan After(int attempts)
    {
        var doubled = options.FirstPause * Math.Pow(2, Math.Clamp(attempts - 1, 0, 30));
        return (doubled < options.LongestPause ? doubled : options.LongestPause) * (1 + (options.Jitter * ((2 * Next()) - 1)));
    }

    [SuppressMessage("Security", "CA5394:Do not use insecure randomness", Justification = "Only for tests that want the same pauses again; spreading load is no secret.")]
    private double Next()
    {
        if (_seeded is null)
        {
            return RandomNumberGenerator.GetInt32(1 << 24) / (double)(1 << 24);
        }

        lock (_gate)
        {
            return _seeded.NextDouble();
        }
    }
}
