using MedId.Core;

namespace MedId.OAuth.Server;

/// <summary>A client of this server: what it registered, and what this server allows it.</summary>
/// <remarks>
/// A resource server is a client of its own (HEART OAuth 2.0: its credentials are distinct from every other client's): whoever may introspect has no grant types.
/// </remarks>
public sealed record ClientRegistration
{
    /// <summary>Takes a client; its secret becomes a digest and is not kept.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="metadata">What it registered. A <see cref="ClientMetadata.ClientSecret"/> has 32 characters or more.</param>
    /// <param name="secretDigests">Digests of <see cref="ClientSecret.Digest"/> that are kept from before; two while a secret is being changed.</param>
    /// <exception cref="ArgumentException">A short secret, <c>client_secret_basic</c> without any secret, or <c>client_secret_post</c>.</exception>
    public ClientRegistration(TenantId tenant, ClientMetadata metadata, params IEnumerable<string> secretDigests)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        ArgumentNullException.ThrowIfNull(secretDigests);
        Tenant = tenant;
        Metadata = metadata with { ClientSecret = null };
        SecretDigests = metadata.ClientSecret is { } secret ? [ClientSecret.Digest(secret), .. secretDigests] : [.. secretDigests];
        if (metadata.TokenEndpointAuthMethod == ClientAuthenticationMethod.ClientSecretPost)
        {
            throw new ArgumentException($"The client {metadata.ClientId} is registered for client_secret_post, which this server does not take.", nameof(metadata));
        }

        if (metadata.TokenEndpointAuthMethod == ClientAuthenticationMethod.ClientSecretBasic && SecretDigests.Count == 0)
        {
            throw new ArgumentException($"The client {metadata.ClientId} is registered for a secret and has none.", nameof(metadata));
        }
    }

    /// <summary>The tenant.</summary>
    public TenantId Tenant { get; }

    /// <summary>What it registered; never with a secret.</summary>
    public ClientMetadata Metadata { get; }

    /// <summary>Its id.</summary>
    public string ClientId => Metadata.ClientId;

    /// <summary>Digests of its secrets (<see cref="ClientSecret"/>).</summary>
    public IReadOnlyList<string> SecretDigests { get; }

    /// <summary>The resources that it may ask tokens for: absolute URIs without fragment (RFC 8707 §2).</summary>
    /// <exception cref="ArgumentException">One is not.</exception>
    public IReadOnlyList<string> Resources { get; init => field = Checked(value); } = [];

    /// <summary>The resource that a request means which names none and asks for more than a sign-in (RFC 8707 §2: predefined by the server).</summary>
    /// <value>Null: such a request is for no resource.</value>
    /// <exception cref="ArgumentException">It is no absolute URI without fragment.</exception>
    public string? DefaultResource { get; init => field = value is null ? null : Checked([value])[0]; }

    /// <summary>The resources that it serves, and whose tokens it may therefore introspect; empty for every client that is no resource server.</summary>
    /// <exception cref="ArgumentException">One is no absolute URI without fragment.</exception>
    public IReadOnlyList<string> ServedResources { get; init => field = Checked(value); } = [];

    /// <summary>Whether it may introspect at all.</summary>
    public bool IsResourceServer => ServedResources.Count > 0;

    /// <summary>Whether it is registered for a grant type; a resource server is for none.</summary>
    /// <param name="grantType">One of <see cref="GrantTypes"/>, or an extension's.</param>
    public bool HasGrantType(string grantType) => !IsResourceServer && Metadata.GrantTypes.Contains(grantType, StringComparer.Ordinal);

    /// <inheritdoc/>
    public override string ToString() => $"{Tenant}: {Metadata}";

    private static IReadOnlyList<string> Checked(IReadOnlyList<string> resources)
    {
        ArgumentNullException.ThrowIfNull(resources);
        return resources.FirstOrDefault(r => !IsResource(r)) is { } wrong
            ? throw new ArgumentException($"{wrong} is no absolute URI without fragment (RFC 8707 §2).", nameof(resources))
            : resources;
    }

    // A path alone parses as a file URI on some systems: the scheme has to be written.
    private static bool IsResource(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && text.StartsWith(uri.Scheme + ":", StringComparison.OrdinalIgnoreCase) && !text.Contains('#', StringComparison.Ordinal);
}
