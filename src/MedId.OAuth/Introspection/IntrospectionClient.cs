using System.Text;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.OAuth;

/// <summary>Asks an authorization server about a token, with the resource server's own credentials, and takes a signed answer (RFC 7662, RFC 9701). Keeps no answer.</summary>
/// <remarks>An unreachable server is an exception: the caller must not let the request through.</remarks>
public sealed class IntrospectionClient
{
    private const int MaxTokenLength = 16 * 1024;
    private const int MaxAnswerLength = 64 * 1024;

    private readonly ProtocolHttpClient _http;
    private readonly MetadataClient _metadata;
    private readonly JwksClient _keys;
    private readonly IClientCredential _credential;
    private readonly IntrospectionClientOptions _options;
    private readonly TimeProvider _time;

    /// <summary>A client of one authorization server.</summary>
    /// <param name="http">The transport.</param>
    /// <param name="metadata">The server.</param>
    /// <param name="keys">Its keys.</param>
    /// <param name="credential">The resource server's own credentials; shared with no other client.</param>
    /// <param name="options">How strictly answers are read; the defaults when null.</param>
    /// <param name="time">The clock; the system's when null.</param>
    public IntrospectionClient(
        ProtocolHttpClient http, MetadataClient metadata, JwksClient keys, IClientCredential credential, IntrospectionClientOptions? options = null, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(metadata);
        ArgumentNullException.ThrowIfNull(keys);
        ArgumentNullException.ThrowIfNull(credential);
        _http = http;
        _metadata = metadata;
        _keys = keys;
        _credential = credential;
        _options = options ?? new IntrospectionClientOptions();
        _time = time ?? TimeProvider.System;
    }

    /// <summary>The state of a token now. <see cref="IntrospectionResponse.Inactive"/> is a result; a refusal means that there is no answer to rely on.</summary>
    /// <param name="token">What the caller of the API presented.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task<MedIdResult<IntrospectionResponse>> IntrospectAsync(string token, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(token);

        // No server of ours makes such a token, so nobody is asked.
        if (token.Length > MaxTokenLength)
        {
            return IntrospectionResponse.Inactive;
        }

        var metadata = await _metadata.GetAsync(cancellationToken).ConfigureAwait(false);
        if (!metadata.Succeeded)
        {
            return metadata.Error;
        }

        if (metadata.Value.IntrospectionEndpoint is not { } endpoint)
        {
            return new MedIdError(OAuthErrorCodes.EndpointMissing, ErrorCategory.Protocol, "RFC 8414 §2", "introspection_endpoint");
        }

        var request = new ClientRequest(endpoint, metadata.Value.Issuer) { Accept = TokenTypes.IntrospectionMediaType }
            .Add(OAuthParameters.Token, token)
            .Add(OAuthParameters.TokenTypeHint, TokenTypes.AccessTokenHint);
        var answer = await _http.PostAsync("introspection", request, _credential, cancellationToken).ConfigureAwait(false);
        if (!answer.Succeeded)
        {
            return answer.Error;
        }

        if (!answer.Value.IsOk)
        {
            return answer.Value.ToError("RFC 7662 §2.3");
        }

        return answer.Value.MediaType switch
        {
            TokenTypes.IntrospectionMediaType => await VerifyAsync(metadata.Value, answer.Value.Body, cancellationToken).ConfigureAwait(false),
            "application/json" when _options is { DangerouslyAcceptUnsignedIntrospection: true, Encryption: null } => StrictJson.ParseObject(answer.Value.Body).Then(IntrospectionResponse.Parse),
            "application/json" => new MedIdError(OAuthErrorCodes.IntrospectionUnsigned, ErrorCategory.Untrusted, "RFC 9701 §5"),
            _ => new MedIdError(OAuthErrorCodes.MediaTypeUnexpected, ErrorCategory.Malformed, "RFC 9701 §5"),
        };
    }

    private async ValueTask<MedIdResult<IntrospectionResponse>> VerifyAsync(AuthorizationServerMetadata metadata, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        var jwt = Open(Encoding.Latin1.GetString(body.Span));
        var now = _time.GetUtcNow();
        return jwt.Succeeded ? await _keys.VerifyAsync(metadata.JwksUri, keys => Verify(jwt.Value, metadata.Issuer, keys, now), cancellationToken).ConfigureAwait(false) : jwt.Error;
    }

    /// <summary>RFC 9701 §5 with RFC 7519 §11.2: what is encrypted is the signed answer.</summary>
    private MedIdResult<string> Open(string answer) => _options.Encryption is { } how
        ? JweDecrypter.Decrypt(answer, how.Keys, how.Algorithm, how.Encryption, 2 * MaxAnswerLength).Then<string>(content => Encoding.Latin1.GetString(content))
        : answer;

    /// <summary>RFC 9701 §5 and §8: typ, signature, iss, aud, iat; then the members.</summary>
    private MedIdResult<IntrospectionResponse> Verify(string jwt, string issuer, JsonWebKeySet keys, DateTimeOffset now)
    {
        var verified = JwtVerifier.Verify(jwt, new JwtExpectations
        {
            Keys = keys,
            Algorithms = _options.Algorithms.For(SignatureUse.Introspection, now),
            Type = JwtTypeRule.OneOf(TokenTypes.IntrospectionJwt),
            Issuer = issuer,
            Audience = JwtAudienceRule.ExactlySingleString(_credential.ClientId),
            Now = now,
            Lifetime = JwtLifetimeRule.IssuedWithin(_options.MaxAge),
            ClockSkew = _options.ClockSkew,
            RequiredClaims = [OAuthClaims.TokenIntrospection],
            MaxLength = MaxAnswerLength,
        });
        return verified.Then(claims => IntrospectionResponse.Parse(claims.Claims.GetProperty(OAuthClaims.TokenIntrospection)));
    }
}
