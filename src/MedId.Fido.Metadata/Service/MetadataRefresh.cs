using MedId.Core;

namespace MedId.Fido.Metadata;

/// <summary>What a refresh of the metadata brought.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Error">Why it failed, or why the attempt before did; null otherwise.</param>
/// <param name="Decision">What was decided about the BLOB that came; null when none came. Its changes are for whoever has to act on a model's new status.</param>
public sealed record MetadataRefresh(MetadataRefreshOutcome Outcome, MedIdError? Error = null, MetadataBlobDecision? Decision = null);
