namespace MedId.OAuth.Server;

/// <summary>The codes that this package refuses untrusted input with. A client assertion is also refused with the <c>jose.*</c> codes of its verifier.</summary>
public static partial class OAuthServerErrorCodes
{
    /// <summary>The body is not one form in UTF-8 within the limits.</summary>
    public const string FormMalformed = "oauth_server.form_malformed";

    /// <summary>A parameter stands twice.</summary>
    public const string ParameterRepeated = "oauth_server.parameter_repeated";

    /// <summary>A required parameter was left out.</summary>
    public const string ParameterMissing = "oauth_server.parameter_missing";

    /// <summary>The client did not authenticate.</summary>
    public const string ClientAuthenticationMissing = "oauth_server.client_authentication_missing";

    /// <summary>The client used more than one authentication method.</summary>
    public const string ClientAuthenticationMultiple = "oauth_server.client_authentication_multiple";

    /// <summary>Unknown client, wrong credential, or another method than the registered one: told apart nowhere on the wire.</summary>
    public const string ClientAuthenticationFailed = "oauth_server.client_authentication_failed";

    /// <summary>The keys that the client publishes could not be fetched, and there are none from before.</summary>
    public const string ClientKeysUnavailable = "oauth_server.client_keys_unavailable";

    /// <summary><c>client_assertion_type</c> is missing, or not the JWT bearer type.</summary>
    public const string ClientAssertionTypeUnsupported = "oauth_server.client_assertion_type_unsupported";

    /// <summary>The assertion is for another server, or also for another server.</summary>
    public const string ClientAssertionAudience = "oauth_server.client_assertion_audience";

    /// <summary>The assertion was used before.</summary>
    public const string ClientAssertionReplayed = "oauth_server.client_assertion_replayed";

    /// <summary><c>client_id</c> names another client than the credential.</summary>
    public const string ClientIdMismatch = "oauth_server.client_id_mismatch";

    /// <summary>This server has no such grant type.</summary>
    public const string GrantTypeUnsupported = "oauth_server.grant_type_unsupported";

    /// <summary>The client is not registered for the grant type.</summary>
    public const string GrantTypeNotRegistered = "oauth_server.grant_type_not_registered";

    /// <summary>The refresh token is unknown, expired, ended, or another client's.</summary>
    public const string RefreshTokenUnknown = "oauth_server.refresh_token_unknown";

    /// <summary>The refresh token had been rotated before; its family is ended.</summary>
    public const string RefreshTokenReused = "oauth_server.refresh_token_reused";

    /// <summary>What the token was made from no longer stands: withdrawn, expired, or its person suspended.</summary>
    public const string GrantInactive = "oauth_server.grant_inactive";

    /// <summary>What the person agreed to has changed materially since: they have to be asked again.</summary>
    public const string GrantOutdated = "oauth_server.grant_outdated";

    /// <summary>The scope is not a list of scope tokens.</summary>
    public const string ScopeMalformed = "oauth_server.scope_malformed";

    /// <summary>The scope asks for more than was granted.</summary>
    public const string ScopeWidened = "oauth_server.scope_widened";

    /// <summary>The resource is another one than was granted.</summary>
    public const string ResourceMismatch = "oauth_server.resource_mismatch";

    /// <summary>The caller is no resource server.</summary>
    public const string IntrospectionNotPermitted = "oauth_server.introspection_not_permitted";

    /// <summary>The token is not for a resource of the asking resource server.</summary>
    public const string TokenNotForResourceServer = "oauth_server.token_not_for_resource_server";

    /// <summary>The token was revoked.</summary>
    public const string TokenRevoked = "oauth_server.token_revoked";

    /// <summary>No bearer token in the <c>Authorization</c> header.</summary>
    public const string AccessTokenMissing = "oauth_server.access_token_missing";

    /// <summary>The access token is not a live one of this server.</summary>
    public const string AccessTokenInvalid = "oauth_server.access_token_invalid";

    /// <summary>The access token was not granted the scope that is needed.</summary>
    public const string ScopeInsufficient = "oauth_server.scope_insufficient";

    /// <summary>An operator stopped the issue of tokens; what was granted stays and can be fetched later.</summary>
    public const string IssueStopped = "oauth_server.issue_stopped";

    /// <summary>The client registered a way of encryption that this server does not have.</summary>
    public const string EncryptionUnsupported = "oauth_server.encryption_unsupported";

    /// <summary>The client registered that something is encrypted to it, and publishes no key to encrypt to.</summary>
    public const string EncryptionKeyMissing = "oauth_server.encryption_key_missing";

    /// <summary>The document at a <c>sector_identifier_uri</c> is no array of URLs.</summary>
    public const string SectorIdentifierMalformed = "oauth_server.sector_identifier_malformed";

    /// <summary>The document at a <c>sector_identifier_uri</c> does not name the client.</summary>
    public const string SectorIdentifierForeign = "oauth_server.sector_identifier_foreign";

    /// <summary>The token is one of this server's, of a kind that is not revoked, e.g. an ID token (RFC 7009 §2.2.1).</summary>
    public const string TokenTypeUnsupported = "oauth_server.token_type_unsupported";

    /// <summary>Something under the server does not answer now, e.g. the database or the service that holds its keys; asking again may help.</summary>
    public const string Unavailable = "oauth_server.unavailable";

    /// <summary>Something under the server failed. Nothing of it is told.</summary>
    public const string Failed = "oauth_server.failed";

    /// <summary>The document at a <c>sector_identifier_uri</c> could not be had.</summary>
    public const string SectorIdentifierUnavailable = "oauth_server.sector_identifier_unavailable";

    /// <summary>The client registered pairwise subjects and names no host by which to know people.</summary>
    public const string SectorIdentifierMissing = "oauth_server.sector_identifier_missing";

    /// <summary>Nothing shows that the host by which the client wants to know people is its own.</summary>
    public const string SectorIdentifierUnproven = "oauth_server.sector_identifier_unproven";

    /// <summary>The client registered pairwise subjects and this server has no key for them.</summary>
    public const string SubjectTypeUnavailable = "oauth_server.subject_type_unavailable";

    /// <summary>No key that signs now has the algorithm that the client registered for what is signed to it.</summary>
    public const string SigningKeyMissing = "oauth_server.signing_key_missing";
}
