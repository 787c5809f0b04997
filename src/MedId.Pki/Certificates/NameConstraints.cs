namespace MedId.Pki;

/// <summary>Where the names of all later certificates of a path have to be, and where they may not be (RFC 5280 §4.2.1.10).</summary>
/// <param name="Permitted">The only subtrees allowed, for each form of name that occurs; empty for no such limit.</param>
/// <param name="Excluded">The subtrees forbidden.</param>
public sealed record NameConstraints(IReadOnlyList<GeneralSubtree> Permitted, IReadOnlyList<GeneralSubtree> Excluded);
