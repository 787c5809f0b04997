namespace MedId.Core;

/// <summary>One fact of <see cref="AuthenticatorFacts"/> with where it comes from, for explanation and records.</summary>
/// <param name="Fact">The property's name, e.g. <c>Exportable</c>.</param>
/// <param name="Value">Its value.</param>
/// <param name="Source">Where it comes from; <see cref="FactSource.None"/> for the value that stands when nothing is known.</param>
/// <param name="Reason">In words, English.</param>
public sealed record FactProvenance(string Fact, bool Value, FactSource Source, string Reason);
