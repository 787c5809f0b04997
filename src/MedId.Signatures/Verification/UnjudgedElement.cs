namespace MedId.Signatures;

/// <summary>Something in a signature that this library reports and does not judge: no decision rests on it.</summary>
/// <param name="Identifier">Object identifier, or the XML element's name.</param>
/// <param name="Name">What the standard calls it: <c>countersignature</c>, <c>archiveTimestampV3</c>.</param>
public sealed record UnjudgedElement(string Identifier, string Name);
