using MedId.Cryptography;
using MedId.OAuth;
using MedId.OAuth.Server;

namespace MedId.Ciba.Server;

/// <summary>Holds a registration against a profile.</summary>
internal static class ProfileClientRules
{
    public static IReadOnlyList<string> Refuse(CibaProfile profile, ClientRegistration client)
    {
        var metadata = client.Metadata;
        var why = new List<string>();
        Say(!profile.AuthenticationMethods.Contains(metadata.TokenEndpointAuthMethod), "token_endpoint_auth_method", ClientAuthenticationMethods.ToName(metadata.TokenEndpointAuthMethod));
        Algorithm("token_endpoint_auth_signing_alg", metadata.TokenEndpointAuthSigningAlg);
        if (client.IsResourceServer)
        {
            return why;
        }

        Algorithm("backchannel_authentication_request_signing_alg", metadata.BackchannelAuthenticationRequestSigningAlg);
        Algorithm("id_token_signed_response_alg", metadata.IdTokenSignedResponseAlg);
        if (DeliveryModes.Parse(metadata.BackchannelTokenDeliveryMode) is { } mode)
        {
            Say(!profile.DeliveryModes.Contains(mode), "backchannel_token_delivery_mode", DeliveryModes.NameOf(mode));
            Say(profile.RequiresSignedRequests && metadata.BackchannelAuthenticationRequestSigningAlg is null, "backchannel_authentication_request_signing_alg", "absent");
        }

        Say(
            profile.RefusesPlainHttp && metadata.BackchannelClientNotificationEndpoint is { } endpoint && !EndpointUrl.Parse(endpoint, allowHttpOnLoopback: false).Succeeded,
            "backchannel_client_notification_endpoint", "not https");
        Say(profile.RequiresMutualTls && !metadata.TlsClientCertificateBoundAccessTokens, "tls_client_certificate_bound_access_tokens", "false");
        Say(
            profile.RequiresSenderConstraint && !profile.RequiresMutualTls && !metadata.TlsClientCertificateBoundAccessTokens && !metadata.DpopBoundAccessTokens,
            "dpop_bound_access_tokens", "false, and tls_client_certificate_bound_access_tokens too");
        Say(
            profile.OneGrantType && metadata.GrantTypes.Contains(GrantTypes.Ciba, StringComparer.Ordinal)
                && metadata.GrantTypes.Any(type => type is not (GrantTypes.Ciba or GrantTypes.RefreshToken)),
            "grant_types", "another beside CIBA");
        return why;

        void Algorithm(string member, SignatureAlgorithm? algorithm) => Say(
            algorithm is not null && profile.Algorithms.Count > 0 && !profile.Algorithms.Contains(algorithm), member, algorithm?.Name ?? string.Empty);

        void Say(bool refused, string member, string value)
        {
            if (refused)
            {
                why.Add($"{member}: {value} (profile {profile.Name})");
            }
        }
    }
}
