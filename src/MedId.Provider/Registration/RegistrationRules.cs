using System.Collections.Frozen;
using MedId.Ciba.Server;
using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth;
using MedId.OAuth.Server;

namespace MedId.Provider;

/// <summary>
/// What this OP asks of a client or resource server, whichever way its registration comes: by the configuration, by the administration, by a lab. The one set of rules; pure. What has to be fetched is asked by
/// <see cref="ClientAdmission"/>.
/// </summary>
public sealed class RegistrationRules
{
    private const string Section = "RFC 7591 §2";

    /// <summary>The codes of refusals, those of sectors among them.</summary>
    internal static FrozenSet<string> Codes { get; } = FrozenSet.Create(
        StringComparer.Ordinal,
        ProviderErrorCodes.ClientMethodNotOffered,
        ProviderErrorCodes.ClientCertificatesNotTaken,
        ProviderErrorCodes.ClientChainsNotVerified,
        ProviderErrorCodes.ClientAlgorithmNotAllowed,
        ProviderErrorCodes.ClientKeysUrlRefused,
        ProviderErrorCodes.ClientKeysNotFetched,
        ProviderErrorCodes.ClientSigningKeyMissing,
        ProviderErrorCodes.ClientEncryptionKeyMissing,
        ProviderErrorCodes.ClientSectorUrlRefused,
        ProviderErrorCodes.ClientCibaRefused,
        ProviderErrorCodes.ClientRefreshNotRegistered,
        ProviderErrorCodes.ClientGrantsOfResourceServer,
        ProviderErrorCodes.ClientLawRefused,
        OAuthServerErrorCodes.SubjectTypeUnavailable,
        OAuthServerErrorCodes.SectorIdentifierMissing,
        OAuthServerErrorCodes.SectorIdentifierUnproven,
        OAuthServerErrorCodes.SectorIdentifierUnavailable,
        OAuthServerErrorCodes.SectorIdentifierMalformed,
        OAuthServerErrorCodes.SectorIdentifierForeign);

    private readonly ProviderOptions _provider;
    private readonly OAuthServerOptions _server;
    private readonly CibaOptions _ciba;
    private readonly SubjectIdentifiers _subjects;
    private readonly RegistrationMeans _means;

    /// <summary>Makes the rules of one OP.</summary>
    /// <param name="provider">The OP's choices.</param>
    /// <param name="server">Methods and algorithms.</param>
    /// <param name="ciba">Modes, the profile, and where clients may be called.</param>
    /// <param name="subjects">Whether there are pairwise subjects.</param>
    /// <param name="means">What the host can do.</param>
    public RegistrationRules(ProviderOptions provider, OAuthServerOptions server, CibaOptions ciba, SubjectIdentifiers subjects, RegistrationMeans means)
    {
        ArgumentNullException.ThrowIfNull(provider);
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(ciba);
        ArgumentNullException.ThrowIfNull(subjects);
        ArgumentNullException.ThrowIfNull(means);
        (_provider, _server, _ciba, _subjects, _means) = (provider, server, ciba, subjects, means);
    }

    /// <summary>Everything that stands against a registration.</summary>
    /// <param name="client">The client or resource server.</param>
    /// <param name="keys">The keys that sign; null when they are not known yet, and nothing is asked of them.</param>
    /// <param name="now">The time that counts for algorithms and laws.</param>
    /// <returns>Empty when it stands. Each error has its own code; its detail begins with the member and says what to do.</returns>
    public IReadOnlyList<MedIdError> Refuse(ClientRegistration client, KeyRing? keys, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(client);
        return
        [
            .. Authentication(client.Metadata, now),
            .. Keys(client.Metadata, keys),
            .. Sector(client),
            .. Grants(client),
            .. CibaClientRules.Refuse(client, _ciba, _server).Select(static why => Policy(ProviderErrorCodes.ClientCibaRefused, "CIBA Core §4", why)),

            // What a notice states is asked of notices that are whole.
            .. _provider.Validate().Count > 0 ? [] : _provider.ValidateLawsFor(client, DateOnly.FromDateTime(now.UtcDateTime)).Select(static why => Policy(ProviderErrorCodes.ClientLawRefused, "D2", "client_id: " + why)),
        ];
    }

    /// <summary>Whether the keys that sign matter to a registration.</summary>
    internal static bool AsksKeys(ClientMetadata metadata) => metadata.IdTokenSignedResponseAlg is not null || metadata.IntrospectionSignedResponseAlg is not null;

    private IEnumerable<MedIdError> Authentication(ClientMetadata metadata, DateTimeOffset now)
    {
        var method = metadata.TokenEndpointAuthMethod;
        var name = "token_endpoint_auth_method: " + ClientAuthenticationMethods.ToName(method);
        if (!_server.AuthenticationMethods.Contains(method))
        {
            yield return Policy(ProviderErrorCodes.ClientMethodNotOffered, Section, name + " is not offered; register another method, or add it to OAuthServerOptions.AuthenticationMethods");
        }
        else if (method is ClientAuthenticationMethod.TlsClientAuth or ClientAuthenticationMethod.SelfSignedTlsClientAuth && !_server.TakesClientCertificates)
        {
            yield return Policy(ProviderErrorCodes.ClientCertificatesNotTaken, "RFC 8705 §2", name + ", and nobody takes certificates here: call AddClientCertificates");
        }
        else if (method == ClientAuthenticationMethod.TlsClientAuth && !_means.VerifiesChains)
        {
            yield return Policy(
                ProviderErrorCodes.ClientChainsNotVerified,
                "RFC 8705 §2.1",
                name + ", and nobody verifies chains: in AddClientCertificates name Authorities, or say by TlsLayerVerifiesChains, ProxyVerifiesChains or ProxyVerdictHeader who does");
        }

        foreach (var (member, algorithm, use) in new[]
        {
            ("token_endpoint_auth_signing_alg", metadata.TokenEndpointAuthSigningAlg, SignatureUse.ClientAssertion),
            ("backchannel_authentication_request_signing_alg", metadata.BackchannelAuthenticationRequestSigningAlg, SignatureUse.SignedRequest),
        })
        {
            if (algorithm is not null && !_server.Algorithms.For(use, now).Allows(algorithm))
            {
                yield return Policy(ProviderErrorCodes.ClientAlgorithmNotAllowed, Section, $"{member}: {algorithm} is not allowed here; register one that discovery names");
            }
        }
    }

    private IEnumerable<MedIdError> Keys(ClientMetadata metadata, KeyRing? keys)
    {
        if (metadata.JwksUri is { } url)
        {
            if (!EndpointUrl.Parse(url, _ciba.NotificationRules(_server).AllowHttpOnLoopback).Succeeded)
            {
                yield return Policy(ProviderErrorCodes.ClientKeysUrlRefused, Section, "jwks_uri: not an https URL");
            }

            if (!_means.FetchesKeys)
            {
                yield return Policy(ProviderErrorCodes.ClientKeysNotFetched, Section, "jwks_uri: nobody fetches keys here; register jwks, or call AddRemoteKeys");
            }
        }

        foreach (var (member, algorithm) in new[] { ("id_token_signed_response_alg", metadata.IdTokenSignedResponseAlg), ("introspection_signed_response_alg", metadata.IntrospectionSignedResponseAlg) })
        {
            if (algorithm is not null && keys is not null && keys.Current(algorithm) is null)
            {
                yield return Policy(ProviderErrorCodes.ClientSigningKeyMissing, Section, $"{member}: no key of this OP signs with {algorithm}; register one of {string.Join(", ", keys.SigningKeys.Select(static key => key.Algorithm))}");
            }
        }

        // Published keys are looked at when something is encrypted.
        foreach (var (member, encrypted) in new[] { ("id_token_encrypted_response_alg", metadata.IdTokenEncryptedResponseAlg), ("introspection_encrypted_response_alg", metadata.IntrospectionEncryptedResponseAlg) })
        {
            if (encrypted is not null && metadata.Jwks is { } own && EncryptionNames.TryParse(encrypted, out KeyManagementAlgorithm fits) && !own.EncryptionKeys.Any(key => key.Supports(fits)))
            {
                yield return Policy(ProviderErrorCodes.ClientEncryptionKeyMissing, "OIDC Core §10.2", $"{member}: no key in jwks fits {encrypted}; add one with use enc");
            }
        }
    }

    private IEnumerable<MedIdError> Sector(ClientRegistration client)
    {
        if (client.Metadata.SectorIdentifierUri is { } url && !GuardedHttpHandler.Check(url, _ciba.NotificationRules(_server)).Succeeded)
        {
            yield return Policy(ProviderErrorCodes.ClientSectorUrlRefused, "OIDC Core §8.1", "sector_identifier_uri: not an https URL of a public address");
        }

        if (_subjects.Refuse(client) is { } subjects)
        {
            yield return subjects;
        }
    }

    private IEnumerable<MedIdError> Grants(ClientRegistration client)
    {
        // What stands for an absent member (RFC 7591 §2) is no grant that this OP has.
        if (client.IsResourceServer && client.Metadata.GrantTypes.Any(static type => type != GrantTypes.AuthorizationCode))
        {
            yield return Policy(ProviderErrorCodes.ClientGrantsOfResourceServer, "HEART OAuth 2.0", "grant_types: a resource server has none; write \"grant_types\": []");
        }

        foreach (var why in _provider.ValidateFor(client))
        {
            yield return Policy(ProviderErrorCodes.ClientRefreshNotRegistered, "A12", "grant_types: " + why);
        }
    }

    private static MedIdError Policy(string code, string section, string detail) => new(code, ErrorCategory.Policy, section, detail);
}
