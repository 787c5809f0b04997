namespace MedId.Jpki.Certificates;

/// <summary>Where in a text a character stands in for one that the certificate's character set lacks.</summary>
/// <param name="Position">Which character, from 0, counted in text elements.</param>
/// <param name="Start">Where it begins in UTF-16 code units.</param>
/// <param name="Length">How many UTF-16 code units it has.</param>
public readonly record struct SubstitutedCharacter(int Position, int Start, int Length);
