namespace MedId.Consent;

/// <summary>An artefact in a format, and what the format could not hold.</summary>
/// <param name="Format">The format.</param>
/// <param name="Bytes">UTF-8, without byte order mark.</param>
/// <param name="Lost">The members of <see cref="ConsentArtefact"/> (names of <see cref="ArtefactMembers"/>) that are not the same when the bytes are read again: exactly those, in the order of the model.</param>
public sealed record WrittenArtefact(ArtefactFormat Format, ReadOnlyMemory<byte> Bytes, IReadOnlyList<string> Lost)
{
    /// <summary>Those of <see cref="Lost"/> that limited what is allowed: whoever has only these bytes may think that more was agreed. Do not hand them on as the consent while this is not empty.</summary>
    public IReadOnlyList<string> LostLimits => [.. Lost.Where(ArtefactMembers.IsLimit)];
}
