namespace MedId.Provider;

/// <content>Consents given beforehand.</content>
public static partial class ProviderErrorCodes
{
    /// <summary>This OP does not offer the kind of consent.</summary>
    public const string StandingNotOffered = "provider.standing_not_offered";

    /// <summary>A recipient or trust framework is unknown, missing, or cannot receive.</summary>
    public const string RecipientUnknown = "provider.recipient_unknown";

    /// <summary>The end or the time of access is beyond what this OP allows, or in the past.</summary>
    public const string StandingBeyondBounds = "provider.standing_beyond_bounds";

    /// <summary>The request is not what the one-time code was given for: other data, purpose or resource, an emergency, or a class that says a device was asked.</summary>
    public const string OneTimeCodeNotCovering = "provider.one_time_code_not_covering";

    /// <summary>The consent given beforehand was withdrawn, has ended, or was used as often as it may be.</summary>
    public const string StandingConsentNotActive = "provider.standing_consent_not_active";
}
