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
    private const string OpenId = "openid";

    private readonly AccessTokenReader _reader;
    private readonly IGrantStatus _status;
    private readonly IUserInfoClaims? _claims;
    private readonly OAuthServerOptions _options;
    private readonly SenderConstraints? _constraints;
    private readonly TimeProvider _time;
    private readonly IClientStore? _clients;
    private readonly SubjectIdentifiers _subjects;

    /// <summary>Makes the endpoint.</summary>
    /// <param name="status">Whether grants still stand.</param>
    /// <param name="revoked">The access tokens revoked.</param>
    /// <param name="keys">The keys that tokens are signed with.</param>
    /// <param name="options">The issuer.</param>
    /// <param name="claims">More claims; null for <c>sub</c> alone.</param>
    /// <param name="time">The clock; the system's when null.</param>
    /// <param name="constraints">Judges what comes with bound tokens; null refuses them.</param>
    /// <param name="clients">The clients; needed with pairwise subjects.</param>
    /// <param name="subjects">By which <c>sub</c> each client knows a person; null: by the account's id.</param>
    public UserInfoEndpoint(
        IGrantStatus status,
        ITokenRevocationStore revoked,
        IKeyRingSource keys,
        OAuthServerOptions options,
        IUserInfoClaims? claims = null,
        TimeProvider? time = null,
        SenderConstraints? constraints = null,
        IClientStore? clients = null,
        SubjectIdentifiers? subjects = null)
    {
        _status = status;
        _subjects = subjects ?? SubjectIdentifiers.PublicOnly;
        _clients = clients ?? (_subjects.KnowsPairwise ? throw new ArgumentNullException(nameof(clients), "Whose subject it is can be told with the clients only.") : null);
        _reader = new(keys, revoked, options, _subjects);
        _claims = claims;
        _options = options;
        _constraints = constraints;
        _time = time ?? TimeProvider.System;
    }

    /// <summary>Answers a userinfo request. The token comes in the header only (RFC 6750 §2.1, RFC 9449 §7.1).</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<OAuthAnswer> HandleAsync(ProtectedRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        var now = _time.GetUtcNow();
        if (request.Authorization?.Split(' ', 2) is not [var scheme, var presented] || !(Is(scheme, TokenTypes.Bearer) || Is(scheme, TokenTypes.DPoP)))
        {
            return Refused(new(OAuthServerErrorCodes.AccessTokenMissing, ErrorCategory.Protocol, "RFC 6750 §3"), null, now);
        }

        presented = presented.Trim(' ');
        var token = await _reader.ReadAsync(request.Tenant, presented, now, cancellationToken).ConfigureAwait(false);
        if (!token.Succeeded || await _status.JudgeAsync(GrantQuestion.Of(request.Tenant, token.Value, GrantUse.UserInfo, now), cancellationToken).ConfigureAwait(false) != GrantStanding.Active)
        {
            return Refused(new(OAuthServerErrorCodes.AccessTokenInvalid, ErrorCategory.Untrusted, "RFC 6750 §3.1", token.Error?.Code), scheme, now);
        }

        // RFC 9449 §7, RFC 8705 §3: who bears a bound token proves its key.
        var refusal = _constraints is not null ? await _constraints.JudgeAsync(request, _options.UserInfoEndpoint, scheme, presented, token.Value, cancellationToken).ConfigureAwait(false)
            : token.Value.Confirmation is null && Is(scheme, TokenTypes.Bearer) ? null
            : new(OAuthServerErrorCodes.AccessTokenBinding, ErrorCategory.Untrusted, "RFC 9449 §7.2");
        if (refusal is not null)
        {
            return Refused(refusal, scheme, now);
        }

        if (!token.Value.Scopes.Contains(OpenId, StringComparer.Ordinal))
        {
            return Refused(new(OAuthServerErrorCodes.ScopeInsufficient, ErrorCategory.Policy, "RFC 6750 §3.1"), scheme, now);
        }

        // OIDC Core §5.3.2: the sub of the ID token. A client that is no longer there is nobody's.
        if (await SubjectAsync(request.Tenant, token.Value, cancellationToken).ConfigureAwait(false) is not { } subject)
        {
            return Refused(new(OAuthServerErrorCodes.AccessTokenInvalid, ErrorCategory.State, "RFC 6750 §3.1"), scheme, now);
        }

        var claims = _claims is null ? null : await _claims.GetClaimsAsync(token.Value, cancellationToken).ConfigureAwait(false);
        var answer = OAuthAnswer.Json(ToJson(subject, claims), token.Value.ClientId);
        return Is(scheme, TokenTypes.DPoP) ? WithNonce(answer) : answer;
    }

    private async ValueTask<string?> SubjectAsync(TenantId tenant, AccessToken token, CancellationToken cancellationToken) =>
        _clients is null ? token.Subject
        : await _clients.FindClientAsync(tenant, token.ClientId, cancellationToken).ConfigureAwait(false) is { } client ? _subjects.Of(client, token.Subject)
        : null;

    private static bool Is(string scheme, string expected) => string.Equals(scheme, expected, StringComparison.OrdinalIgnoreCase);

    /// <summary>RFC 6750 §3, RFC 9449 §7.1, §9: status, and a challenge for each scheme that is taken; the error stands in the one that was tried.</summary>
    private OAuthAnswer Refused(MedIdError error, string? scheme, DateTimeOffset now)
    {
        var wire = OAuthServerRefusals.Of(error);
        var name = error.Code == OAuthServerErrorCodes.AccessTokenMissing ? null : wire.WireError;
        var details = name is null ? string.Empty : $"error=\"{name}\"" + (name == OAuthErrorNames.InsufficientScope ? $", scope=\"{OpenId}\"" : string.Empty);
        var algorithms = $"algs=\"{string.Join(' ', SenderConstraints.AlgorithmNames(_options, now))}\"";
        var challenge = scheme is not null && Is(scheme, TokenTypes.DPoP)
            ? $"Bearer, DPoP {details}, {algorithms}"
            : $"Bearer{(details.Length == 0 ? string.Empty : " " + details)}, DPoP {algorithms}";
        var status = name == OAuthErrorNames.InsufficientScope ? 403 : 401;
        return WithNonce(OAuthAnswer.Refused(wire with { Status = status, Challenge = challenge }));
    }

    private OAuthAnswer WithNonce(OAuthAnswer answer) => _constraints is null ? answer : answer with { Headers = [.. answer.Headers, .. _constraints.Headers()] };

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
