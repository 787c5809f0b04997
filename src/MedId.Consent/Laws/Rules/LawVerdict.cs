namespace MedId.Consent;

/// <summary>What a rule says of a case.</summary>
public enum LawVerdict
{
    /// <summary>It cannot be said: facts are missing, or only a person can judge.</summary>
    Undecidable = 0,

    /// <summary>The rule is met.</summary>
    Pass = 1,

    /// <summary>The rule is broken.</summary>
    Fail = 2,

    /// <summary>The rule does not ask anything of this case.</summary>
    NotApplicable = 3,
}
