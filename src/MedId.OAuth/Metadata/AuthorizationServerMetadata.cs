using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.OAuth;

/// <summary>What an authorization server says about itself (RFC 8414 §2, OIDC Discovery §3, CIBA Core §4). Unknown members are ignored.</summary>
public sealed record AuthorizationServerMetadata
{
    /// <summary>The path that is appended to an issuer (OIDC Discovery §4).</summary>
    public const string WellKnownPath = "/.well-known/openid-configuration";

    /// <summary><c>issuer</c>; equal, octet by octet, to the one that was asked.</summary>
    public required string Issuer { get; init; }

    /// <summary><c>jwks_uri</c>.</summary>
    public required string JwksUri { get; init; }

    /// <summary><c>token_endpoint</c>.</summary>
    public required string TokenEndpoint { get; init; }

    /// <summary><c>backchannel_authentication_endpoint</c>.</summary>
    public string? BackchannelAuthenticationEndpoint { get; init; }

    /// <summary><c>introspection_endpoint</c>.</summary>
    public string? IntrospectionEndpoint { get; init; }

    /// <summary><c>revocation_endpoint</c>.</summary>
    public string? RevocationEndpoint { get; init; }

    /// <summary><c>userinfo_endpoint</c>.</summary>
    public string? UserinfoEndpoint { get; init; }

    /// <summary><c>mtls_endpoint_aliases</c> (RFC 8705 §5): the endpoints' URLs for connections that show a certificate, by member name; empty when they are the same.</summary>
    public IReadOnlyDictionary<string, string> MtlsEndpointAliases { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary><c>tls_client_certificate_bound_access_tokens</c> (RFC 8705 §3.3).</summary>
    public bool TlsClientCertificateBoundAccessTokens { get; init; }

    /// <summary><c>dpop_signing_alg_values_supported</c> (RFC 9449 §5.1); empty: the server does not say that it knows DPoP.</summary>
    public IReadOnlyList<string> DpopSigningAlgsSupported { get; init; } = [];

    /// <summary><c>grant_types_supported</c>.</summary>
    public IReadOnlyList<string> GrantTypesSupported { get; init; } = [];

    /// <summary><c>token_endpoint_auth_methods_supported</c>.</summary>
    public IReadOnlyList<string> TokenEndpointAuthMethodsSupported { get; init; } = [];

    /// <summary><c>backchannel_token_delivery_modes_supported</c>.</summary>
    public IReadOnlyList<string> BackchannelTokenDeliveryModesSupported { get; init; } = [];

    /// <summary><c>backchannel_authentication_request_signing_alg_values_supported</c>; empty: signed requests are not supported.</summary>
    public IReadOnlyList<string> BackchannelRequestSigningAlgsSupported { get; init; } = [];

    /// <summary><c>backchannel_user_code_parameter_supported</c>.</summary>
    public bool BackchannelUserCodeParameterSupported { get; init; }

    /// <summary><c>acr_values_supported</c>.</summary>
    public IReadOnlyList<string> AcrValuesSupported { get; init; } = [];

    /// <summary><c>scopes_supported</c>.</summary>
    public IReadOnlyList<string> ScopesSupported { get; init; } = [];

    /// <summary>The same server as a client sees it whose connections show a certificate: each endpoint that has an alias is the alias (RFC 8705 §5).</summary>
    public AuthorizationServerMetadata WithMtlsEndpoints() => this with
    {
        TokenEndpoint = Alias("token_endpoint") ?? TokenEndpoint,
        BackchannelAuthenticationEndpoint = Alias("backchannel_authentication_endpoint") ?? BackchannelAuthenticationEndpoint,
        IntrospectionEndpoint = Alias("introspection_endpoint") ?? IntrospectionEndpoint,
        RevocationEndpoint = Alias("revocation_endpoint") ?? RevocationEndpoint,
        UserinfoEndpoint = Alias("userinfo_endpoint") ?? UserinfoEndpoint,
    };

    /// <summary>Reads a metadata document.</summary>
    /// <param name="utf8">The document.</param>
    /// <param name="expectedIssuer">The issuer that was asked.</param>
    /// <param name="allowHttpOnLoopback">For development and tests on one machine.</param>
    public static MedIdResult<AuthorizationServerMetadata> Parse(ReadOnlyMemory<byte> utf8, string expectedIssuer, bool allowHttpOnLoopback = false)
    {
        ArgumentException.ThrowIfNullOrEmpty(expectedIssuer);
        var json = StrictJson.ParseObject(utf8);
        if (!json.Succeeded)
        {
            return json.Error;
        }

        var members = new JsonMembers(json.Value);
        var metadata = new AuthorizationServerMetadata
        {
            Issuer = members.NeededString("issuer"),
            JwksUri = members.NeededString("jwks_uri"),
            TokenEndpoint = members.NeededString("token_endpoint"),
            BackchannelAuthenticationEndpoint = members.String("backchannel_authentication_endpoint"),
            IntrospectionEndpoint = members.String("introspection_endpoint"),
            RevocationEndpoint = members.String("revocation_endpoint"),
            UserinfoEndpoint = members.String("userinfo_endpoint"),
            MtlsEndpointAliases = Aliases(members),
            TlsClientCertificateBoundAccessTokens = members.Boolean("tls_client_certificate_bound_access_tokens") ?? false,
            DpopSigningAlgsSupported = members.Strings("dpop_signing_alg_values_supported"),
            GrantTypesSupported = members.Strings("grant_types_supported"),
            TokenEndpointAuthMethodsSupported = members.Strings("token_endpoint_auth_methods_supported"),
            BackchannelTokenDeliveryModesSupported = members.Strings("backchannel_token_delivery_modes_supported"),
            BackchannelRequestSigningAlgsSupported = members.Strings("backchannel_authentication_request_signing_alg_values_supported"),
            BackchannelUserCodeParameterSupported = members.Boolean("backchannel_user_code_parameter_supported") ?? false,
            AcrValuesSupported = members.Strings("acr_values_supported"),
            ScopesSupported = members.Strings("scopes_supported", maxCount: 1000),
        };
        if (members.Wrong is { } wrong)
        {
            return new MedIdError(OAuthErrorCodes.MetadataMalformed, ErrorCategory.Malformed, "RFC 8414 §2", wrong);
        }

        // RFC 8414 §3.3: the issuer must be identical to the one that the URL was made of.
        if (!string.Equals(metadata.Issuer, expectedIssuer, StringComparison.Ordinal))
        {
            return new MedIdError(OAuthErrorCodes.IssuerMismatch, ErrorCategory.Untrusted, "RFC 8414 §3.3");
        }

        string?[] urls =
        [
            metadata.Issuer, metadata.JwksUri, metadata.TokenEndpoint, metadata.BackchannelAuthenticationEndpoint, metadata.IntrospectionEndpoint,
            metadata.RevocationEndpoint, metadata.UserinfoEndpoint, .. metadata.MtlsEndpointAliases.Values,
        ];
        return urls.Where(url => url is not null).Select(url => EndpointUrl.Parse(url, allowHttpOnLoopback)).FirstOrDefault(url => !url.Succeeded) is { Error: { } error }
            ? error
            : metadata;
    }
    private static Dictionary<string, string> Aliases(JsonMembers members)
    {
        var aliases = new Dictionary<string, string>(StringComparer.Ordinal);
        if (members.Object("mtls_endpoint_aliases") is not { } json)
        {
            return aliases;
        }

        // RFC 8705 §5: members that are no endpoint's name mean nothing.
        foreach (var alias in json.EnumerateObject().Where(alias => alias.Name.EndsWith("_endpoint", StringComparison.Ordinal)))
        {
            if (alias.Value.ValueKind == JsonValueKind.String && alias.Value.GetString() is { Length: > 0 and <= 2048 } url)
            {
                aliases[alias.Name] = url;
            }
            else
            {
                members.Reject("mtls_endpoint_aliases");
            }
        }

        return aliases;
    }

    private string? Alias(string endpoint) => MtlsEndpointAliases.GetValueOrDefault(endpoint);
}
