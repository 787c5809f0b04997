using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth;

namespace MedId.OAuth.Server;

/// <summary>Which clients know people by the same pairwise subject (OIDC Core §8.1, CIBA Core §4): those of one host.</summary>
public static class SectorIdentifier
{
    private const string Push = "push";

    /// <summary>The sector of a client: the host of its <c>sector_identifier_uri</c>, else of its notification endpoint (push) or its <c>jwks_uri</c>; of a resource server, else of its first resource.</summary>
    /// <param name="client">The client.</param>
    /// <returns>A host in lower case; null when the registration names none, which is refused for pairwise subjects.</returns>
    public static string? Of(ClientRegistration client)
    {
        ArgumentNullException.ThrowIfNull(client);
        var metadata = client.Metadata;
        var named = metadata.SectorIdentifierUri
            ?? (metadata.BackchannelTokenDeliveryMode == Push ? metadata.BackchannelClientNotificationEndpoint : metadata.JwksUri)
            ?? (client.IsResourceServer ? client.ServedResources[0] : null);
        return named is null ? null : OfResource(named);
    }

    /// <summary>The sector of a resource: its host, or the whole URI where it has none.</summary>
    /// <param name="resource">An absolute URI.</param>
    public static string OfResource(string resource) =>
        Uri.TryCreate(resource, UriKind.Absolute, out var uri) && uri.Host.Length > 0 ? uri.IdnHost.ToLowerInvariant() : resource;

    /// <summary>
    /// Whether a client that does not take pushes shows that the host of its sector is its own: by the keys at its <c>jwks_uri</c>, with which it authenticates or signs its requests (CIBA Core §4). Otherwise anybody
    /// could register somebody else's address and know people by that party's subjects. To push clients their endpoint shows it, to resource servers the operator.
    /// </summary>
    internal static MedIdError? RefuseUnproven(ClientRegistration client)
    {
        var metadata = client.Metadata;
        if (client.IsResourceServer || metadata.BackchannelTokenDeliveryMode is null or Push)
        {
            return null;
        }

        return metadata.JwksUri is null ? Unproven("jwks_uri: sector_identifier_uri names it, so register it")
            : metadata.TokenEndpointAuthMethod is ClientAuthenticationMethod.PrivateKeyJwt or ClientAuthenticationMethod.SelfSignedTlsClientAuth
                || metadata.BackchannelAuthenticationRequestSigningAlg is not null ? null
            : Unproven("token_endpoint_auth_method: no key of jwks_uri is used; register private_key_jwt, self_signed_tls_client_auth or backchannel_authentication_request_signing_alg");
    }

    /// <summary>Whether the document at a client's <c>sector_identifier_uri</c> names it (OIDC Core §8.1, CIBA Core §4): asked when the client is registered.</summary>
    /// <param name="client">The registration. Of a push client its notification endpoint has to be named, of any other its <c>jwks_uri</c>, of a resource server each resource that it serves.</param>
    /// <param name="document">What is at the address: a JSON array of URLs.</param>
    /// <returns>Refused with <c>oauth_server.sector_identifier_*</c>; also when the registration has nothing that could be named.</returns>
    public static MedIdResult<Unit> Judge(ClientRegistration client, ReadOnlyMemory<byte> document)
    {
        ArgumentNullException.ThrowIfNull(client);
        var parsed = StrictJson.Parse(document, maxDepth: 2);
        if (!parsed.Succeeded || parsed.Value.ValueKind != JsonValueKind.Array || parsed.Value.EnumerateArray().Any(one => one.ValueKind != JsonValueKind.String))
        {
            return new MedIdError(OAuthServerErrorCodes.SectorIdentifierMalformed, ErrorCategory.Malformed, "OIDC Core §8.1", "sector_identifier_uri: the document is no JSON array of URLs");
        }

        var named = parsed.Value.EnumerateArray().Select(static one => one.GetString()!).ToHashSet(StringComparer.Ordinal);
        var (member, needed) = Needed(client);
        return needed.Count > 0 && needed.All(named.Contains)
            ? Unit.Value
            : new MedIdError(OAuthServerErrorCodes.SectorIdentifierForeign, ErrorCategory.Policy, "CIBA Core §4", $"sector_identifier_uri: have its document list {member}, and register that");
    }

    private static (string Member, IReadOnlyList<string> Urls) Needed(ClientRegistration client)
    {
        var metadata = client.Metadata;
        var (member, url) = metadata.BackchannelTokenDeliveryMode == Push ? ("backchannel_client_notification_endpoint", metadata.BackchannelClientNotificationEndpoint) : ("jwks_uri", metadata.JwksUri);
        return client.IsResourceServer ? ("served_resources", client.ServedResources) : (member, url is null ? [] : [url]);
    }

    private static MedIdError Unproven(string detail) => new(OAuthServerErrorCodes.SectorIdentifierUnproven, ErrorCategory.Policy, "CIBA Core §4", detail);
}
