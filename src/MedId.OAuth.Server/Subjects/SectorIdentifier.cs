using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.OAuth.Server;

/// <summary>Which clients know people by the same pairwise subject (OIDC Core §8.1, CIBA Core §4): those of one host.</summary>
public static class SectorIdentifier
{
    /// <summary>The sector of a client: the host of its <c>sector_identifier_uri</c>, else of its notification endpoint (push) or its <c>jwks_uri</c>; of a resource server, else of its first resource.</summary>
    /// <param name="client">The client.</param>
    /// <returns>A host in lower case; null when the registration names none, which is refused for pairwise subjects.</returns>
    public static string? Of(ClientRegistration client)
    {
        ArgumentNullException.ThrowIfNull(client);
        var metadata = client.Metadata;
        var named = metadata.SectorIdentifierUri
            ?? (metadata.BackchannelTokenDeliveryMode == "push" ? metadata.BackchannelClientNotificationEndpoint : metadata.JwksUri)
            ?? (client.IsResourceServer ? client.ServedResources[0] : null);
        return named is null ? null : OfResource(named);
    }

    /// <summary>The sector of a resource: its host, or the whole URI where it has none.</summary>
    /// <param name="resource">An absolute URI.</param>
    public static string OfResource(string resource) =>
        Uri.TryCreate(resource, UriKind.Absolute, out var uri) && uri.Host.Length > 0 ? uri.IdnHost.ToLowerInvariant() : resource;

    /// <summary>Whether the document at a client's <c>sector_identifier_uri</c> names it (OIDC Core §8.1, CIBA Core §4): for whoever takes registrations from others.</summary>
    /// <remarks>The provider fetches no such document: what its operator registers is the operator's word.</remarks>
    /// <param name="metadata">The registration.</param>
    /// <param name="document">What is at the address: a JSON array of URLs.</param>
    /// <returns>Refused with <c>oauth_server.sector_identifier_*</c>.</returns>
    public static MedIdResult<Unit> Judge(ClientMetadata metadata, ReadOnlyMemory<byte> document)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        var parsed = StrictJson.Parse(document, maxDepth: 2);
        if (!parsed.Succeeded || parsed.Value.ValueKind != JsonValueKind.Array || parsed.Value.EnumerateArray().Any(one => one.ValueKind != JsonValueKind.String))
        {
            return new MedIdError(OAuthServerErrorCodes.SectorIdentifierMalformed, ErrorCategory.Malformed, "OIDC Core §8.1", "a JSON array of URLs");
        }

        var needed = metadata.BackchannelTokenDeliveryMode == "push" ? metadata.BackchannelClientNotificationEndpoint : metadata.JwksUri;

        // A registration that has no address of its own could name anybody's sector, and share the subjects of its clients.
        return needed is not null && parsed.Value.EnumerateArray().Any(one => string.Equals(one.GetString(), needed, StringComparison.Ordinal))
            ? Unit.Value
            : new MedIdError(OAuthServerErrorCodes.SectorIdentifierForeign, ErrorCategory.Policy, "CIBA Core §4", "the document does not name the client's jwks_uri or notification endpoint");
    }
}
