using MedId.Cryptography;
using MedId.OAuth;
using MedId.OAuth.Server;

namespace MedId.Ciba.Server;

/// <summary>A named set of choices where the standards leave some or disagree; each is written down, row by row with its test, in <c>build/docs/profiles</c>.</summary>
/// <remarks>A profile is applied before the host's own settings. Whatever contradicts it later stops the start, and registrations that it forbids are refused.</remarks>
public sealed class CibaProfile
{
    // Everything that OAuth parties sign for each other.
    private static readonly SignatureUse[] Uses =
    [
        SignatureUse.ClientAssertion, SignatureUse.SignedRequest, SignatureUse.IdToken, SignatureUse.AccessToken, SignatureUse.Introspection, SignatureUse.ProofOfPossession,
    ];

    private static readonly SignatureUse[] ByClients = [SignatureUse.ClientAssertion, SignatureUse.SignedRequest, SignatureUse.ProofOfPossession];

    private CibaProfile(string name) => Name = name;

    /// <summary>CIBA Core 1.0 as it stands: every delivery mode, every way of client authentication that is not <c>none</c>, plain and signed requests.</summary>
    public static CibaProfile CibaCore { get; } = new("ciba-core")
    {
        DeliveryModes = [CibaDeliveryMode.Poll, CibaDeliveryMode.Ping, CibaDeliveryMode.Push],
        AuthenticationMethods = Enum.GetValues<ClientAuthenticationMethod>(),
        AlsoAllowed = [SignatureAlgorithm.Ed25519],
    };

    /// <summary>FAPI-CIBA Implementer's Draft 1 over FAPI 1.0 Advanced: signed requests, mutual TLS, PS256 and ES256, no push.</summary>
    public static CibaProfile FapiCibaId1 { get; } = new("fapi-ciba-id1")
    {
        DeliveryModes = [CibaDeliveryMode.Poll, CibaDeliveryMode.Ping],
        AuthenticationMethods = [ClientAuthenticationMethod.PrivateKeyJwt, ClientAuthenticationMethod.TlsClientAuth, ClientAuthenticationMethod.SelfSignedTlsClientAuth],
        Algorithms = [SignatureAlgorithm.PS256, SignatureAlgorithm.ES256],
        RequiresSignedRequests = true,
        RequiresTransactionContext = true,
        RequiresSenderConstraint = true,
        RequiresMutualTls = true,
        RefusesPlainHttp = true,
    };

    /// <summary>FAPI-CIBA draft 03 over the FAPI 2.0 Security Profile: DPoP or mutual TLS, PS256, ES256 and Ed25519, the issuer as only audience, no push.</summary>
    public static CibaProfile FapiCiba2 { get; } = new("fapi-ciba-2")
    {
        DeliveryModes = [CibaDeliveryMode.Poll, CibaDeliveryMode.Ping],
        AuthenticationMethods = [ClientAuthenticationMethod.PrivateKeyJwt, ClientAuthenticationMethod.TlsClientAuth, ClientAuthenticationMethod.SelfSignedTlsClientAuth],
        Algorithms = [SignatureAlgorithm.PS256, SignatureAlgorithm.ES256, SignatureAlgorithm.Ed25519],
        AssertionAudience = ClientAssertionAudience.IssuerOnly,
        RequiresTransactionContext = true,
        RequiresSenderConstraint = true,
        RefusesPlainHttp = true,
    };

    /// <summary>HEART's OAuth 2.0 and OpenID Connect profiles with CIBA as the grant, which HEART itself does not know: confidential clients with keys of their own, short tokens, RS256 beside the others.</summary>
    public static CibaProfile HeartCiba { get; } = new("heart-ciba")
    {
        DeliveryModes = [CibaDeliveryMode.Poll, CibaDeliveryMode.Ping],
        AuthenticationMethods = [ClientAuthenticationMethod.PrivateKeyJwt],
        AlsoAllowed = [SignatureAlgorithm.Ed25519],
        Rs256Until = new(2031, 1, 1, 0, 0, 0, TimeSpan.Zero),
        AssertionAudience = ClientAssertionAudience.IssuerOrEndpoints,
        MaxRefreshTokenLifetime = TimeSpan.FromHours(24),
        OneGrantType = true,
    };

    /// <summary>The four profiles.</summary>
    public static IReadOnlyList<CibaProfile> All { get; } = [CibaCore, FapiCibaId1, FapiCiba2, HeartCiba];

    /// <summary>Its name, and the name of its document: <c>build/docs/profiles/{name}.md</c>.</summary>
    public string Name { get; }

    /// <summary>The delivery modes that it allows.</summary>
    public IReadOnlyList<CibaDeliveryMode> DeliveryModes { get; private init; } = [];

    /// <summary>The ways of client authentication that it allows, for resource servers too.</summary>
    public IReadOnlyList<ClientAuthenticationMethod> AuthenticationMethods { get; private init; } = [];

    /// <summary>The only algorithms that it allows; empty where it leaves them to the policy.</summary>
    public IReadOnlyList<SignatureAlgorithm> Algorithms { get; private init; } = [];

    /// <summary>Algorithms that it allows clients beside those of the policy.</summary>
    public IReadOnlyList<SignatureAlgorithm> AlsoAllowed { get; private init; } = [];

    /// <summary>Until when clients may use RS256, where the profile's standard insists on it; null for never.</summary>
    /// <value>For HEART 1 January 2031: NIST disallows what RSA with 2048 bits gives after 2030 (SP 800-57 part 1).</value>
    public DateTimeOffset? Rs256Until { get; private init; }

    /// <summary>The audience rule of client assertions; null where the host chooses.</summary>
    public ClientAssertionAudience? AssertionAudience { get; private init; }

    /// <summary>Whether every authentication request is signed.</summary>
    public bool RequiresSignedRequests { get; private init; }

    /// <summary>Whether every request has a binding message or <c>authorization_details</c>.</summary>
    public bool RequiresTransactionContext { get; private init; }

    /// <summary>Whether every access token is bound to a key of the client.</summary>
    public bool RequiresSenderConstraint { get; private init; }

    /// <summary>Whether that key is the one of the client's certificate.</summary>
    public bool RequiresMutualTls { get; private init; }

    /// <summary>Whether plain http is refused everywhere, on loopback too.</summary>
    public bool RefusesPlainHttp { get; private init; }

    /// <summary>Whether a client has CIBA as its only grant type; refresh tokens continue it.</summary>
    public bool OneGrantType { get; private init; }

    /// <summary>The longest life of a refresh token; null where the host chooses.</summary>
    public TimeSpan? MaxRefreshTokenLifetime { get; private init; }

    /// <summary>Sets both sets of options as the profile says.</summary>
    /// <param name="ciba">CIBA's.</param>
    /// <param name="server">The server's.</param>
    public void ApplyTo(CibaOptions ciba, OAuthServerOptions server)
    {
        ApplyTo(ciba);
        ApplyTo(server);
    }

    /// <summary>Sets CIBA's options as the profile says, and names the profile in them.</summary>
    /// <param name="ciba">The options.</param>
    public void ApplyTo(CibaOptions ciba)
    {
        ArgumentNullException.ThrowIfNull(ciba);
        ciba.Profile = this;
        ciba.DeliveryModes = DeliveryModes;
        ciba.RequireSignedRequests |= RequiresSignedRequests;
        ciba.RequireTransactionContext |= RequiresTransactionContext;
    }

    /// <summary>Sets the server's options as the profile says.</summary>
    /// <param name="server">The options.</param>
    public void ApplyTo(OAuthServerOptions server)
    {
        ArgumentNullException.ThrowIfNull(server);
        server.AuthenticationMethods = AuthenticationMethods;
        server.RequireSenderConstrainedTokens |= RequiresSenderConstraint;
        server.ClientAssertionAudience = AssertionAudience ?? server.ClientAssertionAudience;
        if (MaxRefreshTokenLifetime is { } longest && server.RefreshTokenLifetime > longest)
        {
            server.RefreshTokenLifetime = longest;
        }

        var policy = AlsoAllowed.Aggregate(server.Algorithms, (known, algorithm) => ByClients.Aggregate(known, (p, use) => p.Allow(use, algorithm)));
        if (Rs256Until is { } until)
        {
            policy = ((SignatureUse[])[SignatureUse.ClientAssertion, SignatureUse.SignedRequest]).Aggregate(policy, (p, use) => p.DangerouslyAllowRsaPkcs1(use, SignatureAlgorithm.RS256, until));
        }

        server.Algorithms = Algorithms.Count == 0 ? policy : Uses.Aggregate(policy, Only);
    }

    /// <summary>What in the options contradicts the profile, in words that name the option; empty when nothing does.</summary>
    /// <param name="ciba">CIBA's options.</param>
    /// <param name="server">The server's options.</param>
    public IReadOnlyList<string> Contradictions(CibaOptions ciba, OAuthServerOptions server)
    {
        ArgumentNullException.ThrowIfNull(ciba);
        ArgumentNullException.ThrowIfNull(server);
        var wrong = new List<string>();
        Say(ciba.DeliveryModes.Except(DeliveryModes).Any(), $"{nameof(CibaOptions)}.{nameof(CibaOptions.DeliveryModes)} holds a mode that it forbids");
        Say(!ciba.DeliveryModes.Contains(CibaDeliveryMode.Poll), $"{nameof(CibaOptions)}.{nameof(CibaOptions.DeliveryModes)} lacks poll");
        Say(RequiresSignedRequests && !ciba.RequireSignedRequests, $"{nameof(CibaOptions)}.{nameof(CibaOptions.RequireSignedRequests)} is false");
        Say(RequiresTransactionContext && !ciba.RequireTransactionContext && !ciba.RequireBindingMessage, $"{nameof(CibaOptions)}.{nameof(CibaOptions.RequireTransactionContext)} is false");
        Say(server.AuthenticationMethods.Except(AuthenticationMethods).Any(), $"{nameof(OAuthServerOptions)}.{nameof(OAuthServerOptions.AuthenticationMethods)} holds a method that it forbids");
        Say(RequiresSenderConstraint && !server.RequireSenderConstrainedTokens, $"{nameof(OAuthServerOptions)}.{nameof(OAuthServerOptions.RequireSenderConstrainedTokens)} is false");
        Say(RequiresMutualTls && !server.TakesClientCertificates, $"{nameof(OAuthServerOptions)}.{nameof(OAuthServerOptions.TakesClientCertificates)} is false: call AddClientCertificates, or no client gets a token");
        Say(AssertionAudience is { } audience && server.ClientAssertionAudience != audience, $"{nameof(OAuthServerOptions)}.{nameof(OAuthServerOptions.ClientAssertionAudience)} is {server.ClientAssertionAudience}");
        Say(RefusesPlainHttp && server.AllowHttpOnLoopback, $"{nameof(OAuthServerOptions)}.{nameof(OAuthServerOptions.AllowHttpOnLoopback)} is true");
        Say(MaxRefreshTokenLifetime is { } longest && server.RefreshTokenLifetime > longest, $"{nameof(OAuthServerOptions)}.{nameof(OAuthServerOptions.RefreshTokenLifetime)} is longer than {MaxRefreshTokenLifetime}");
        Say(Algorithms.Count > 0 && Array.Exists(Uses, use => server.Algorithms.For(use, DateTimeOffset.MinValue).Algorithms.Except(Algorithms).Any()),
            $"{nameof(OAuthServerOptions)}.{nameof(OAuthServerOptions.Algorithms)} allows one that it forbids");
        return wrong;

        void Say(bool contradicts, string what)
        {
            if (contradicts)
            {
                wrong.Add($"The profile {Name} forbids that {what}.");
            }
        }
    }

    /// <summary>Why the profile forbids a registration, each reason by the member's name; empty when it does not.</summary>
    /// <param name="client">The client or resource server.</param>
    public IReadOnlyList<string> RefuseClient(ClientRegistration client)
    {
        ArgumentNullException.ThrowIfNull(client);
        return ProfileClientRules.Refuse(this, client);
    }

    /// <summary>Which of the keys that sign tokens the profile forbids; empty when none.</summary>
    /// <param name="keys">The key ring.</param>
    public IReadOnlyList<string> RefuseKeys(KeyRing keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        return Algorithms.Count == 0 ? [] :
        [
            .. keys.SigningKeys.Concat(keys.NextKeys).Where(key => !Algorithms.Contains(key.Algorithm)).Select(key => $"The profile {Name} forbids that tokens are signed with {key.Algorithm}."),
        ];
    }

    /// <summary>The name.</summary>
    public override string ToString() => Name;

    private AlgorithmPolicy Only(AlgorithmPolicy policy, SignatureUse use)
    {
        var forbidden = SignatureAlgorithm.All.Except(Algorithms).Aggregate(policy, (p, algorithm) => p.Forbid(use, algorithm));
        return Algorithms.Aggregate(forbidden, (p, algorithm) => p.Allow(use, algorithm));
    }
}
