using MedId.Cryptography;

namespace MedId.OAuth.Server;

/// <summary>Where the server is and how long what it gives lives. Checked together at start by <see cref="Validate"/>.</summary>
public sealed class OAuthServerOptions
{
    private static readonly ClientAuthenticationMethod[] ByStrength =
    [
        ClientAuthenticationMethod.PrivateKeyJwt, ClientAuthenticationMethod.TlsClientAuth, ClientAuthenticationMethod.SelfSignedTlsClientAuth,
        ClientAuthenticationMethod.ClientSecretJwt, ClientAuthenticationMethod.ClientSecretBasic, ClientAuthenticationMethod.ClientSecretPost,
    ];

    /// <summary>The issuer identifier (RFC 8414 §2): an https URL without query, fragment or trailing slash.</summary>
    public required string Issuer { get; set; }

    /// <summary>The token endpoint.</summary>
    /// <value><c>{issuer}/token</c>.</value>
    public string TokenEndpoint { get => field ?? Issuer + "/token"; set; }

    /// <summary>The introspection endpoint.</summary>
    /// <value><c>{issuer}/introspect</c>.</value>
    public string IntrospectionEndpoint { get => field ?? Issuer + "/introspect"; set; }

    /// <summary>The revocation endpoint.</summary>
    /// <value><c>{issuer}/revoke</c>.</value>
    public string RevocationEndpoint { get => field ?? Issuer + "/revoke"; set; }

    /// <summary>The userinfo endpoint.</summary>
    /// <value><c>{issuer}/userinfo</c>.</value>
    public string UserInfoEndpoint { get => field ?? Issuer + "/userinfo"; set; }

    /// <summary>The key set's URL.</summary>
    /// <value><c>{issuer}/jwks</c>.</value>
    public string JwksUri { get => field ?? Issuer + "/jwks"; set; }

    /// <summary>How long an access token lives; never longer than its grant. A grant may name another time (<see cref="Grant.AccessTokenLifetime"/>).</summary>
    /// <value>10 minutes, which is also the most.</value>
    public TimeSpan AccessTokenLifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How long an ID token is to be accepted; never longer than its grant.</summary>
    /// <value>5 minutes.</value>
    public TimeSpan IdTokenLifetime { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a refresh token lives unused; never longer than its grant. HEART recommends 24 hours at most.</summary>
    /// <value>24 hours.</value>
    public TimeSpan RefreshTokenLifetime { get; set; } = TimeSpan.FromHours(24);

    /// <summary>How far the clocks of clients may be off.</summary>
    /// <value>30 seconds; at most 60 (FAPI 2.0 §5.3.2.1).</value>
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How far in the future a client assertion may end; bounds what has to be remembered against replay.</summary>
    /// <value>10 minutes; at most 60.</value>
    public TimeSpan MaxClientAssertionLifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>Which <c>aud</c> of a client assertion is accepted.</summary>
    /// <value><see cref="ClientAssertionAudience.IssuerOrEndpoints"/>.</value>
    public ClientAssertionAudience ClientAssertionAudience { get; set; }

    /// <summary>The methods by which clients may authenticate here; a registration names one of them.</summary>
    /// <value>All that are known.</value>
    public IReadOnlyCollection<ClientAuthenticationMethod> AuthenticationMethods { get; set; } = Enum.GetValues<ClientAuthenticationMethod>();

    /// <summary>Whether every access token has to be bound to a key of the client, by mTLS or DPoP (FAPI).</summary>
    public bool RequireSenderConstrainedTokens { get; set; }

    /// <summary>How old a DPoP proof may be; bounds what has to be remembered against replay.</summary>
    /// <value>60 seconds; at most 5 minutes.</value>
    public TimeSpan MaxDpopProofAge { get; set; } = DpopExpectations.DefaultMaxAge;

    /// <summary>The nonces that DPoP proofs have to carry (RFC 9449 §8); the same key on every node.</summary>
    /// <value>Null: none is asked for.</value>
    public DpopNonces? DpopNonces { get; set; }

    /// <summary>Which algorithms clients may use; a registration narrows it to one.</summary>
    /// <value><see cref="AlgorithmPolicy.Default"/>.</value>
    public AlgorithmPolicy Algorithms { get; set; } = AlgorithmPolicy.Default;

    /// <summary>
    /// Whether the host hands over the certificates that clients show; <c>AddClientCertificates</c> of the roof sets it. Without it the two methods by certificate are neither taken
    /// nor announced, whatever <see cref="AuthenticationMethods"/> says.
    /// </summary>
    public bool TakesClientCertificates { get; set; }

    /// <summary>Where connections are asked for a certificate (RFC 8705 §5): what stands in place of <see cref="Issuer"/> in the endpoints' aliases; null: in the same place.</summary>
    public string? MtlsBaseUrl { get; set; }

    /// <summary>The methods that are taken and announced, the strongest first.</summary>
    public IReadOnlyList<ClientAuthenticationMethod> AcceptedMethods => [.. ByStrength.Where(Accepts)];

    /// <summary>Whether plain http is accepted for URLs on loopback: for development and tests on one machine.</summary>
    public bool AllowHttpOnLoopback { get; set; }

    /// <summary>Whether a method is taken.</summary>
    /// <param name="method">The method.</param>
    public bool Accepts(ClientAuthenticationMethod method) => AuthenticationMethods.Contains(method)
        && (TakesClientCertificates || method is not (ClientAuthenticationMethod.TlsClientAuth or ClientAuthenticationMethod.SelfSignedTlsClientAuth));

    /// <summary>The alias of an endpoint (RFC 8705 §5); the endpoint itself where it has none.</summary>
    /// <param name="endpoint">One of this server's URLs.</param>
    public string MtlsAliasOf(string endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return MtlsBaseUrl is { } there && endpoint.StartsWith(Issuer + "/", StringComparison.Ordinal) ? there + endpoint[Issuer.Length..] : endpoint;
    }

    /// <summary>Everything that is wrong, in words that say which option to set; empty when the options stand.</summary>
    public IReadOnlyList<string> Validate()
    {
        var wrong = new List<string>();
        if (string.IsNullOrEmpty(Issuer) || !EndpointUrl.Parse(Issuer, AllowHttpOnLoopback).Succeeded || Issuer.EndsWith('/') || Issuer.AsSpan().ContainsAny('?', '#'))
        {
            wrong.Add($"{nameof(OAuthServerOptions)}.{nameof(Issuer)} has to be an https URL without query, fragment and trailing slash; set it where the provider is added.");
        }
        else
        {
            foreach (var url in (string[])[TokenEndpoint, IntrospectionEndpoint, RevocationEndpoint, UserInfoEndpoint, JwksUri])
            {
                if (!EndpointUrl.Parse(url, AllowHttpOnLoopback).Succeeded)
                {
                    wrong.Add($"{nameof(OAuthServerOptions)}: {url} is not an https URL.");
                }
            }
        }

        if (AuthenticationMethods.Count == 0)
        {
            wrong.Add($"{nameof(OAuthServerOptions)}.{nameof(AuthenticationMethods)} is empty: no client could authenticate.");
        }

        if (MtlsBaseUrl is { } aliases && (!EndpointUrl.Parse(aliases, AllowHttpOnLoopback).Succeeded || aliases.EndsWith('/') || aliases.AsSpan().ContainsAny('?', '#')))
        {
            wrong.Add($"{nameof(OAuthServerOptions)}.{nameof(MtlsBaseUrl)} has to be an https URL without query, fragment and trailing slash.");
        }

        Bound(wrong, nameof(AccessTokenLifetime), AccessTokenLifetime, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(10));
        Bound(wrong, nameof(IdTokenLifetime), IdTokenLifetime, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        Bound(wrong, nameof(RefreshTokenLifetime), RefreshTokenLifetime, TimeSpan.FromSeconds(1), TimeSpan.FromDays(366));
        Bound(wrong, nameof(ClockSkew), ClockSkew, TimeSpan.Zero, TimeSpan.FromSeconds(60));
        Bound(wrong, nameof(MaxClientAssertionLifetime), MaxClientAssertionLifetime, TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(60));
        Bound(wrong, nameof(MaxDpopProofAge), MaxDpopProofAge, TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5));
        return wrong;
    }

    /// <summary>For constructors that take options.</summary>
    internal static void ThrowIfWrong(OAuthServerOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Validate() is { Count: > 0 } wrong)
        {
            throw new ArgumentException(string.Join(' ', wrong), nameof(options));
        }
    }

    private static void Bound(List<string> wrong, string name, TimeSpan value, TimeSpan min, TimeSpan max)
    {
        if (value < min || value > max)
        {
            wrong.Add($"{nameof(OAuthServerOptions)}.{name} is {value}; it has to be between {min} and {max}.");
        }
    }
}
