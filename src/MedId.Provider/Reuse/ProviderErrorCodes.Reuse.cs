namespace MedId.Provider;

/// <content>Notices and laws.</content>
public static partial class ProviderErrorCodes
{
    /// <summary>What is asked for is not covered by what is said about the recipient: another purpose, or other data.</summary>
    public const string NoticeNotCovering = "provider.notice_not_covering";

    /// <summary>The consent would break a rule of a law that this OP is under.</summary>
    public const string LawNotMet = "provider.law_not_met";

    /// <summary>Whether a rule that has to be decided is met cannot be said.</summary>
    public const string LawUndecided = "provider.law_undecided";
}
