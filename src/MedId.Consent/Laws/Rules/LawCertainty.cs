namespace MedId.Consent;

/// <summary>How sure it is that a source asks for what a rule says. A verdict is never surer than its rule.</summary>
public enum LawCertainty
{
    /// <summary>Not verified in the primary text. A pass under such a rule grants nothing unless the caller accepts it by name.</summary>
    Unverified = 0,

    /// <summary>Read in the place that the row names, which is not the primary text.</summary>
    ReadThere = 1,

    /// <summary>From the published standard or statute.</summary>
    Sure = 2,
}
