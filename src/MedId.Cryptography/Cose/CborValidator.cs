using System.Text.Unicode;

namespace MedId.Cryptography;

/// <summary>Walks over one data item and judges all of it, so that a reader after it cannot meet a surprise. Allocates only what is bounded by the bytes there are.</summary>
internal ref struct CborValidator(ReadOnlySpan<byte> data, CborRules rules, int maxDepth)
{
    private const int MaxTolerantEntries = 256;
    private readonly ReadOnlySpan<byte> _data = data;
    private readonly bool _strict = rules == CborRules.Ctap2Canonical;
    private int _at;

    /// <summary>How many bytes were walked over.</summary>
    public readonly int Position => _at;

    /// <summary>Judges the next item; <paramref name="depth"/> is how many arrays and maps stand around it.</summary>
    public CborProblem Item(int depth)
    {
        if (!CborHead.TryRead(_data[_at..], out var head))
        {
            return CborProblem.Malformed;
        }

        _at += head.Length;
        if (head.IsIndefinite && head.Major is not (2 or 3 or 4 or 5))
        {
            return CborProblem.Malformed;
        }

        // CTAP 2.1 §8: lengths are definite, numbers as short as they can be. Floating-point numbers keep their width.
        if (_strict && (head.IsIndefinite || (head.Major != 7 && !head.IsShortest)))
        {
            return CborProblem.NotCanonical;
        }

        return head.Major switch
        {
            0 or 1 => CborProblem.None,
            2 or 3 => head.IsIndefinite ? Chunks(head.Major) : Text(head.Major, head.Argument),
            4 => depth < maxDepth ? Array(head, depth + 1) : CborProblem.TooDeep,
            5 => depth < maxDepth ? Map(head, depth + 1) : CborProblem.TooDeep,
            6 => CborProblem.Tag,

            // RFC 8949 §3.3: a simple value below 32 has no second byte.
            _ => head.Information == 24 && head.Argument < 32 ? CborProblem.Malformed : CborProblem.None,
        };
    }

    /// <summary>The order of CTAP 2.1 §8: major type, then length of the encoding, then bytes.</summary>
    private static int Compare(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var (majors, lengths) = ((left[0] >> 5) - (right[0] >> 5), left.Length - right.Length);
        return majors != 0 ? majors : lengths != 0 ? lengths : left.SequenceCompareTo(right);
    }

    private CborProblem Text(int major, ulong length)
    {
        if (length > (ulong)(_data.Length - _at))
        {
            return CborProblem.Malformed;
        }

        var content = _data.Slice(_at, (int)length);
        _at += content.Length;
        return major == 2 || Utf8.IsValid(content) ? CborProblem.None : CborProblem.Malformed;
    }

    /// <summary>RFC 8949 §3.2.3: chunks are of the same type and of definite length, each of them valid UTF-8 where it is text.</summary>
    private CborProblem Chunks(int major)
    {
        while (!TryBreak())
        {
            if (!CborHead.TryRead(_data[_at..], out var head) || head.Major != major || head.IsIndefinite)
            {
                return CborProblem.Malformed;
            }

            _at += head.Length;
            if (Text(major, head.Argument) is not CborProblem.None and var problem)
            {
                return problem;
            }
        }

        return CborProblem.None;
    }

    private bool TryBreak()
    {
        if (_at >= _data.Length || _data[_at] != CborHead.Break)
        {
            return false;
        }

        _at++;
        return true;
    }

    private CborProblem Array(CborHead head, int depth)
    {
        // Each item takes a byte at least: a count beyond the input ends here and is never allocated for.
        if (head.Argument > (ulong)(_data.Length - _at))
        {
            return CborProblem.Malformed;
        }

        for (var left = head.Argument; head.IsIndefinite ? !TryBreak() : left > 0; left--)
        {
            if (Item(depth) is not CborProblem.None and var problem)
            {
                return problem;
            }
        }

        return CborProblem.None;
    }

    private CborProblem Map(CborHead head, int depth)
    {
        if (head.Argument > (ulong)((_data.Length - _at) / 2))
        {
            return CborProblem.Malformed;
        }

        var keys = _strict ? null : new List<(int Start, int End)>();
        var previous = default(ReadOnlySpan<byte>);
        for (var left = head.Argument; head.IsIndefinite ? !TryBreak() : left > 0; left--)
        {
            var start = _at;
            if (Item(depth) is not CborProblem.None and var badKey)
            {
                return badKey;
            }

            var key = _data[start.._at];
            if ((keys is null ? Ordered(previous, key) : Unique(keys, start)) is not CborProblem.None and var misplaced)
            {
                return misplaced;
            }

            previous = key;
            if (Item(depth) is not CborProblem.None and var badValue)
            {
                return badValue;
            }
        }

        return CborProblem.None;
    }

    private static CborProblem Ordered(ReadOnlySpan<byte> previous, ReadOnlySpan<byte> key) => (previous.IsEmpty ? -1 : Compare(previous, key)) switch
    {
        < 0 => CborProblem.None,
        0 => CborProblem.DuplicateKey,
        _ => CborProblem.NotCanonical,
    };

    /// <summary>Keys are equal when their values are, however long their heads were written.</summary>
    private readonly CborProblem Unique(List<(int Start, int End)> keys, int start)
    {
        CborHead.TryRead(_data[start..], out var head);
        if (head.Major > 3 || head.IsIndefinite)
        {
            return CborProblem.Malformed;
        }

        if (keys.Count == MaxTolerantEntries)
        {
            return CborProblem.TooManyEntries;
        }

        var content = _data[(start + head.Length).._at];
        foreach (var known in keys)
        {
            CborHead.TryRead(_data[known.Start..], out var other);
            if (other.Major == head.Major && other.Argument == head.Argument && content.SequenceEqual(_data[(known.Start + other.Length)..known.End]))
            {
                return CborProblem.DuplicateKey;
            }
        }

        keys.Add((start, _at));
        return CborProblem.None;
    }
}
