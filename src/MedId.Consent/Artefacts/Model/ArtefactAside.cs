namespace MedId.Consent;

/// <summary>Something that a format has and <see cref="ConsentArtefact"/> does not.</summary>
/// <param name="Format">The format.</param>
/// <param name="Place">Where it stands: a JSON pointer (RFC 6901), or a path of elements with <c>@</c> before an attribute.</param>
/// <param name="Value">JSON text; for XML the attribute's value or the element's text form.</param>
public sealed record ArtefactAside(ArtefactFormat Format, string Place, string Value)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Format} {Place}";
}
