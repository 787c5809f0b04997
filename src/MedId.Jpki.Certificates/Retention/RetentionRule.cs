namespace MedId.Jpki.Certificates;

/// <summary>How one item may be kept under one standing.</summary>
/// <param name="Item">The item.</param>
/// <param name="Handling">How.</param>
/// <param name="Source">Who says so.</param>
/// <param name="Certainty">How well it is known.</param>
public sealed record RetentionRule(RetentionItem Item, RetentionHandling Handling, string Source, DataCertainty Certainty);
