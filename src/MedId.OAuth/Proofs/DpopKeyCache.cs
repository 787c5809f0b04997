using System.Text.Json;
using MedId.Cryptography;

namespace MedId.OAuth;

/// <summary>Keys of proofs that verified, found by the text of their <c>jwk</c>; the oldest leaves when the cache is full. Remembers keys, never an outcome. Any thread.</summary>
public sealed class DpopKeyCache
{
    private const int MaxTextLength = 2048;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, JsonWebKey> _keys = new(StringComparer.Ordinal);
    private readonly Queue<string> _order = [];

    /// <summary>Makes a cache.</summary>
    /// <param name="capacity">The most keys to keep; about 2 KB each.</param>
    public DpopKeyCache(int capacity = 1024)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        Capacity = capacity;
    }

    /// <summary>The most keys kept.</summary>
    public int Capacity { get; }

    /// <summary>The keys kept now.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _keys.Count;
            }
        }
    }

    internal JsonWebKey? Find(JoseHeader header)
    {
        if (TextOf(header) is not { } text)
        {
            return null;
        }

        lock (_lock)
        {
            return _keys.GetValueOrDefault(text);
        }
    }

    /// <summary>Keeps the key of a proof whose signature was good: nobody fills the cache without signing.</summary>
    internal void Keep(JoseHeader header, JsonWebKey key)
    {
        if (TextOf(header) is not { } text)
        {
            return;
        }

        lock (_lock)
        {
            if (!_keys.TryAdd(text, key))
            {
                return;
            }

            _order.Enqueue(text);
            if (_order.Count > Capacity)
            {
                _keys.Remove(_order.Dequeue());
            }
        }
    }

    private static string? TextOf(JoseHeader header) =>
        header.Members.TryGetProperty("jwk"u8, out var jwk) && jwk.ValueKind == JsonValueKind.Object && jwk.GetRawText() is { Length: <= MaxTextLength } text ? text : null;
}
