namespace MedId.Core;

/// <summary>Why the data is read.</summary>
/// <param name="System">Code system URI, e.g. HL7 v3 ActReason.</param>
/// <param name="Code">Code, e.g. <c>TREAT</c>.</param>
/// <param name="Text">In words, in the language of the notice.</param>
public sealed record ConsentPurpose(string System, string Code, string Text);
