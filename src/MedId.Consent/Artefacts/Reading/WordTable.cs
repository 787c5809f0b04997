using System.Diagnostics.CodeAnalysis;

namespace MedId.Consent;

/// <summary>The words that a format has for values, both ways. The first word of a value is the one that is written.</summary>
internal sealed class WordTable<T>(params (string Word, T Value)[] words)
    where T : struct
{
    public bool TryFind(string word, out T value)
    {
        foreach (var entry in words)
        {
            if (string.Equals(entry.Word, word, StringComparison.Ordinal))
            {
                value = entry.Value;
                return true;
            }
        }

        value = default;
        return false;
    }

    public bool TryWord(T value, [NotNullWhen(true)] out string? word)
    {
        word = null;
        foreach (var entry in words)
        {
            if (EqualityComparer<T>.Default.Equals(entry.Value, value))
            {
                word = entry.Word;
                return true;
            }
        }

        return false;
    }
}
