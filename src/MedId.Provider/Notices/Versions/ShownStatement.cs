namespace MedId.Provider;

/// <summary>A statement as it is shown.</summary>
/// <param name="Item">The item: the fact's name without <c>notice_</c>, e.g. <c>retention</c>.</param>
/// <param name="Text">In words, in the notice's language.</param>
public sealed record ShownStatement(string Item, string Text);
