using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.OAuth;

/// <summary>Reads registration members, then looks whether they go together.</summary>
internal static class ClientMetadataReader
{
    private const string NamePrefix = "client_name#";

    private static readonly HashSet<string> Known = new(StringComparer.Ordinal)
    {
        "client_id", "client_secret", "client_name", "jwks", "jwks_uri", "token_endpoint_auth_method", "token_endpoint_auth_signing_alg", "grant_types", "scope",
        "backchannel_token_delivery_mode", "backchannel_client_notification_endpoint", "backchannel_authentication_request_signing_alg",
        "backchannel_user_code_parameter", "id_token_signed_response_alg", "introspection_signed_response_alg", "subject_type", "sector_identifier_uri",
        "tls_client_auth_subject_dn", "tls_client_auth_san_dns", "tls_client_auth_san_uri", "tls_client_auth_san_ip", "tls_client_auth_san_email",
        "tls_client_certificate_bound_access_tokens", "dpop_bound_access_tokens", "id_token_encrypted_response_alg", "id_token_encrypted_response_enc",
        "introspection_encrypted_response_alg", "introspection_encrypted_response_enc", "authorization_details_types",
    };

    public static MedIdResult<ClientMetadata> Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return Malformed("not an object");
        }

        var members = new JsonMembers(json);
        var method = ClientAuthenticationMethod.ClientSecretBasic;
        if (members.String("token_endpoint_auth_method") is { } name && !ClientAuthenticationMethods.TryParse(name, out method))
        {
            return new MedIdError(OAuthErrorCodes.AuthenticationMethodUnsupported, ErrorCategory.Unsupported, "RFC 7591 §2");
        }

        JsonWebKeySet? keys = null;
        if (members.Object("jwks") is { } jwks)
        {
            var set = JsonWebKeySet.Parse(jwks);
            if (!set.Succeeded)
            {
                return set.Error;
            }

            keys = set.Value;
        }

        var client = new ClientMetadata
        {
            ClientId = members.NeededString("client_id", 256),
            ClientSecret = members.String("client_secret", 512),
            ClientName = members.String("client_name", 200),
            ClientNames = Names(json, members),
            Jwks = keys,
            JwksUri = members.String("jwks_uri"),
            TokenEndpointAuthMethod = method,
            TokenEndpointAuthSigningAlg = method == ClientAuthenticationMethod.ClientSecretJwt ? null : Algorithm(members, "token_endpoint_auth_signing_alg"),
            TokenEndpointAuthHmacAlg = method == ClientAuthenticationMethod.ClientSecretJwt ? Hmac(members, "token_endpoint_auth_signing_alg") : null,
            GrantTypes = members.Has("grant_types") ? members.Strings("grant_types") : [GrantTypes.AuthorizationCode],
            Scope = members.String("scope", 4096),
            BackchannelTokenDeliveryMode = members.String("backchannel_token_delivery_mode"),
            BackchannelClientNotificationEndpoint = members.String("backchannel_client_notification_endpoint"),
            BackchannelAuthenticationRequestSigningAlg = Algorithm(members, "backchannel_authentication_request_signing_alg"),
            BackchannelUserCodeParameter = members.Boolean("backchannel_user_code_parameter") ?? false,
            IdTokenSignedResponseAlg = Algorithm(members, "id_token_signed_response_alg"),
            IntrospectionSignedResponseAlg = Algorithm(members, "introspection_signed_response_alg"),
            SubjectType = members.String("subject_type") ?? "public",
            SectorIdentifierUri = members.String("sector_identifier_uri"),
            TlsClientAuthSubjectDn = members.String("tls_client_auth_subject_dn", 1024),
            TlsClientAuthSanDns = members.String("tls_client_auth_san_dns", 253),
            TlsClientAuthSanUri = members.String("tls_client_auth_san_uri", 2048),
            TlsClientAuthSanIp = members.String("tls_client_auth_san_ip", 64),
            TlsClientAuthSanEmail = members.String("tls_client_auth_san_email", 320),
            TlsClientCertificateBoundAccessTokens = members.Boolean("tls_client_certificate_bound_access_tokens") ?? false,
            DpopBoundAccessTokens = members.Boolean("dpop_bound_access_tokens") ?? false,
            IdTokenEncryptedResponseAlg = members.String("id_token_encrypted_response_alg", 64),
            IdTokenEncryptedResponseEnc = members.String("id_token_encrypted_response_enc", 64),
            IntrospectionEncryptedResponseAlg = members.String("introspection_encrypted_response_alg", 64),
            IntrospectionEncryptedResponseEnc = members.String("introspection_encrypted_response_enc", 64),
            AuthorizationDetailsTypes = members.Has("authorization_details_types") ? members.Strings("authorization_details_types") : [],
            Additional = Additional(json),
        };
        return members.Wrong is { } wrong ? Malformed(wrong) : Consistent(client);
    }

    private static MedIdResult<ClientMetadata> Consistent(ClientMetadata client)
    {
        var mode = client.BackchannelTokenDeliveryMode;
        var wrong =
            client.Jwks is not null && client.JwksUri is not null ? "jwks beside jwks_uri (RFC 7591 §2)"
            : ClientAuthenticationRules.Wrong(client) is { } method ? method
            : client.BackchannelAuthenticationRequestSigningAlg is not null && client.Jwks is null && client.JwksUri is null ? "signed requests without keys"
            : client.SubjectType is not ("public" or "pairwise") ? "subject_type"
            : EncryptionWrong("id_token_encrypted_response", client.IdTokenEncryptedResponseAlg, client.IdTokenEncryptedResponseEnc, client) is { } idTokens ? idTokens
            : EncryptionWrong("introspection_encrypted_response", client.IntrospectionEncryptedResponseAlg, client.IntrospectionEncryptedResponseEnc, client) is { } answers ? answers
            : client.DpopBoundAccessTokens && client.TlsClientCertificateBoundAccessTokens ? "dpop_bound_access_tokens beside tls_client_certificate_bound_access_tokens: a token is bound to one key"
            : mode is "push" && (client.DpopBoundAccessTokens || client.TlsClientCertificateBoundAccessTokens) ? "bound tokens with push: no token request proves the key"
            : mode is not (null or "poll" or "ping" or "push") ? "backchannel_token_delivery_mode"
            : mode is "ping" or "push" && client.BackchannelClientNotificationEndpoint is null ? "ping or push without backchannel_client_notification_endpoint"
            : mode is "poll" or "ping" && !client.GrantTypes.Contains(GrantTypes.Ciba, StringComparer.Ordinal) ? "poll or ping without the CIBA grant type"
            : mode is null && client.GrantTypes.Contains(GrantTypes.Ciba, StringComparer.Ordinal) ? "the CIBA grant type without backchannel_token_delivery_mode"
            : null;
        return wrong is null ? client : new MedIdError(OAuthErrorCodes.ClientMetadataInconsistent, ErrorCategory.Protocol, "CIBA Core §4", wrong);
    }

    /// <summary>OIDC Registration §2, RFC 9701 §6: both names are known, enc stands beside alg only, and there are keys to encrypt to.</summary>
    private static string? EncryptionWrong(string member, string? alg, string? enc, ClientMetadata client) =>
        enc is not null && alg is null ? $"{member}_enc without {member}_alg"
        : alg is not null && !EncryptionNames.TryParse(alg, out KeyManagementAlgorithm _) ? member + "_alg"
        : enc is not null && !EncryptionNames.TryParse(enc, out ContentEncryption _) ? member + "_enc"
        : alg is not null && client.Jwks is null && client.JwksUri is null ? member + "_alg without keys"
        : null;

    private static SignatureAlgorithm? Algorithm(JsonMembers members, string name)
    {
        var value = members.String(name);
        if (value is not null && !SignatureAlgorithm.TryFromJose(value, out _))
        {
            members.Reject(name);
        }

        return SignatureAlgorithm.TryFromJose(value, out var algorithm) ? algorithm : null;
    }

    private static HmacAlgorithm? Hmac(JsonMembers members, string name)
    {
        var value = members.String(name);
        if (value is not null && !HmacAlgorithm.TryFromJose(value, out _))
        {
            members.Reject(name);
        }

        return HmacAlgorithm.TryFromJose(value, out var algorithm) ? algorithm : null;
    }

    private static Dictionary<string, string> Names(JsonElement json, JsonMembers members)
    {
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var member in json.EnumerateObject().Where(member => member.Name.StartsWith(NamePrefix, StringComparison.Ordinal)))
        {
            if (members.String(member.Name, 200) is { } value)
            {
                names[member.Name[NamePrefix.Length..]] = value;
            }
        }

        return names;
    }

    private static Dictionary<string, JsonElement> Additional(JsonElement json) => json.EnumerateObject()
        .Where(member => !Known.Contains(member.Name) && !member.Name.StartsWith(NamePrefix, StringComparison.Ordinal))
        .ToDictionary(member => member.Name, member => member.Value.Clone(), StringComparer.Ordinal);

    private static MedIdError Malformed(string detail) => new(OAuthErrorCodes.ClientMetadataMalformed, ErrorCategory.Malformed, "RFC 7591 §2", detail);
}
