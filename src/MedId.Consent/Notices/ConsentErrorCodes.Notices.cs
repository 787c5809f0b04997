namespace MedId.Consent;

/// <content>Notices.</content>
public static partial class ConsentErrorCodes
{
    /// <summary>There is no such version of the notice, or its wording is another.</summary>
    public const string NoticeUnknown = "consent.notice_unknown";

    /// <summary>The notice has no wording in that language.</summary>
    public const string NoticeLanguage = "consent.notice_language";
}
