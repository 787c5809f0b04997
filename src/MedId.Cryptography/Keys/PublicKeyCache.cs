using MedId.Core;

namespace MedId.Cryptography;

/// <summary>Imported keys, found by their bytes; the least recently used one leaves when the cache is full.</summary>
/// <remarks>
/// It remembers keys, never the outcome of a verification, and no refused key. Safe to use from many threads: the lock is held for the look-up only, not while
/// a key is imported or used. One cache per process is enough; keys are public, so tenants may share it.
/// </remarks>
public sealed class PublicKeyCache
{
    private const int Rsa2048Length = 256;

    private readonly Lock _lock = new();
    private readonly Dictionary<byte[], LinkedListNode<Entry>> _entries;
    private readonly Dictionary<byte[], LinkedListNode<Entry>>.AlternateLookup<CacheKey> _lookup;
    private readonly LinkedList<Entry> _order = [];

    /// <summary>Makes a cache.</summary>
    /// <param name="capacity">The most keys to keep; about 2 KB each, mostly outside the managed heap.</param>
    public PublicKeyCache(int capacity = 4096)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        Capacity = capacity;
        _entries = new(new CacheKeyComparer());
        _lookup = _entries.GetAlternateLookup<CacheKey>();
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
                return _order.Count;
            }
        }
    }

    /// <summary>Gives the key of these bytes, imported now or before.</summary>
    /// <param name="encoding">How to read the bytes; part of what a key is found by.</param>
    /// <param name="encoded">The key's bytes.</param>
    /// <param name="minimumRsaBits">As in <see cref="PublicKey.FromSubjectPublicKeyInfo"/>; a smaller key is refused also when another caller had it imported.</param>
    /// <remarks>DSA keys that inherit their parameters are not found by their own bytes alone, so they are not kept: they are refused here.</remarks>
    public MedIdResult<PublicKey> GetOrImport(PublicKeyEncoding encoding, ReadOnlySpan<byte> encoded, int minimumRsaBits = PublicKey.MinimumRsaBits)
    {
        var cacheKey = new CacheKey((byte)encoding, encoded);
        lock (_lock)
        {
            if (_lookup.TryGetValue(cacheKey, out var known))
            {
                _order.Remove(known);
                _order.AddFirst(known);
                return IsLargeEnough(known.Value.Key.Value!, minimumRsaBits) ? known.Value.Key : TooSmall(minimumRsaBits);
            }
        }

        var imported = Import(encoding, encoded, minimumRsaBits);
        if (!imported.Succeeded)
        {
            return imported;
        }

        lock (_lock)
        {
            if (_lookup.TryGetValue(cacheKey, out var raced))
            {
                return raced.Value.Key;
            }

            var entry = new Entry([(byte)encoding, .. encoded], imported);
            _entries.Add(entry.Bytes, _order.AddFirst(entry));
            if (_order.Count > Capacity)
            {
                _entries.Remove(_order.Last!.Value.Bytes);
                _order.RemoveLast();
            }
        }

        return imported;
    }

    private static bool IsLargeEnough(PublicKey key, int minimumRsaBits) => key.Kind != KeyKind.Rsa || key.SizeInBits >= minimumRsaBits;

    private static MedIdError TooSmall(int minimumRsaBits) =>
        new(CryptographyErrorCodes.KeyUnsupported, ErrorCategory.Unsupported, "RFC 7518 §3.5", $"an RSA key has {minimumRsaBits} to {PublicKey.MaximumRsaBits} bits");

    private static MedIdResult<PublicKey> Import(PublicKeyEncoding encoding, ReadOnlySpan<byte> encoded, int minimumRsaBits) => encoding switch
    {
        PublicKeyEncoding.SubjectPublicKeyInfo => PublicKey.FromSubjectPublicKeyInfo(encoded, minimumRsaBits),
        PublicKeyEncoding.Pkcs1 => PublicKey.FromPkcs1(encoded, minimumRsaBits),
        PublicKeyEncoding.UncompressedPointP256 => PublicKey.FromUncompressedPoint(KeyKind.P256, encoded),
        PublicKeyEncoding.UncompressedPointSecp256k1 => PublicKey.FromUncompressedPoint(KeyKind.Secp256k1, encoded),
        PublicKeyEncoding.UncompressedPointP384 => PublicKey.FromUncompressedPoint(KeyKind.P384, encoded),
        PublicKeyEncoding.UncompressedPointP521 => PublicKey.FromUncompressedPoint(KeyKind.P521, encoded),
        PublicKeyEncoding.Rsa2048ModulusThenExponent => encoded.Length > Rsa2048Length
            ? PublicKey.FromRsa(encoded[..Rsa2048Length], encoded[Rsa2048Length..].TrimStart((byte)0), minimumRsaBits)
            : new MedIdError(CryptographyErrorCodes.KeyMalformed, ErrorCategory.Malformed, "FIDO Registry §3.6.2", "256 bytes of modulus and an exponent"),
        PublicKeyEncoding.Cose => CoseKey.ReadWhole(encoded, minimumRsaBits),
        _ => throw new ArgumentOutOfRangeException(nameof(encoding)),
    };

    /// <summary>The result is kept as it was given, so that a look-up allocates nothing.</summary>
    private sealed record Entry(byte[] Bytes, MedIdResult<PublicKey> Key);

    private readonly ref struct CacheKey(byte encoding, ReadOnlySpan<byte> encoded)
    {
        public byte Encoding { get; } = encoding;

        public ReadOnlySpan<byte> Encoded { get; } = encoded;
    }

    private sealed class CacheKeyComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<CacheKey, byte[]>
    {
        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public bool Equals(CacheKey alternate, byte[] other) => alternate.Encoding == other[0] && alternate.Encoded.SequenceEqual(other.AsSpan(1));

        public int GetHashCode(byte[] obj) => Hash(obj[0], obj.AsSpan(1));

        public int GetHashCode(CacheKey alternate) => Hash(alternate.Encoding, alternate.Encoded);

        public byte[] Create(CacheKey alternate) => [alternate.Encoding, .. alternate.Encoded];

        private static int Hash(byte encoding, ReadOnlySpan<byte> encoded)
        {
            var hash = default(HashCode);
            hash.Add(encoding);
            hash.AddBytes(encoded);
            return hash.ToHashCode();
        }
    }
}
