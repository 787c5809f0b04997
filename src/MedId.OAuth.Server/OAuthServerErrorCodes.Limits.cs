namespace MedId.OAuth.Server;

public static partial class OAuthServerErrorCodes
{
    /// <summary>Too many failures: the credential was not looked at. On the wire it is <c>invalid_client</c>, like a wrong one.</summary>
    public const string ClientAuthenticationLimited = "oauth_server.client_authentication_limited";
}
