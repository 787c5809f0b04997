namespace MedId.Consent;

/// <content>Kinds of data.</content>
public static partial class ConsentErrorCodes
{
    /// <summary>Data of this kind is never shared.</summary>
    public const string KindNotSharable = "consent.kind_not_sharable";

    /// <summary>Data of this kind needs a consent that stands.</summary>
    public const string KindNeedsConsent = "consent.kind_needs_consent";

    /// <summary>Data of this kind is handed on only to recipients and for purposes that the consent names.</summary>
    public const string KindOnwardLimited = "consent.kind_onward_limited";

    /// <summary>Data of this kind is handed on only with a further consent.</summary>
    public const string KindOnwardRestricted = "consent.kind_onward_restricted";

    /// <summary>Data of this kind is not handed on.</summary>
    public const string KindOnwardBarred = "consent.kind_onward_barred";

    /// <summary>Something that decides is not known.</summary>
    public const string KindUndetermined = "consent.kind_undetermined";
}
