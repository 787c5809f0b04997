using System.Buffers;
using System.Collections.Frozen;
using System.Text.Json;
using MedId.Core;

namespace MedId.OAuth.Server;

/// <summary>The userinfo endpoint (OIDC Core §5.3): <c>sub</c>, and what an <see cref="IUserInfoClaims"/> adds.</summary>
/// <remarks>
/// It takes every live access token of this server with the scope <c>openid</c>, whatever its resource: a resource server that replays one learns the <c>sub</c> that it
/// has anyway. Who adds claims looks at the token's audience first.
/// </remarks>
public sealed class UserInfoEndpoint
{
    private const string Scheme = "Bearer ";
    private const string OpenId = "openid";

    private readonly AccessTokenReader _reader;
    private readonly IGrantStatus _status;
    private readonly IUserInfoClaims? _claims;
    private readonly TimeProvider _time;

    /// <summary>Makes the endpoint.</summary>
    /// <param name="status">Whether grants still stand.</param>
    /// <param name="revoked">The access tokens revoked.</param>
    /// <param name="keys">The keys that tokens are signed with.</param>
    /// <param name="options">The issuer.</param>
    /// <param name="claims">More claims; null for <c>sub</c> alone.</param>
    /// <param name="time">The clock; the system's when null.</param>
    public UserInfoEndpoint(
        IGrantStatus status, ITokenRevocationStore revoked, IKeyRingSource keys, OAuthServerOptions options, IUserInfoClaims? claims = null, TimeProvider? time = null)
    {
        _status = status;
        _reader = new(keys, revoked, options);
        _claims = claims;
        _time = time ?? TimeProvider.System;
    }

    /// <summary>Answers a userinfo request. The token comes in the header only (RFC 6750 §2.1).</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="authorization">The <c>Authorization</c> header; null when absent.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<OAuthAnswer> HandleAsync(TenantId tenant, string? authorization, CancellationToken cancellationToken = default)
    {
        if (authorization is null || !authorization.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            return OAuthAnswer.Refused(new MedIdError(OAuthServerErrorCodes.AccessTokenMissing, ErrorCategory.Protocol, "RFC 6750 §3"));
        }

        var now = _time.GetUtcNow();
        var token = await _reader.ReadAsync(tenant, authorization[Scheme.Length..].Trim(' '), now, cancellationToken).ConfigureAwait(false);
        if (!token.Succeeded || await _status.JudgeAsync(GrantQuestion.Of(tenant, token.Value, GrantUse.UserInfo, now), cancellationToken).ConfigureAwait(false) != GrantStanding.Active)
        {
            return OAuthAnswer.Refused(new MedIdError(OAuthServerErrorCodes.AccessTokenInvalid, ErrorCategory.Untrusted, "RFC 6750 §3.1", token.Error?.Code));
        }

        if (!token.Value.Scopes.Contains(OpenId, StringComparer.Ordinal))
        {
            return OAuthAnswer.Refused(new MedIdError(OAuthServerErrorCodes.ScopeInsufficient, ErrorCategory.Policy, "RFC 6750 §3.1"));
        }

        var claims = _claims is null ? null : await _claims.GetClaimsAsync(token.Value, cancellationToken).ConfigureAwait(false);
        return OAuthAnswer.Json(ToJson(token.Value.Subject, claims), token.Value.ClientId);
    }

    private static byte[] ToJson(string subject, IReadOnlyDictionary<string, JsonElement>? claims)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("sub"u8, subject);
            foreach (var (name, value) in claims ?? FrozenDictionary<string, JsonElement>.Empty)
            {
                if (name != "sub")
                {
                    writer.WritePropertyName(name);
                    value.WriteTo(writer);
                }
            }

            writer.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
