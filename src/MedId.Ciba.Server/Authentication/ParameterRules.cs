using System.Text;
using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth;
using MedId.OAuth.Server;

namespace MedId.Ciba.Server;

/// <summary>The rules of the parameters one by one (CIBA Core §7.1, §7.2 steps 3 and 6). Pure.</summary>
internal sealed class ParameterRules(AcrTable acrs, IScopePolicy scopePolicy, CibaOptions options)
{
    private const int MaxLoginHintLength = 1024;
    private const int MaxUserCodeLength = 256;
    private const int MaxTokenLength = 16 * 1024;
    private const int MaxDetailsLength = 8 * 1024;
    private const int MaxRequestContextLength = 4096;

    private static readonly (HintKind Kind, string Name)[] Hints =
    [
        (HintKind.LoginHint, OAuthParameters.LoginHint), (HintKind.IdTokenHint, OAuthParameters.IdTokenHint), (HintKind.LoginHintToken, OAuthParameters.LoginHintToken),
    ];

    public MedIdResult<BackchannelParameters> Apply(RawParameters raw, ClientRegistration client)
    {
        // §7.1: exactly one hint.
        var hints = Array.FindAll(Hints, h => raw[h.Name] is not null);
        if (hints is not [var hint])
        {
            return hints.Length == 0 ? Refuse(CibaErrorCodes.HintMissing) : Refuse(CibaErrorCodes.HintMultiple);
        }

        if (RefuseLength(raw, hint.Kind) is { } tooLong)
        {
            return tooLong;
        }

        // §7.1: scope is required and holds openid; each scope is one that the client may ask for.
        var resource = raw[OAuthParameters.Resource];
        if (raw[OAuthParameters.Scope] is not { } scope)
        {
            return Refuse(CibaErrorCodes.ScopeMissing);
        }

        if (!ScopeList.TryParse(scope, out var scopes))
        {
            return new MedIdError(CibaErrorCodes.ScopeMalformed, ErrorCategory.Malformed, "RFC 6749 §3.3");
        }

        if (!scopes.Contains("openid", StringComparer.Ordinal))
        {
            return Refuse(CibaErrorCodes.ScopeWithoutOpenId);
        }

        // RFC 8707 §2: what the server predefined for the client, where more is asked for than a sign-in.
        resource ??= scopes.All(s => s is "openid" or "profile" or "offline_access") ? null : client.DefaultResource;

        // The detail says where, not what: a value that somebody else sent is not for a log.
        var foreign = scopes.TakeWhile(s => scopePolicy.IsAllowed(client, s, resource)).Count();
        if (foreign < scopes.Count)
        {
            return new MedIdError(CibaErrorCodes.ScopeNotAllowed, ErrorCategory.Policy, "CIBA Core §13", $"scope number {foreign + 1}");
        }

        // RFC 8707 §2: one of the client's, which are absolute URIs without fragment.
        if (resource is not null && !client.Resources.Contains(resource, StringComparer.Ordinal))
        {
            return new MedIdError(CibaErrorCodes.ResourceRefused, ErrorCategory.Policy, "RFC 8707 §2");
        }

        // §7.1: client_notification_token is for ping and push, and is not looked at for poll.
        var polls = DeliveryModes.Parse(client.Metadata.BackchannelTokenDeliveryMode) is null or CibaDeliveryMode.Poll;
        var token = polls ? null : raw[OAuthParameters.ClientNotificationToken];
        if (!polls && (token is null || !NotificationToken.IsValid(token)))
        {
            return Refuse(token is null ? CibaErrorCodes.NotificationTokenMissing : CibaErrorCodes.NotificationTokenMalformed);
        }

        // §7.1: binding_message, requested_expiry, acr_values.
        var message = raw[OAuthParameters.BindingMessage];
        if (message is null ? options.RequireBindingMessage : !BindingMessage.Parse(message).Succeeded)
        {
            return Refuse(message is null ? CibaErrorCodes.BindingMessageMissing : CibaErrorCodes.BindingMessageRefused);
        }

        TimeSpan? expiry = null;
        if (raw[OAuthParameters.RequestedExpiry] is { } requested)
        {
            if (!RequestedExpiry.TryParse(requested, out var parsed))
            {
                return new MedIdError(CibaErrorCodes.RequestedExpiryMalformed, ErrorCategory.Malformed, "CIBA Core §7.1");
            }

            expiry = parsed;
        }

        var acrValues = ReadAcrValues(raw[OAuthParameters.AcrValues]);
        if (!acrValues.Succeeded)
        {
            return acrValues.Error;
        }

        if ((RefuseActor(raw) ?? RefuseDetails(raw) ?? RefuseContext(raw)) is { } refusal)
        {
            return refusal;
        }

        return new BackchannelParameters
        {
            Scopes = scopes,
            Resource = resource,
            AcrValues = acrValues.Value,
            BindingMessage = message,
            UserCode = raw[OAuthParameters.UserCode],
            RequestedExpiry = expiry,
            HintKind = hint.Kind,
            Hint = raw[hint.Name]!,
            ActorToken = raw[OAuthParameters.ActorToken],
            AuthorizationDetails = raw[OAuthParameters.AuthorizationDetails],
            NotificationToken = token,
            RequestContext = raw[OAuthParameters.RequestContext],
            SignedRequest = raw.SignedRequest,
        };
    }

    private MedIdResult<string[]> ReadAcrValues(string? value)
    {
        if (value is null)
        {
            return Array.Empty<string>();
        }

        // OIDC Core §3.1.2.1: a list like scope's, in order of preference.
        if (!ScopeList.TryParse(value, out var values))
        {
            return Malformed(OAuthParameters.AcrValues);
        }

        if (values.Any(acrs.Knows))
        {
            return values.ToArray();
        }

        return options.UnknownAcr == UnknownAcrPolicy.Ignore
            ? Array.Empty<string>()
            : new MedIdError(CibaErrorCodes.AcrUnknown, ErrorCategory.Policy, "CIBA Core §7.1");
    }

    /// <summary>RFC 8693 §2.1: the type beside the token and never alone; here a JWT, and inside a signed request, so that client and evidence belong together.</summary>
    private static MedIdError? RefuseActor(RawParameters raw)
    {
        var token = raw[OAuthParameters.ActorToken];
        var type = raw[OAuthParameters.ActorTokenType];
        if (token is null && type is null)
        {
            return null;
        }

        if (raw.SignedRequest is null)
        {
            return new(CibaErrorCodes.ActorTokenUnsigned, ErrorCategory.Protocol, "MedIdSdk walk, step 2");
        }

        return token is null || !string.Equals(type, TokenTypes.JwtUrn, StringComparison.Ordinal)
            ? new(CibaErrorCodes.ActorTokenTypeUnsupported, ErrorCategory.Protocol, "RFC 8693 §2.1")
            : null;
    }

    /// <summary>RFC 9396 §2, §5: an array of objects with a type each; here inside a signed request, because what it holds decides whom nobody asks.</summary>
    private MedIdError? RefuseDetails(RawParameters raw)
    {
        if (raw[OAuthParameters.AuthorizationDetails] is not { } details)
        {
            return null;
        }

        if (raw.SignedRequest is null)
        {
            return new(CibaErrorCodes.AuthorizationDetailsUnsigned, ErrorCategory.Protocol, "MedIdSdk walk, step 2");
        }

        return details.Length <= MaxDetailsLength && IsListOfTyped(details)
            ? null
            : new(CibaErrorCodes.AuthorizationDetailsMalformed, ErrorCategory.Malformed, "RFC 9396 §2");
    }

    /// <summary>FAPI-CIBA §5.2.2: a JSON object; and where neither it nor anything else makes the request unique, a binding message does.</summary>
    private MedIdError? RefuseContext(RawParameters raw)
    {
        if (raw[OAuthParameters.RequestContext] is { } context && !IsBoundedObject(context))
        {
            return new(CibaErrorCodes.RequestContextMalformed, ErrorCategory.Malformed, "FAPI-CIBA §5.2.2");
        }

        return options.RequireTransactionContext && raw[OAuthParameters.BindingMessage] is null && raw[OAuthParameters.AuthorizationDetails] is null
            ? new(CibaErrorCodes.TransactionContextMissing, ErrorCategory.Protocol, "FAPI-CIBA §5.2.2")
            : null;
    }

    private static bool IsBoundedObject(string json) =>
        json.Length <= MaxRequestContextLength && StrictJson.ParseObject(Encoding.UTF8.GetBytes(json), maxDepth: 8).Succeeded;

    private bool IsListOfTyped(string details) =>
        StrictJson.Parse(Encoding.UTF8.GetBytes(details), maxDepth: 16) is { Succeeded: true, Value: { ValueKind: JsonValueKind.Array } list }
        && list.EnumerateArray().All(one =>
            one.ValueKind == JsonValueKind.Object && one.TryGetProperty("type", out var type) && type.ValueKind == JsonValueKind.String && IsKnown(type.GetString()!));

    /// <summary>RFC 9396 §5: a type that is not known is refused.</summary>
    private bool IsKnown(string type) => options.AuthorizationDetailsTypes.Count == 0 || options.AuthorizationDetailsTypes.Contains(type, StringComparer.Ordinal);

    private static MedIdError? RefuseLength(RawParameters raw, HintKind hint)
    {
        var tooLong =
            hint == HintKind.LoginHint && raw[OAuthParameters.LoginHint]!.Length > MaxLoginHintLength ? OAuthParameters.LoginHint
            : raw[OAuthParameters.UserCode]?.Length > MaxUserCodeLength ? OAuthParameters.UserCode
            : raw[OAuthParameters.ActorToken]?.Length > MaxTokenLength ? OAuthParameters.ActorToken
            : null;
        return tooLong is null ? null : Malformed(tooLong);
    }

    private static MedIdError Malformed(string parameter) => new(CibaErrorCodes.ParameterMalformed, ErrorCategory.Malformed, "CIBA Core §7.1", parameter);

    private static MedIdError Refuse(string code) => new(code, ErrorCategory.Protocol, "CIBA Core §7.1");
}
