namespace MedId.Fido.Metadata;

/// <summary>A version of the FIDO protocol that a model speaks: one item of <c>upv</c>. FIDO metadata statement §4.</summary>
/// <param name="Major"><c>major</c>.</param>
/// <param name="Minor"><c>minor</c>.</param>
public sealed record MetadataVersion(ushort Major, ushort Minor);
