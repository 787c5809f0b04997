using System.Buffers.Binary;
using System.Security.Cryptography;

namespace MedId.Provider;

/// <summary>Pauses that double, with jitter.</summary>
internal sealed class OutboxBackoff(OutboxOptions options)
{
    private int _drawn;

    /// <summary>The pause after so many attempts.</summary>
    public TimeSpan After(int attempts)
    {
        var doubled = options.FirstPause * Math.Pow(2, Math.Clamp(attempts - 1, 0, 30));
        return (doubled < options.LongestPause ? doubled : options.LongestPause) * (1 + (options.Jitter * ((2 * Next()) - 1)));
    }

    /// <summary>From 0 to 1; with a seed always the same one after the other.</summary>
    private double Next()
    {
        Span<byte> drawn = stackalloc byte[SHA256.HashSizeInBytes];
        if (options.JitterSeed is { } seed)
        {
            Span<byte> place = stackalloc byte[8];
            BinaryPrimitives.WriteInt32BigEndian(place, seed);
            BinaryPrimitives.WriteInt32BigEndian(place[4..], Interlocked.Increment(ref _drawn));
            SHA256.HashData(place, drawn);
        }
        else
        {
            RandomNumberGenerator.Fill(drawn);
        }

        return BinaryPrimitives.ReadUInt32BigEndian(drawn) / (double)uint.MaxValue;
    }
}
