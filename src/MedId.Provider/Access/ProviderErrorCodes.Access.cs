namespace MedId.Provider;

/// <content>Requests that are decided without asking a device.</content>
public static partial class ProviderErrorCodes
{
    /// <summary><c>authorization_details</c> hold a type or member that this OP does not know, or one that is not well-formed.</summary>
    public const string AuthorizationDetailsRefused = "provider.authorization_details_refused";
}
