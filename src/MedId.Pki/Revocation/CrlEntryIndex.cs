using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;
using MedId.Core;

namespace MedId.Pki;

/// <summary>Finds the entries of a CRL by serial number: a table of offsets into the CRL's own bytes, four bytes a place, three quarters of the places taken.</summary>
/// <remarks>
/// Linear probing under a hash with a key of this process, so that a stranger cannot choose serials that collide. The bits of a place that the offset does not
/// need hold bits of the hash, so that a look-up reads no entry but its own. Nothing is allocated for an entry and nothing for a look-up.
/// </remarks>
internal sealed class CrlEntryIndex
{
    private static readonly ulong HashKey = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ulong))) | 1;
    private static readonly ulong HashSeed = BinaryPrimitives.ReadUInt64LittleEndian(RandomNumberGenerator.GetBytes(sizeof(ulong)));

    private readonly ReadOnlyMemory<byte> _entries;

    /// <summary>Offset of an entry plus one in the low bits, bits of its serial's hash in the others; zero for a free place.</summary>
    private readonly uint[] _slots;
    private readonly uint _offsetMask;

    /// <summary>From the entry at an offset on, the entries are about certificates of an issuer (RFC 5280 §5.3.3).</summary>
    private readonly List<int> _starts = [];
    private readonly List<DistinguishedName> _issuers = [];

    private CrlEntryIndex(ReadOnlyMemory<byte> entries, int count)
    {
        _entries = entries;
        Count = count;
        _slots = count == 0 ? [] : new uint[(int)Math.Min(Array.MaxLength, (count * 4L / 3) + 1)];
        _offsetMask = uint.MaxValue >> BitOperations.LeadingZeroCount((uint)entries.Length);
    }

    public static CrlEntryIndex Empty { get; } = new(default, 0);

    public int Count { get; }

    /// <summary>Whether an entry has a critical extension that is not understood; then the CRL says nothing about any certificate (RFC 5280 §5.3).</summary>
    public bool HasUnknownCriticalExtension { get; private set; }

    /// <summary>Whether an entry has extensions.</summary>
    public bool HasExtensions { get; private set; }

    /// <summary>Whether an entry names the issuer of its certificate.</summary>
    public bool HasCertificateIssuers => _issuers.Count > 0;

    /// <summary>Bytes held beside the CRL's own.</summary>
    public long IndexBytes => (long)_slots.Length * sizeof(int);

    /// <summary>Reads the content of revokedCertificates, every entry strictly.</summary>
    public static MedIdResult<CrlEntryIndex> Build(ReadOnlyMemory<byte> entries, CrlLimits limits)
    {
        if (!TryCount(entries.Span, limits.MaxEntries, out var count))
        {
            return Malformed("an entry is cut off");
        }

        if (count > limits.MaxEntries)
        {
            return new MedIdError(PkiErrorCodes.CrlTooLarge, ErrorCategory.Policy, "RFC 5280 §5.1.2.6", "more entries than allowed");
        }

        var index = new CrlEntryIndex(entries, count);
        return index.ReadEntries(limits) is { } error ? error : index;
    }

    /// <summary>Finds what the CRL says about a serial number of one issuer; of several entries the gravest.</summary>
    /// <param name="serial">Content octets of the INTEGER.</param>
    /// <param name="issuer">The certificate's issuer.</param>
    /// <param name="crlIssuer">The issuer of entries in front of the first certificateIssuer (RFC 5280 §5.3.3).</param>
    /// <param name="entry">What it says.</param>
    public bool TryFind(ReadOnlySpan<byte> serial, DistinguishedName issuer, DistinguishedName crlIssuer, out CrlEntry entry)
    {
        entry = default;
        if (_slots.Length == 0)
        {
            return false;
        }

        var entries = _entries.Span;
        var found = false;
        var hash = HashOf(serial);
        var mark = (uint)hash & ~_offsetMask;
        for (var slot = SlotOf(hash); _slots[slot] != 0; slot = slot + 1 == _slots.Length ? 0 : slot + 1)
        {
            var at = (int)(_slots[slot] & _offsetMask) - 1;
            if ((_slots[slot] & ~_offsetMask) == mark && CrlEntryFields.TryRead(entries, at, out var fields)
                && entries.Slice(fields.SerialStart, fields.SerialLength).SequenceEqual(serial) && IssuerOf(at, crlIssuer).Equals(issuer))
            {
                var next = Read(entries, fields);
                entry = found ? Graver(entry, next) : next;
                found = true;
            }
        }

        return found;
    }

    private static CrlEntry Read(ReadOnlySpan<byte> entries, in CrlEntryFields fields)
    {
        if (fields.TryReadReasonOnly(entries, out var reason))
        {
            return new(fields.ReadTime(entries), reason, null);
        }

        CrlEntryExtensions.TryRead(entries.Slice(fields.ExtensionsStart, fields.ExtensionsLength), out var extensions);
        return new(fields.ReadTime(entries), extensions.Reason, extensions.InvalidityDate);
    }

    /// <summary>Two entries for one certificate are a mistake of the issuer; what counts then is a compromise before anything else, and a removal last.</summary>
    private static CrlEntry Graver(CrlEntry a, CrlEntry b)
    {
        var (weightOfA, weightOfB) = (Weight(a), Weight(b));
        return weightOfA != weightOfB ? (weightOfA > weightOfB ? a : b) : a.RevokedAt <= b.RevokedAt ? a : b;

        static int Weight(CrlEntry entry) => entry.Reason switch
        {
            CrlReason.RemoveFromCrl => 0,
            CrlReason.CertificateHold => 1,
            CrlReason.KeyCompromise or CrlReason.CaCompromise or CrlReason.AaCompromise => 3,
            _ => 2,
        };
    }

    /// <summary>Counts the entries by their headers, before anything is allocated for them.</summary>
    private static bool TryCount(ReadOnlySpan<byte> entries, int limit, out int count)
    {
        count = 0;
        for (var at = 0; at < entries.Length && count <= limit; count++)
        {
            if (!DerSpan.TryReadHeader(entries[at..], DerSpan.Sequence, out var header, out var length))
            {
                return false;
            }

            at += header + length;
        }

        return true;
    }

    private MedIdError? ReadEntries(CrlLimits limits)
    {
        var entries = _entries.Span;
        for (var at = 0; at < entries.Length;)
        {
            if (!CrlEntryFields.TryRead(entries, at, out var fields))
            {
                return Malformed("an entry is not serial number, date and extensions");
            }

            HasExtensions |= fields.ExtensionsLength > 0;
            if (!fields.TryReadReasonOnly(entries, out _) && ReadExtensions(at, fields, limits) is { } error)
            {
                return error;
            }

            var hash = HashOf(entries.Slice(fields.SerialStart, fields.SerialLength));
            var slot = SlotOf(hash);
            while (_slots[slot] != 0)
            {
                slot = slot + 1 == _slots.Length ? 0 : slot + 1;
            }

            _slots[slot] = ((uint)hash & ~_offsetMask) | (uint)(at + 1);
            at = fields.End;
        }

        return null;
    }

    private MedIdError? ReadExtensions(int at, in CrlEntryFields fields, CrlLimits limits)
    {
        if (!CrlEntryExtensions.TryRead(_entries.Span.Slice(fields.ExtensionsStart, fields.ExtensionsLength), out var extensions))
        {
            return Malformed("an extension of an entry");
        }

        HasUnknownCriticalExtension |= extensions.HasUnknownCritical;
        if (extensions.CertificateIssuer.IsEmpty)
        {
            return null;
        }

        if (_issuers.Count >= limits.MaxCertificateIssuers)
        {
            return new MedIdError(PkiErrorCodes.CrlTooLarge, ErrorCategory.Policy, "RFC 5280 §5.3.3", "the certificate issuer changes more often than allowed");
        }

        var issuer = CrlReader.ReadCertificateIssuer(_entries.Slice(fields.ExtensionsStart + extensions.CertificateIssuerStart, extensions.CertificateIssuer.Length));
        if (issuer is null)
        {
            return Malformed("the certificate issuer of an entry is no directory name");
        }

        _starts.Add(at);
        _issuers.Add(issuer);
        return null;
    }

    /// <summary>RFC 5280 §5.3.3: an entry without certificateIssuer has that of the entry before it.</summary>
    private DistinguishedName IssuerOf(int at, DistinguishedName crlIssuer)
    {
        if (_issuers.Count == 0)
        {
            return crlIssuer;
        }

        // The run that begins at the entry, or the last one that begins before it.
        var run = _starts.BinarySearch(at);
        run = run < 0 ? ~run - 1 : run;
        return run < 0 ? crlIssuer : _issuers[run];
    }

    private static ulong HashOf(ReadOnlySpan<byte> serial)
    {
        var hash = HashSeed ^ (uint)serial.Length;
        while (serial.Length > sizeof(ulong))
        {
            hash = Mix(hash ^ BinaryPrimitives.ReadUInt64LittleEndian(serial));
            serial = serial[sizeof(ulong)..];
        }

        var tail = 0UL;
        if (serial.Length == sizeof(ulong))
        {
            tail = BinaryPrimitives.ReadUInt64LittleEndian(serial);
        }
        else
        {
            foreach (var b in serial)
            {
                tail = (tail << 8) | b;
            }
        }

        return Mix(Mix(hash ^ tail));
    }

    private int SlotOf(ulong hash) => (int)(((hash >> 32) * (uint)_slots.Length) >> 32);

    private static ulong Mix(ulong value)
    {
        var high = Math.BigMul(BitOperations.RotateLeft(value, 23), HashKey, out var low);
        return high ^ low;
    }

    private static MedIdError Malformed(string detail) => new(PkiErrorCodes.CrlMalformed, ErrorCategory.Malformed, "RFC 5280 §5.1.2.6", detail);
}
