using System.Buffers;
using System.Text;
using System.Text.Json;
using MedId.Core;

namespace MedId.OAuth.Server;

/// <summary>The introspection endpoint (RFC 7662), signed on demand (RFC 9701). Asked at every access, so that withdrawal is immediate.</summary>
/// <remarks>
/// Four questions in their order: the token by itself, whether it is for the asking resource server, whether its grant still stands, how the answer is signed. The
/// answer to every no is the same, <c>{"active":false}</c>; which no it was stands in <see cref="OAuthAnswer.Warning"/> for the log.
/// </remarks>
public sealed class IntrospectionEndpoint
{
    private readonly ClientAuthenticator _clients;
    private readonly AccessTokenReader _reader;
    private readonly IGrantStatus _status;
    private readonly IIntrospectionAudit? _audit;
    private readonly IntrospectionSigner _signer;
    private readonly SubjectIdentifiers _subjects;
    private readonly IClientKeySource? _clientKeys;
    private readonly OAuthServerOptions _options;
    private readonly TimeProvider _time;

    /// <summary>Makes the endpoint.</summary>
    /// <param name="clients">Authenticates.</param>
    /// <param name="status">Whether grants still stand.</param>
    /// <param name="revoked">The access tokens revoked.</param>
    /// <param name="keys">The keys that tokens and answers are signed with.</param>
    /// <param name="options">Where the endpoint is.</param>
    /// <param name="time">The clock; the system's when null.</param>
    /// <param name="audit">Records every active answer before it leaves; null: nobody does.</param>
    /// <param name="subjects">By which <c>sub</c> each resource server knows a person; null: by the account's id.</param>
    /// <param name="clientKeys">The keys of resource servers whose signed answers are encrypted (RFC 9701 §6); null when none are.</param>
    public IntrospectionEndpoint(
        ClientAuthenticator clients,
        IGrantStatus status,
        ITokenRevocationStore revoked,
        IKeyRingSource keys,
        OAuthServerOptions options,
        TimeProvider? time = null,
        IIntrospectionAudit? audit = null,
        SubjectIdentifiers? subjects = null,
        IClientKeySource? clientKeys = null)
    {
        _clients = clients;
        _clientKeys = clientKeys;
        _status = status;
        _audit = audit;
        _subjects = subjects ?? SubjectIdentifiers.PublicOnly;
        _reader = new(keys, revoked, options, _subjects);
        _signer = new(keys, options, _subjects);
        _options = options;
        _time = time ?? TimeProvider.System;
    }

    /// <summary>Answers an introspection request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<OAuthAnswer> HandleAsync(OAuthRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);

        // RFC 7662 §2.1: the caller is authenticated and a resource server; its credentials are no other client's (HEART OAuth 2.0).
        var caller = await _clients.AuthenticateAsync(request, _options.IntrospectionEndpoint, cancellationToken).ConfigureAwait(false);
        if (!caller.Succeeded)
        {
            return OAuthAnswer.Refused(caller.Error);
        }

        var clientId = caller.Value.ClientId;
        if (!caller.Value.IsResourceServer)
        {
            return Refused(new(OAuthServerErrorCodes.IntrospectionNotPermitted, ErrorCategory.Policy, "RFC 7662 §2.1"), clientId);
        }

        if (request.Form[OAuthParameters.Token] is not { } presented)
        {
            return Refused(new(OAuthServerErrorCodes.ParameterMissing, ErrorCategory.Protocol, "RFC 7662 §2.1", OAuthParameters.Token), clientId);
        }

        // §2.1: token_type_hint changes nothing: refresh tokens are between the client and this server, so to a resource server they are inactive.
        var now = _time.GetUtcNow();
        var token = await JudgeAsync(request.Tenant, caller.Value, presented, now, cancellationToken).ConfigureAwait(false);
        var answer = IntrospectionSigner.IsAskedFor(request.Accept)
            ? await SignedAsync(caller.Value, token.Value, now, cancellationToken).ConfigureAwait(false)
            : OAuthAnswer.Json(ToJson(caller.Value, token.Value), clientId);
        return answer with { Warning = token.Error };
    }

    /// <summary>RFC 9701 §5: signed, and encrypted to a resource server that registered so, whatever the answer is.</summary>
    private async ValueTask<OAuthAnswer> SignedAsync(ClientRegistration caller, AccessToken? token, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var jwt = await _signer.SignAsync(caller, token, now, cancellationToken).ConfigureAwait(false);
        if (jwt.Succeeded && ResponseEncryption.OfIntrospection(caller.Metadata) is { } how)
        {
            jwt = await ResponseEncrypter.EncryptAsync(jwt.Value, how, caller, _clientKeys, cancellationToken).ConfigureAwait(false);
        }

        return jwt.Succeeded
            ? OAuthAnswer.NotStored(TokenTypes.IntrospectionMediaType, Encoding.ASCII.GetBytes(jwt.Value), caller.ClientId)
            : Refused(jwt.Error, caller.ClientId);
    }

    private async ValueTask<MedIdResult<AccessToken>> JudgeAsync(
        TenantId tenant, ClientRegistration caller, string presented, DateTimeOffset now, CancellationToken cancellationToken)
    {
        // §4: signature, time and revocation of the token itself.
        var token = await _reader.ReadAsync(tenant, presented, now, cancellationToken).ConfigureAwait(false);
        if (!token.Succeeded)
        {
            return token;
        }

        // §2.2, §4: a token that is not for this resource server is inactive to it.
        if (!ResourceServerView.MaySee(caller, token.Value))
        {
            return new MedIdError(OAuthServerErrorCodes.TokenNotForResourceServer, ErrorCategory.Policy, "RFC 7662 §2.2");
        }

        // Consent and person as they stand now.
        if (await _status.RefuseAsync(GrantQuestion.Of(tenant, token.Value, GrantUse.Introspect, now), "RFC 7662 §2.2", cancellationToken).ConfigureAwait(false) is { } ended)
        {
            return ended;
        }

        // Audited before the answer leaves, in one step with a last look at the grant.
        return _audit is null || await _audit.RecordAsync(tenant, token.Value, caller.ClientId, now, cancellationToken).ConfigureAwait(false)
            ? token
            : new MedIdError(OAuthServerErrorCodes.GrantInactive, ErrorCategory.State, "RFC 7662 §2.2");
    }

    private byte[] ToJson(ClientRegistration caller, AccessToken? token)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            ResourceServerView.Write(writer, token, _subjects, caller);
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static OAuthAnswer Refused(MedIdError error, string clientId) => OAuthAnswer.Refused(OAuthServerRefusals.Of(error), clientId);
}
