namespace MedId.Jpki.Certificates;

/// <summary>What one flag of the substitution information stands for. The profile's exact rule is not published, so that unit is taken which fits the number of flags.</summary>
public enum SubstitutionUnit
{
    /// <summary>No unit fits, or a flag is not a digit: which characters are substituted is not known.</summary>
    Unknown = 0,

    /// <summary>A text element: what a reader sees as one character, with its variation selector and combining marks.</summary>
    TextElement = 1,

    /// <summary>A Unicode scalar value.</summary>
    Rune = 2,

    /// <summary>A UTF-16 code unit.</summary>
    CodeUnit = 3,
}
