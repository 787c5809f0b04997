using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.OAuth;

/// <summary>
/// A client as it is registered, by the standards' own member names (RFC 7591 §2, OIDC Registration §2, CIBA Core §4). Members that are not known here are
/// kept in <see cref="Additional"/> and otherwise ignored. Its text form shows no secret.
/// </summary>
public sealed record ClientMetadata
{
    /// <summary><c>client_id</c>.</summary>
    public required string ClientId { get; init; }

    /// <summary><c>client_secret</c>; only for the methods that use one.</summary>
    public string? ClientSecret { get; init; }

    /// <summary><c>client_name</c>; what is shown where there is no name for the language.</summary>
    public string? ClientName { get; init; }

    /// <summary>Names by language tag (<c>client_name#ja</c>, OIDC Registration §2.1); tags compare without case.</summary>
    public IReadOnlyDictionary<string, string> ClientNames { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary><c>jwks</c>; never beside <see cref="JwksUri"/>.</summary>
    public JsonWebKeySet? Jwks { get; init; }

    /// <summary><c>jwks_uri</c>.</summary>
    public string? JwksUri { get; init; }

    /// <summary><c>token_endpoint_auth_method</c>.</summary>
    /// <value><c>client_secret_basic</c> when absent, as the standard says.</value>
    public ClientAuthenticationMethod TokenEndpointAuthMethod { get; init; } = ClientAuthenticationMethod.ClientSecretBasic;

    /// <summary><c>token_endpoint_auth_signing_alg</c>; null: every algorithm that the server allows.</summary>
    public SignatureAlgorithm? TokenEndpointAuthSigningAlg { get; init; }

    /// <summary><c>token_endpoint_auth_signing_alg</c> of <c>client_secret_jwt</c>; null: every HMAC that the secret is long enough for.</summary>
    public HmacAlgorithm? TokenEndpointAuthHmacAlg { get; init; }

    /// <summary><c>grant_types</c>.</summary>
    /// <value><c>authorization_code</c> when absent, as the standard says.</value>
    public IReadOnlyList<string> GrantTypes { get; init; } = [OAuth.GrantTypes.AuthorizationCode];

    /// <summary><c>scope</c>: the scopes the client may ask for, space-delimited; null: what the server gives by default.</summary>
    public string? Scope { get; init; }

    /// <summary><c>backchannel_token_delivery_mode</c>: <c>poll</c>, <c>ping</c> or <c>push</c>.</summary>
    public string? BackchannelTokenDeliveryMode { get; init; }

    /// <summary><c>backchannel_client_notification_endpoint</c>; needed for ping and push.</summary>
    public string? BackchannelClientNotificationEndpoint { get; init; }

    /// <summary><c>backchannel_authentication_request_signing_alg</c>; null: the client sends plain requests.</summary>
    public SignatureAlgorithm? BackchannelAuthenticationRequestSigningAlg { get; init; }

    /// <summary><c>backchannel_user_code_parameter</c>.</summary>
    public bool BackchannelUserCodeParameter { get; init; }

    /// <summary><c>id_token_signed_response_alg</c>; null: the server chooses.</summary>
    public SignatureAlgorithm? IdTokenSignedResponseAlg { get; init; }

    /// <summary><c>introspection_signed_response_alg</c> (RFC 9701 §6); null: the server chooses.</summary>
    public SignatureAlgorithm? IntrospectionSignedResponseAlg { get; init; }

    /// <summary><c>subject_type</c>: <c>public</c> or <c>pairwise</c>.</summary>
    public string SubjectType { get; init; } = "public";

    /// <summary><c>sector_identifier_uri</c>.</summary>
    public string? SectorIdentifierUri { get; init; }

    /// <summary><c>tls_client_auth_subject_dn</c> (RFC 8705 §2.1.2), an RFC 4514 string.</summary>
    public string? TlsClientAuthSubjectDn { get; init; }

    /// <summary><c>tls_client_auth_san_dns</c> (RFC 8705 §2.1.2).</summary>
    public string? TlsClientAuthSanDns { get; init; }

    /// <summary><c>tls_client_auth_san_uri</c> (RFC 8705 §2.1.2).</summary>
    public string? TlsClientAuthSanUri { get; init; }

    /// <summary><c>tls_client_auth_san_ip</c> (RFC 8705 §2.1.2).</summary>
    public string? TlsClientAuthSanIp { get; init; }

    /// <summary><c>tls_client_auth_san_email</c> (RFC 8705 §2.1.2).</summary>
    public string? TlsClientAuthSanEmail { get; init; }

    /// <summary><c>tls_client_certificate_bound_access_tokens</c> (RFC 8705 §3.4).</summary>
    public bool TlsClientCertificateBoundAccessTokens { get; init; }

    /// <summary><c>dpop_bound_access_tokens</c> (RFC 9449 §5.2).</summary>
    public bool DpopBoundAccessTokens { get; init; }

    /// <summary><c>id_token_encrypted_response_alg</c> (OIDC Registration §2); null: ID tokens are not encrypted.</summary>
    public string? IdTokenEncryptedResponseAlg { get; init; }

    /// <summary><c>id_token_encrypted_response_enc</c> (OIDC Registration §2).</summary>
    public string? IdTokenEncryptedResponseEnc { get; init; }

    /// <summary><c>introspection_encrypted_response_alg</c> (RFC 9701 §6); null: signed introspection answers are not encrypted.</summary>
    public string? IntrospectionEncryptedResponseAlg { get; init; }

    /// <summary><c>introspection_encrypted_response_enc</c> (RFC 9701 §6).</summary>
    public string? IntrospectionEncryptedResponseEnc { get; init; }

    /// <summary><c>authorization_details_types</c> (RFC 9396 §10); empty: none are named.</summary>
    public IReadOnlyList<string> AuthorizationDetailsTypes { get; init; } = [];

    /// <summary>The members that are not known here, as they were.</summary>
    public IReadOnlyDictionary<string, JsonElement> Additional { get; init; } = new Dictionary<string, JsonElement>(StringComparer.Ordinal);

    /// <summary>The name to show in a language: <see cref="ClientNames"/>, else <see cref="ClientName"/>, else the client id.</summary>
    /// <param name="language">A language tag: <c>ja</c>.</param>
    public string NameIn(string language) => ClientNames.GetValueOrDefault(language) ?? ClientName ?? ClientId;

    /// <summary>Reads one client.</summary>
    /// <param name="utf8">A JSON object.</param>
    public static MedIdResult<ClientMetadata> Parse(ReadOnlyMemory<byte> utf8) => StrictJson.ParseObject(utf8).Then(Parse);

    /// <summary>Reads one client.</summary>
    /// <param name="json">An object of <see cref="StrictJson"/>.</param>
    public static MedIdResult<ClientMetadata> Parse(JsonElement json) => ClientMetadataReader.Read(json);

    /// <inheritdoc/>
    public override string ToString() => $"client {ClientId}, {ClientAuthenticationMethods.ToName(TokenEndpointAuthMethod)}";
}
