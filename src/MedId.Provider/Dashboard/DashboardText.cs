namespace MedId.Provider;

/// <summary>Words, and the language that they are in: where a record keeps words for which there are none in the reader's language, they stay in theirs.</summary>
/// <param name="Text">The words.</param>
/// <param name="Language">BCP 47 tag; null where it is not known, as for names.</param>
public sealed record DashboardText(string Text, string? Language);
