namespace MedId.Provider;

/// <summary>One line of the notice: a scope, and what it means in words.</summary>
/// <param name="Scope">The scope token as asked.</param>
/// <param name="Text">In words people understand, in the notice's language.</param>
public sealed record NoticeCategory(string Scope, string Text);
