namespace MedId.Jpki.Certificates;

/// <summary>Why two values that are not the same characters are equivalent, or why it cannot be said. The first nine are the equivalences of a <see cref="ComparisonPolicy"/>.</summary>
[Flags]
public enum ComparisonReasons
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Full-width and half-width forms of one character (Ａ A, ｶﾞ ガ).</summary>
    Width = 1,

    /// <summary>Spaces, of any kind and number.</summary>
    Spaces = 2,

    /// <summary>Hyphens, minus signs, dashes, and the long-vowel mark that is typed for them.</summary>
    Hyphens = 4,

    /// <summary>A variation selector (IVS), which asks for another shape of the same character.</summary>
    VariationSelectors = 8,

    /// <summary>A kana and its voicing mark as one character or as two.</summary>
    Composition = 16,

    /// <summary>Variant characters of the table (異体字: 髙 高).</summary>
    Variants = 32,

    /// <summary>Old and new forms of the table (旧字体 新字体: 邊 辺).</summary>
    OldAndNewForms = 64,

    /// <summary>Upper and lower case Latin letters.</summary>
    LetterCase = 128,

    /// <summary>丁目, 番地, 番, 号 written as hyphens.</summary>
    AddressNotation = 256,

    /// <summary>A character of the certificate stands in for another one, at a place where the texts could be the same.</summary>
    Substituted = 512,

    /// <summary>It is not known which characters of the certificate stand in for others.</summary>
    SubstitutionUnknown = 1024,

    /// <summary>The certificate's value is unknown or partly unknown.</summary>
    ValueUnknown = 2048,

    /// <summary>The form's text is too long, or is no well-formed Unicode.</summary>
    Unreadable = 4096,
}
