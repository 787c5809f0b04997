using System.Runtime.CompilerServices;

namespace MedId.Provider;

/// <summary>
/// What a stored text means, read once for the several steps of a flow that need it. A text is known by its identity, not by its content, so nothing is compared and nothing can be mistaken;
/// the newest texts replace older ones, and there are never more than <see cref="Slots"/>. Any thread.
/// </summary>
/// <param name="read">Reads a text. What it gives is shared, so it is immutable.</param>
internal sealed class RecentlyRead<T>(Func<string, T> read)
    where T : class
{
    private const int Slots = 256;
    private readonly Entry?[] _entries = new Entry?[Slots];

    public T Of(string text)
    {
        ref var slot = ref _entries[RuntimeHelpers.GetHashCode(text) & (Slots - 1)];
        if (Volatile.Read(ref slot) is { } known && ReferenceEquals(known.Text, text))
        {
            return known.Value;
        }

        var value = read(text);
        Volatile.Write(ref slot, new(text, value));
        return value;
    }

    private sealed record Entry(string Text, T Value);
}
