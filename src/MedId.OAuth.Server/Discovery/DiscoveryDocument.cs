using System.Buffers;
using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.OAuth.Server;

/// <summary>The discovery document (OIDC Discovery §3, RFC 8414 §2). It says what the endpoints do, so it is made from what they are made from.</summary>
/// <remarks>There is no <c>authorization_endpoint</c>: nobody is redirected here, and what is not there is not published.</remarks>
public sealed class DiscoveryDocument
{
    private readonly OAuthServerOptions _options;
    private readonly IKeyRingSource _keys;
    private readonly string[] _grantTypes;
    private readonly string[] _scopes;
    private readonly IDiscoverySection[] _sections;
    private readonly TimeProvider _time;
    private readonly string[] _subjectTypes;

    /// <summary>Makes the document.</summary>
    /// <param name="options">Issuer and endpoints.</param>
    /// <param name="keys">The signing keys.</param>
    /// <param name="grantTypes">What the token endpoint knows (<see cref="TokenEndpoint.GrantTypes"/>).</param>
    /// <param name="scopes">The scopes that may be known to everybody; <c>openid</c> is always there.</param>
    /// <param name="sections">What other protocols add.</param>
    /// <param name="time">The clock; the system's when null.</param>
    /// <param name="subjects">By which <c>sub</c> each party knows a person; null: by the account's id.</param>
    public DiscoveryDocument(
        OAuthServerOptions options,
        IKeyRingSource keys,
        IEnumerable<string> grantTypes,
        IEnumerable<string>? scopes = null,
        IEnumerable<IDiscoverySection>? sections = null,
        TimeProvider? time = null,
        SubjectIdentifiers? subjects = null)
    {
        _options = options;
        _keys = keys;
        _grantTypes = [.. grantTypes];
        _scopes = [.. (scopes ?? []).Prepend("openid").Distinct(StringComparer.Ordinal)];
        _sections = [.. sections ?? []];
        _time = time ?? TimeProvider.System;
        _subjectTypes = subjects?.KnowsPairwise == true ? ["public", "pairwise"] : ["public"];
    }

    /// <summary>Answers <c>GET /.well-known/openid-configuration</c>.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<OAuthAnswer> HandleAsync(TenantId tenant, CancellationToken cancellationToken = default)
    {
        var ring = await _keys.GetKeyRingAsync(tenant, cancellationToken).ConfigureAwait(false);
        var buffer = new ArrayBufferWriter<byte>(2048);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            Write(writer, ring);
            foreach (var section in _sections)
            {
                section.WriteTo(writer);
            }

            writer.WriteEndObject();
        }

        return OAuthAnswer.Json(buffer.WrittenMemory) with { Headers = OAuthHeaders.Cacheable };
    }

    private void Write(Utf8JsonWriter writer, KeyRing ring)
    {
        string[] signing = [.. ring.SigningKeys.Select(k => k.Algorithm.Name)];
        string[] methods = [.. _options.AcceptedMethods.Select(ClientAuthenticationMethods.ToName)];
        writer.WriteString("issuer"u8, _options.Issuer);
        writer.WriteString("token_endpoint"u8, _options.TokenEndpoint);
        writer.WriteString("introspection_endpoint"u8, _options.IntrospectionEndpoint);
        writer.WriteString("revocation_endpoint"u8, _options.RevocationEndpoint);
        writer.WriteString("userinfo_endpoint"u8, _options.UserInfoEndpoint);
        writer.WriteString("jwks_uri"u8, _options.JwksUri);
        WriteArray(writer, "scopes_supported", _scopes);
        WriteArray(writer, "response_types_supported", []);
        WriteArray(writer, "grant_types_supported", _grantTypes);
        WriteArray(writer, "subject_types_supported", _subjectTypes);
        WriteArray(writer, "id_token_signing_alg_values_supported", signing);
        WriteArray(writer, "id_token_encryption_alg_values_supported", [.. EncryptionNames.KeyManagement]);
        WriteArray(writer, "id_token_encryption_enc_values_supported", [.. EncryptionNames.Content]);

        // RFC 9701 §7.
        WriteArray(writer, "introspection_signing_alg_values_supported", signing);
        WriteArray(writer, "introspection_encryption_alg_values_supported", [.. EncryptionNames.KeyManagement]);
        WriteArray(writer, "introspection_encryption_enc_values_supported", [.. EncryptionNames.Content]);
        foreach (var endpoint in (string[])["token_endpoint", "introspection_endpoint", "revocation_endpoint"])
        {
            WriteArray(writer, endpoint + "_auth_methods_supported", methods);
            WriteArray(writer, endpoint + "_auth_signing_alg_values_supported", AssertionAlgorithms());
        }

        // RFC 9449 §5.1.
        WriteArray(writer, "dpop_signing_alg_values_supported", [.. SenderConstraints.AlgorithmNames(_options, _time.GetUtcNow())]);
        WriteMtls(writer);

        // OIDC Discovery §3: request_uri_parameter_supported is true when it is left out.
        writer.WriteBoolean("claims_parameter_supported"u8, false);
        writer.WriteBoolean("request_parameter_supported"u8, false);
        writer.WriteBoolean("request_uri_parameter_supported"u8, false);
    }

    /// <summary>RFC 8414 §2: the algorithms of both kinds of assertion, of those that are taken. RFC 9864 §2.2: Ed25519 by its old name too, which older clients look for.</summary>
    private string[] AssertionAlgorithms()
    {
        var names = new List<string>();
        if (_options.Accepts(ClientAuthenticationMethod.PrivateKeyJwt))
        {
            names.AddRange(_options.Algorithms.For(SignatureUse.ClientAssertion, _time.GetUtcNow()).Algorithms.Select(a => a.JoseName).OfType<string>());
            if (names.Contains(SignatureAlgorithm.Ed25519.Name, StringComparer.Ordinal))
            {
                names.Add("EdDSA");
            }
        }

        if (_options.Accepts(ClientAuthenticationMethod.ClientSecretJwt))
        {
            names.AddRange(HmacAlgorithm.All.Select(a => a.Name));
        }

        return [.. names];
    }

    /// <summary>RFC 8705 §3.3 and §5.</summary>
    private void WriteMtls(Utf8JsonWriter writer)
    {
        if (!_options.TakesClientCertificates)
        {
            return;
        }

        writer.WriteBoolean("tls_client_certificate_bound_access_tokens"u8, true);
        if (_options.MtlsBaseUrl is null)
        {
            return;
        }

        writer.WriteStartObject("mtls_endpoint_aliases"u8);
        writer.WriteString("token_endpoint"u8, _options.MtlsAliasOf(_options.TokenEndpoint));
        writer.WriteString("introspection_endpoint"u8, _options.MtlsAliasOf(_options.IntrospectionEndpoint));
        writer.WriteString("revocation_endpoint"u8, _options.MtlsAliasOf(_options.RevocationEndpoint));
        writer.WriteString("userinfo_endpoint"u8, _options.MtlsAliasOf(_options.UserInfoEndpoint));
        foreach (var (name, url) in _sections.SelectMany(section => section.MtlsEndpoints))
        {
            writer.WriteString(name, _options.MtlsAliasOf(url));
        }

        writer.WriteEndObject();
    }

    private static void WriteArray(Utf8JsonWriter writer, string name, string[] values)
    {
        writer.WriteStartArray(name);
        foreach (var value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    }
}
