using MedId.Core;

namespace MedId.OAuth.Server;

/// <summary>A client of this server: what it registered, and what this server allows it.</summary>
/// <remarks>
/// A resource server is a client of its own (HEART OAuth 2.0: its credentials are distinct from every other client's): whoever may introspect has no grant types.
/// </remarks>
public sealed record ClientRegistration
{
    /// <summary>Takes a client; its secret becomes a digest, or a key for <c>client_secret_jwt</c>, and is not kept otherwise.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="metadata">What it registered. A <see cref="ClientMetadata.ClientSecret"/> has 32 characters or more.</param>
    /// <param name="secretDigests">Digests of <see cref="ClientSecret.Digest"/> that are kept from before; two while a secret is being changed.</param>
    /// <exception cref="ArgumentException">A short secret, a method by secret without any, or <c>tls_client_auth</c> without one name to compare with.</exception>
    public ClientRegistration(TenantId tenant, ClientMetadata metadata, params IEnumerable<string> secretDigests)
        : this(tenant, metadata, secretDigests, [])
    {
    }

    /// <summary>Takes a client with the secrets for <c>client_secret_jwt</c> that are kept from before.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="metadata">What it registered.</param>
    /// <param name="hmacSecrets">The secrets; two while a secret is being changed.</param>
    /// <exception cref="ArgumentException">As above, or a secret that is too short for the registered algorithm (RFC 7518 §3.2).</exception>
    public ClientRegistration(TenantId tenant, ClientMetadata metadata, IEnumerable<ClientHmacSecret> hmacSecrets)
        : this(tenant, metadata, [], hmacSecrets)
    {
    }

    private ClientRegistration(TenantId tenant, ClientMetadata metadata, IEnumerable<string> secretDigests, IEnumerable<ClientHmacSecret> hmacSecrets)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        ArgumentNullException.ThrowIfNull(secretDigests);
        ArgumentNullException.ThrowIfNull(hmacSecrets);
        Tenant = tenant;
        Metadata = metadata with { ClientSecret = null };
        var byHmac = metadata.TokenEndpointAuthMethod == ClientAuthenticationMethod.ClientSecretJwt;
        SecretDigests = metadata.ClientSecret is { } secret && !byHmac ? [ClientSecret.Digest(secret), .. secretDigests] : [.. secretDigests];
        HmacSecrets = metadata.ClientSecret is { } key && byHmac ? [new ClientHmacSecret(key), .. hmacSecrets] : [.. hmacSecrets];
        var wrong = metadata.TokenEndpointAuthMethod switch
        {
            ClientAuthenticationMethod.ClientSecretBasic or ClientAuthenticationMethod.ClientSecretPost when SecretDigests.Count == 0 => "registered for a secret and has none",
            ClientAuthenticationMethod.ClientSecretJwt when HmacSecrets.Count == 0 => "registered for client_secret_jwt and has no secret",
            ClientAuthenticationMethod.ClientSecretJwt when metadata.TokenEndpointAuthHmacAlg is { } algorithm && !HmacSecrets.All(one => one.Supports(algorithm)) =>
                $"registered for {algorithm}, and a secret has fewer than {algorithm.MinimumKeyLength} bytes (RFC 7518 §3.2)",
            ClientAuthenticationMethod.SelfSignedTlsClientAuth when metadata.Jwks is null && metadata.JwksUri is null => "registered for self_signed_tls_client_auth and has no keys",
            ClientAuthenticationMethod.TlsClientAuth => TlsClientSubject.Of(metadata) is { Succeeded: false, Error: { } error } ? "registered for tls_client_auth: " + error.Detail : null,
            _ => null,
        };
        if (wrong is not null)
        {
            throw new ArgumentException($"The client {metadata.ClientId} is {wrong}.", nameof(metadata));
        }

        if (metadata.TokenEndpointAuthMethod == ClientAuthenticationMethod.TlsClientAuth)
        {
            TlsSubject = TlsClientSubject.Of(metadata).Value;
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

    /// <summary>Its secrets for <c>client_secret_jwt</c>.</summary>
    public IReadOnlyList<ClientHmacSecret> HmacSecrets { get; }

    /// <summary>Whom its certificate names, for <c>tls_client_auth</c>.</summary>
    internal TlsClientSubject? TlsSubject { get; }

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
