namespace MedId.Fido.Metadata;

/// <summary>A model of which something else is reported than in the BLOB before. FIDO MDS 3.0 §3.2 step 7.</summary>
/// <param name="Entry">The model as it is now; as it was, when it is gone.</param>
/// <param name="Added">Reports that are new.</param>
/// <param name="Removed">Reports that are gone.</param>
/// <param name="IsNew">Whether the model was not there before.</param>
/// <param name="IsGone">Whether the model is there no more.</param>
public sealed record MetadataStatusChange(
    MetadataEntry Entry, IReadOnlyList<StatusReport> Added, IReadOnlyList<StatusReport> Removed, bool IsNew, bool IsGone);
