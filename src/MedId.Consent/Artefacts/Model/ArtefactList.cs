using System.Collections;
using System.Runtime.CompilerServices;

namespace MedId.Consent;

/// <summary>A list that does not change and is equal to another one with equal values in the same order, so that artefacts compare field by field.</summary>
/// <typeparam name="T">What it holds.</typeparam>
[CollectionBuilder(typeof(ArtefactList), nameof(ArtefactList.Create))]
public sealed class ArtefactList<T> : IReadOnlyList<T>, IEquatable<ArtefactList<T>>
{
    private readonly T[] _values;

    internal ArtefactList(T[] values) => _values = values;

    /// <summary>The list without values.</summary>
    public static ArtefactList<T> Empty { get; } = new([]);

    /// <inheritdoc/>
    public int Count => _values.Length;

    /// <inheritdoc/>
    public T this[int index] => _values[index];

    /// <inheritdoc/>
    public bool Equals(ArtefactList<T>? other) => other is not null && _values.AsSpan().SequenceEqual(other._values, EqualityComparer<T>.Default);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ArtefactList<T>);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = default(HashCode);
        foreach (var value in _values)
        {
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public IEnumerator<T> GetEnumerator() => ((IEnumerable<T>)_values).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <inheritdoc/>
    public override string ToString() => $"[{_values.Length}]";
}
