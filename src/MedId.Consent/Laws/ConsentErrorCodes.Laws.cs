namespace MedId.Consent;

/// <content>Laws and cases.</content>
public static partial class ConsentErrorCodes
{
    /// <summary>Not a table of laws, or one with a condition that cannot be read.</summary>
    public const string LawTable = "consent.law_table";

    /// <summary>A rule of a law is broken.</summary>
    public const string LawNotMet = "consent.law_not_met";

    /// <summary>Whether a rule is met cannot be said: a fact is missing, the rule is not verified, or only a person can judge.</summary>
    public const string LawUndecided = "consent.law_undecided";

    /// <summary>Not the facts of a case: a name that is no fact, or a value that the fact cannot have.</summary>
    public const string CaseFact = "consent.case_fact";
}
