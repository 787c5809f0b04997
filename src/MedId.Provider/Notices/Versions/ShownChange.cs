namespace MedId.Provider;

/// <summary>One difference between what a person agreed to before and what is said now.</summary>
/// <param name="Field">What changed: a field of <see cref="MedId.Consent.NoticeField"/> in kebab case, e.g. <c>retention</c>.</param>
/// <param name="Material">Whether it asks again.</param>
/// <param name="Text">In words.</param>
public sealed record ShownChange(string Field, bool Material, string Text);
