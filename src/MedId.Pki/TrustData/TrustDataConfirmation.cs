namespace MedId.Pki;

/// <summary>A row for which the operator of one installation answers. It is configuration and survives newer trust data.</summary>
/// <param name="Section">The section, one of <see cref="TrustDataSections"/>.</param>
/// <param name="Id">The row.</param>
/// <param name="Source">What the operator relies on, e.g. the document and its page.</param>
public sealed record TrustDataConfirmation(string Section, string Id, string Source);
