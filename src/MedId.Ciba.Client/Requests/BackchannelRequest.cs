using System.Text.Json;
using MedId.OAuth;

namespace MedId.Ciba.Client;

/// <summary>What a relying party asks for (CIBA Core §7.1). Its text form shows neither hint nor code nor evidence.</summary>
public sealed record BackchannelRequest
{
    /// <summary>The scopes; <c>openid</c> is added when it is not among them.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>Who the patient is.</summary>
    public required UserHint Hint { get; init; }

    /// <summary>The authentication classes that will do, the preferred one first.</summary>
    public IReadOnlyList<string> AcrValues { get; init; } = [];

    /// <summary>The text that doctor and patient compare.</summary>
    public BindingMessage? BindingMessage { get; init; }

    /// <summary>The patient's user code, for clients registered with one. A secret.</summary>
    public string? UserCode { get; init; }

    /// <summary>How long the patient may take; whole seconds, more than nothing. The OP may shorten it and says so in its answer.</summary>
    public TimeSpan? RequestedExpiry { get; init; }

    /// <summary>The resource server that the access token is for (RFC 8707).</summary>
    public string? Resource { get; init; }

    /// <summary>Signed evidence of who the practitioner is, a JWT of the doctor's OP (RFC 8693 §2.1). Travels inside a signed request only.</summary>
    public string? ActorToken { get; init; }

    /// <summary><c>authorization_details</c> (RFC 9396 §2) as the text of a JSON array: an array in a signed request, its text in a plain one. Many OPs, ours too, take it signed only.</summary>
    public string? AuthorizationDetails { get; init; }

    /// <summary><c>request_context</c> (FAPI-CIBA §5.2.2) as the text of a JSON object: what the OP may judge fraud by, such as where the consumption device is. Not for personal data beyond that.</summary>
    public string? RequestContext { get; init; }

    /// <summary>
    /// This request for a token that a resource will take which found the person not authenticated well or lately enough (RFC 9470 §4): with the classes that it named. Its age needs no
    /// parameter: CIBA has none, and each request has the person authenticate anew.
    /// </summary>
    /// <param name="challenge">What the resource said (<see cref="StepUpChallenge.Find(HttpResponseMessage)"/>).</param>
    /// <returns>The request to start; where the challenge names no class, with the classes of this one.</returns>
    public BackchannelRequest ForStepUp(StepUpChallenge challenge)
    {
        ArgumentNullException.ThrowIfNull(challenge);
        return challenge.AcrValues.Count == 0 ? this : this with { AcrValues = challenge.AcrValues };
    }

    /// <inheritdoc/>
    public override string ToString() => $"{string.Join(' ', Scopes)}, by {Hint}, evidence: {ActorToken is not null}";

    internal string ScopeText => string.Join(' ', Scopes.Contains("openid", StringComparer.Ordinal) ? Scopes : ["openid", .. Scopes]);

    /// <summary>The parameters in the order of the standard; <c>requested_expiry</c> stands as decimal text.</summary>
    /// <param name="notificationToken">The <c>client_notification_token</c> of a client that is notified; null for one that polls.</param>
    internal IEnumerable<KeyValuePair<string, string>> Parameters(string? notificationToken)
    {
        (string Name, string? Value)[] all =
        [
            (OAuthParameters.Scope, ScopeText),
            (OAuthParameters.ClientNotificationToken, notificationToken),
            (OAuthParameters.AcrValues, AcrValues.Count == 0 ? null : string.Join(' ', AcrValues)),
            (Hint.Parameter, Hint.Value),
            (OAuthParameters.BindingMessage, BindingMessage?.Text),
            (OAuthParameters.UserCode, UserCode),
            (OAuthParameters.RequestedExpiry, RequestedExpiry is { } expiry ? ((long)expiry.TotalSeconds).ToString(System.Globalization.CultureInfo.InvariantCulture) : null),
            (OAuthParameters.Resource, Resource),
            (OAuthParameters.ActorToken, ActorToken),
            (OAuthParameters.ActorTokenType, ActorToken is null ? null : TokenTypes.JwtUrn),
            (OAuthParameters.AuthorizationDetails, AuthorizationDetails),
            (OAuthParameters.RequestContext, RequestContext),
        ];
        return all.Where(one => one.Value is not null).Select(one => KeyValuePair.Create(one.Name, one.Value!));
    }

    /// <summary>Why the request cannot be sent: misuse, not input. Null when it can.</summary>
    internal string? FindMistake(bool signed) =>
        Scopes.Count == 0 || Scopes.Concat(AcrValues).Any(value => value.Length == 0 || value.Any(char.IsWhiteSpace))
            ? "Scopes and acr values are single words, and there is at least one scope."
        : RequestedExpiry is { } expiry && (expiry < TimeSpan.FromSeconds(1) || expiry.Ticks % TimeSpan.TicksPerSecond != 0)
            ? "The requested expiry is a number of whole seconds, at least one."
        : ActorToken is not null && !signed
            ? "Evidence of the practitioner travels inside a signed request only: set RequestSigningKey."
        : AuthorizationDetails is not null && !IsOfKind(AuthorizationDetails, JsonValueKind.Array)
            ? "Authorization details are a JSON array."
        : RequestContext is not null && !IsOfKind(RequestContext, JsonValueKind.Object)
            ? "The request context is a JSON object."
        : null;

    private static bool IsOfKind(string text, JsonValueKind kind)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return document.RootElement.ValueKind == kind;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
