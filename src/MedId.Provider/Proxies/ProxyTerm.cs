using MedId.Core;

namespace MedId.Provider;

/// <summary>A kind of evidence or a legal basis: a code of this OP, with words that people read.</summary>
/// <param name="Code">The code, as relations and records hold it.</param>
/// <param name="Ja">The words in Japanese.</param>
/// <param name="En">The words in English.</param>
/// <param name="For">The relationships for which it serves.</param>
public sealed record ProxyTerm(string Code, string Ja, string En, params IReadOnlyList<ProxyRelationship> For)
{
    /// <summary>Of a legal basis: that it is there for minors only, so that a relation by it says when the person comes of age, and ends then.</summary>
    public bool OfMinors { get; init; }

    /// <summary>The words.</summary>
    /// <param name="language"><c>ja</c> or <c>en</c>.</param>
    /// <returns>The text.</returns>
    public string In(string language) => language == "en" ? En : Ja;

    /// <inheritdoc/>
    public override string ToString() => Code;
}
