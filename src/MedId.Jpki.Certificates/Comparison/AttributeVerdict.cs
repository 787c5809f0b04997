namespace MedId.Jpki.Certificates;

/// <summary>How one attribute of a form stands to that of the certificate.</summary>
public enum AttributeVerdict
{
    /// <summary>The form does not state it. Never a match.</summary>
    NotStated = 0,

    /// <summary>The same, character by character.</summary>
    Equal = 1,

    /// <summary>Not the same characters, but the same text by the equivalences that the policy names; <see cref="AttributeComparison.Reasons"/> says which were needed.</summary>
    Equivalent = 2,

    /// <summary>Another value.</summary>
    Different = 3,

    /// <summary>It cannot be said: the certificate itself does not say it (substituted characters, unknown birth date, unmapped gender). A person has to look.</summary>
    Undecidable = 4,
}
