using MedId.Core;

namespace MedId.Heart.Fhir.Scopes;

/// <summary>A token of a scope list that grants nothing because it is not well formed.</summary>
/// <param name="Token">The token as it was written; it came from outside, so do not log it without limit.</param>
/// <param name="Error">Why.</param>
public sealed record IgnoredScope(string Token, MedIdError Error);
