namespace MedId.Provider;

/// <content>Limits.</content>
public static partial class ProviderErrorCodes
{
    /// <summary>The person was asked too often lately.</summary>
    public const string AskedTooOften = "provider.asked_too_often";

    /// <summary>The person said no to this client a short while ago.</summary>
    public const string DeniedRecently = "provider.denied_recently";

    /// <summary>The client asks too many people.</summary>
    public const string ClientAsksTooOften = "provider.client_asks_too_often";

    /// <summary>The institution asks too many people.</summary>
    public const string ClinicAsksTooOften = "provider.clinic_asks_too_often";
}
