namespace MedId.Consent;

/// <summary>Makes <see cref="ArtefactList{T}"/>, also from <c>[a, b]</c>.</summary>
public static class ArtefactList
{
    /// <summary>A list of these values.</summary>
    /// <typeparam name="T">What it holds.</typeparam>
    /// <param name="values">The values, copied.</param>
    public static ArtefactList<T> Create<T>(ReadOnlySpan<T> values) => values.IsEmpty ? ArtefactList<T>.Empty : new(values.ToArray());
}
