using System.Diagnostics.CodeAnalysis;
using System.Text;
using MedId.Core;

namespace MedId.Cryptography;

/// <summary>Reads CBOR (RFC 8949) of strangers in two steps: opening judges the whole data item, reading then only walks over what was judged.</summary>
/// <remarks>
/// No bytes make it throw. It allocates nothing for a size that the input claims; text and strings in chunks are allocated when they are read, and are then no longer
/// than the input. A method that says false has not moved. The spans are slices of the input.
/// </remarks>
public ref struct CborReader
{
    /// <summary>How deep arrays and maps nest in the CTAP2 canonical form (CTAP 2.1 §8).</summary>
    public const int Ctap2MaxDepth = 4;

    /// <summary>How deep arrays and maps may nest under <see cref="CborRules.Tolerant"/> unless told otherwise.</summary>
    public const int TolerantMaxDepth = 8;

    private const int DeepestAllowed = 64;

    private readonly ReadOnlySpan<byte> _data;
    private int _at;

    private CborReader(ReadOnlySpan<byte> data) => _data = data;

    /// <summary>What stands next.</summary>
    public readonly CborType Next
    {
        get
        {
            if (!CborHead.TryRead(_data[_at..], out var head))
            {
                return CborType.None;
            }

            return head.Major switch
            {
                < 6 => CborType.UnsignedInteger + head.Major,
                _ when head.Information is 20 or 21 => CborType.Boolean,
                _ when head.Information is 25 or 26 or 27 => CborType.Float,
                _ => CborType.Simple,
            };
        }
    }

    /// <summary>Whether everything was read.</summary>
    public readonly bool AtEnd => _at >= _data.Length;

    /// <summary>Judges the first data item of the input and opens a reader that stands before it.</summary>
    /// <param name="data">The input; what follows the item is not looked at.</param>
    /// <param name="rules">How strictly.</param>
    /// <param name="reader">The reader; empty when the input is refused.</param>
    /// <param name="consumed">How many bytes the item takes; 0 when the input is refused.</param>
    /// <param name="error">Why the input is refused.</param>
    /// <param name="maxDepth">How deep arrays and maps may nest, 1 to 64; <see cref="Ctap2MaxDepth"/> or <see cref="TolerantMaxDepth"/> when null.</param>
    public static bool TryOpen(
        ReadOnlySpan<byte> data, CborRules rules, out CborReader reader, out int consumed, [NotNullWhen(false)] out MedIdError? error, int? maxDepth = null)
    {
        var depth = maxDepth ?? (rules == CborRules.Ctap2Canonical ? Ctap2MaxDepth : TolerantMaxDepth);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(depth, nameof(maxDepth));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(depth, DeepestAllowed, nameof(maxDepth));
        var validator = new CborValidator(data, rules, depth);
        error = ToError(validator.Item(0), depth);
        reader = default;
        consumed = 0;
        if (error is not null)
        {
            return false;
        }

        consumed = validator.Position;
        reader = new(data[..consumed]);
        return true;
    }

    /// <summary>Judges an input that is one data item and nothing else.</summary>
    /// <param name="data">The whole input.</param>
    /// <param name="rules">How strictly.</param>
    /// <param name="reader">The reader; empty when the input is refused.</param>
    /// <param name="error">Why the input is refused.</param>
    /// <param name="maxDepth">As in <see cref="TryOpen"/>.</param>
    public static bool TryOpenWhole(
        ReadOnlySpan<byte> data, CborRules rules, out CborReader reader, [NotNullWhen(false)] out MedIdError? error, int? maxDepth = null)
    {
        if (TryOpen(data, rules, out reader, out var consumed, out error, maxDepth) && consumed < data.Length)
        {
            reader = default;
            error = new(CryptographyErrorCodes.CborTrailingBytes, ErrorCategory.Malformed, "RFC 8949 §3", "bytes follow the data item");
        }

        return error is null;
    }

    /// <summary>Reads an integer of 64 bits with sign; false for another type and for a number beyond them.</summary>
    /// <param name="value">The number.</param>
    public bool TryReadInteger(out long value)
    {
        value = 0;
        if (!TryHead(out var head) || head.Major > 1 || head.Argument > long.MaxValue)
        {
            return false;
        }

        value = head.Major == 0 ? (long)head.Argument : -1 - (long)head.Argument;
        _at += head.Length;
        return true;
    }

    /// <summary>Reads a number that is not negative.</summary>
    /// <param name="value">The number.</param>
    public bool TryReadUnsigned(out ulong value)
    {
        value = 0;
        if (!TryHead(out var head) || head.Major != 0)
        {
            return false;
        }

        value = head.Argument;
        _at += head.Length;
        return true;
    }

    /// <summary>Reads a boolean.</summary>
    /// <param name="value">The value.</param>
    public bool TryReadBoolean(out bool value)
    {
        value = Next == CborType.Boolean && _data[_at] == 0xF5;
        if (Next != CborType.Boolean)
        {
            return false;
        }

        _at++;
        return true;
    }

    /// <summary>Reads a null.</summary>
    public bool TryReadNull()
    {
        if (AtEnd || _data[_at] != 0xF6)
        {
            return false;
        }

        _at++;
        return true;
    }

    /// <summary>Reads a byte string.</summary>
    /// <param name="value">A slice of the input; a copy when the string came in chunks.</param>
    public bool TryReadBytes(out ReadOnlySpan<byte> value) => TryReadString(2, out value);

    /// <summary>Reads a text string as UTF-8, which was found valid.</summary>
    /// <param name="value">A slice of the input; a copy when the string came in chunks.</param>
    public bool TryReadUtf8(out ReadOnlySpan<byte> value) => TryReadString(3, out value);

    /// <summary>Reads a text string.</summary>
    /// <param name="value">The text.</param>
    public bool TryReadText([NotNullWhen(true)] out string? value)
    {
        value = TryReadString(3, out var utf8) ? Encoding.UTF8.GetString(utf8) : null;
        return value is not null;
    }

    /// <summary>Reads an array whole: a reader of its items.</summary>
    /// <param name="items">Stands before the first item; <see cref="AtEnd"/> says when there is none left.</param>
    public bool TryReadArray(out CborReader items) => TryReadContainer(4, out items);

    /// <summary>Reads a map whole: a reader of its keys and values in turn. No key is there twice.</summary>
    /// <param name="entries">Stands before the first key.</param>
    public bool TryReadMap(out CborReader entries) => TryReadContainer(5, out entries);

    /// <summary>Reads the next item as it is encoded.</summary>
    /// <param name="encoded">A slice of the input.</param>
    public bool TryReadEncoded(out ReadOnlySpan<byte> encoded)
    {
        encoded = AtEnd ? default : _data.Slice(_at, Measure(_data[_at..]));
        _at += encoded.Length;
        return !encoded.IsEmpty;
    }

    /// <summary>Passes over the next item; false at the end.</summary>
    public bool TrySkip() => TryReadEncoded(out _);

    /// <summary>The length of an item that was judged before.</summary>
    private static int Measure(ReadOnlySpan<byte> data)
    {
        CborHead.TryRead(data, out var head);
        var at = head.Length;
        if (head.Major is 2 or 3 && !head.IsIndefinite)
        {
            return at + (int)head.Argument;
        }

        if (head.Major is < 2 or > 5)
        {
            return at;
        }

        for (var left = head.Major == 5 ? 2 * head.Argument : head.Argument; head.IsIndefinite ? data[at] != CborHead.Break : left > 0; left--)
        {
            at += Measure(data[at..]);
        }

        return head.IsIndefinite ? at + 1 : at;
    }

    private static MedIdError? ToError(CborProblem problem, int maxDepth) => problem switch
    {
        CborProblem.None => null,
        CborProblem.NotCanonical => new(CryptographyErrorCodes.CborNotCanonical, ErrorCategory.Malformed, "CTAP 2.1 §8", "length, number or order of keys is not canonical"),
        CborProblem.DuplicateKey => new(CryptographyErrorCodes.CborDuplicateKey, ErrorCategory.Malformed, "RFC 8949 §5.6"),
        CborProblem.TooDeep => new(CryptographyErrorCodes.CborTooDeep, ErrorCategory.Malformed, "CTAP 2.1 §8", $"nested deeper than {maxDepth}"),
        CborProblem.Tag => new(CryptographyErrorCodes.CborTagged, ErrorCategory.Malformed, "CTAP 2.1 §8", "a tag"),
        CborProblem.TooManyEntries => new(CryptographyErrorCodes.CborTooManyEntries, ErrorCategory.Malformed, "RFC 8949 §10", "a map with more than 256 entries"),
        _ => new(CryptographyErrorCodes.CborMalformed, ErrorCategory.Malformed, "RFC 8949 §3", "cut off, reserved, not UTF-8, or a key that is no integer or string"),
    };

    private readonly bool TryHead(out CborHead head) => CborHead.TryRead(_data[_at..], out head);

    private bool TryReadString(int major, out ReadOnlySpan<byte> value)
    {
        value = default;
        if (!TryHead(out var head) || head.Major != major)
        {
            return false;
        }

        if (!head.IsIndefinite)
        {
            value = _data.Slice(_at + head.Length, (int)head.Argument);
            _at += head.Length + value.Length;
            return true;
        }

        var whole = _data.Slice(_at, Measure(_data[_at..]));
        var joined = new byte[whole.Length];
        var length = 0;
        for (var at = head.Length; whole[at] != CborHead.Break;)
        {
            CborHead.TryRead(whole[at..], out var chunk);
            whole.Slice(at + chunk.Length, (int)chunk.Argument).CopyTo(joined.AsSpan(length));
            length += (int)chunk.Argument;
            at += chunk.Length + (int)chunk.Argument;
        }

        value = joined.AsSpan(0, length);
        _at += whole.Length;
        return true;
    }

    private bool TryReadContainer(int major, out CborReader content)
    {
        content = default;
        if (!TryHead(out var head) || head.Major != major)
        {
            return false;
        }

        var length = Measure(_data[_at..]);
        content = new(_data.Slice(_at + head.Length, length - head.Length - (head.IsIndefinite ? 1 : 0)));
        _at += length;
        return true;
    }
}
