using System.Diagnostics.CodeAnalysis;

namespace MedId.Signatures;

/// <summary>One object of ISO 32000-2 §7.3.</summary>
internal abstract record PdfValue
{
    /// <summary>Whether two values say the same: references by number, strings and streams by their bytes, wherever they stand.</summary>
    public static bool Same(PdfValue? left, PdfValue? right) => (left, right) switch
    {
        (PdfArray a, PdfArray b) => a.Items.Count == b.Items.Count && a.Items.Zip(b.Items).All(p => Same(p.First, p.Second)),
        (PdfStream a, PdfStream b) => Same(a.Dictionary, b.Dictionary) && a.Data.Span.SequenceEqual(b.Data.Span),
        (PdfDictionary a, PdfDictionary b) => a.SameExcept(b, []),
        (PdfString a, PdfString b) => a.Bytes.AsSpan().SequenceEqual(b.Bytes),
        _ => Equals(left, right),
    };

    /// <summary>Every reference in it.</summary>
    public static IEnumerable<PdfReference> References(PdfValue value)
    {
        var left = new Stack<PdfValue>([value]);
        while (left.TryPop(out var next))
        {
            switch (next)
            {
                case PdfReference reference:
                    yield return reference;
                    break;
                case PdfArray array:
                    Push(array.Items);
                    break;
                case PdfDictionary dictionary:
                    Push(dictionary.Entries.Values);
                    break;
                case PdfStream stream:
                    left.Push(stream.Dictionary);
                    break;
            }
        }

        void Push(IEnumerable<PdfValue> values)
        {
            foreach (var one in values)
            {
                left.Push(one);
            }
        }
    }
}

internal sealed record PdfNull : PdfValue
{
    public static PdfNull Value { get; } = new();
}

internal sealed record PdfBoolean(bool Value) : PdfValue;

internal sealed record PdfInteger(long Value) : PdfValue;

internal sealed record PdfReal(string Text) : PdfValue
{
    public bool IsZero => Text.AsSpan().IndexOfAnyExcept("+-.0") < 0;
}

internal sealed record PdfName(string Value) : PdfValue;

internal sealed record PdfReference(int Number, int Generation) : PdfValue;

/// <summary>A string, and where it was written: between which bytes of the file, or −1 inside an object stream.</summary>
internal sealed record PdfString(byte[] Bytes, bool IsHex, int Start, int End) : PdfValue;

internal sealed record PdfArray(IReadOnlyList<PdfValue> Items) : PdfValue;

internal sealed record PdfStream(PdfDictionary Dictionary, ReadOnlyMemory<byte> Data) : PdfValue;

internal sealed record PdfDictionary(IReadOnlyDictionary<string, PdfValue> Entries) : PdfValue
{
    public static PdfDictionary Empty { get; } = new(new Dictionary<string, PdfValue>(StringComparer.Ordinal));

    public PdfValue? this[string key] => Entries.GetValueOrDefault(key);

    public bool TryGet<T>(string key, [NotNullWhen(true)] out T? value)
        where T : PdfValue
    {
        value = Entries.GetValueOrDefault(key) as T;
        return value is not null;
    }

    public bool HasName(string key, string name) => this[key] is PdfName { Value: var value } && value == name;

    /// <summary>Whether two dictionaries say the same, some keys left out.</summary>
    public bool SameExcept(PdfDictionary other, IReadOnlyCollection<string> keys)
    {
        var mine = Entries.Where(e => !keys.Contains(e.Key, StringComparer.Ordinal)).ToList();
        return mine.Count == other.Entries.Keys.Count(k => !keys.Contains(k, StringComparer.Ordinal)) && mine.TrueForAll(e => other.Entries.TryGetValue(e.Key, out var value) && Same(e.Value, value));
    }
}
