using System.Text.Json;
using MedId.Core;
using MedId.OAuth;
using MedId.OAuth.Server;

namespace MedId.Ciba.Server;

/// <summary>The parameters as text, from a form or from a signed request alike.</summary>
internal sealed class RawParameters
{
    private static readonly string[] Known =
    [
        OAuthParameters.Scope, OAuthParameters.AcrValues, OAuthParameters.LoginHintToken, OAuthParameters.IdTokenHint, OAuthParameters.LoginHint,
        OAuthParameters.BindingMessage, OAuthParameters.UserCode, OAuthParameters.RequestedExpiry, OAuthParameters.Resource, OAuthParameters.ActorToken,
        OAuthParameters.ActorTokenType, OAuthParameters.AuthorizationDetails, OAuthParameters.ClientNotificationToken, OAuthParameters.RequestContext,
    ];

    private readonly Dictionary<string, string> _values = new(StringComparer.Ordinal);

    private RawParameters(string? signedRequest) => SignedRequest = signedRequest;

    public string? SignedRequest { get; }

    public string? this[string name] => _values.GetValueOrDefault(name);

    public static RawParameters Of(OAuthForm form)
    {
        var parameters = new RawParameters(null);
        foreach (var name in Known)
        {
            if (form[name] is { } value)
            {
                parameters._values.Add(name, value);
            }
        }

        return parameters;
    }

    /// <summary>CIBA Core §7.1.1: claims of the parameters' names; strings, but for <c>requested_expiry</c>, which may be a number, <c>authorization_details</c> and <c>request_context</c>. An empty one counts as left out.</summary>
    public static MedIdResult<RawParameters> Of(string signedRequest, JsonElement claims)
    {
        var parameters = new RawParameters(signedRequest);
        foreach (var name in Known)
        {
            if (!claims.TryGetProperty(name, out var claim))
            {
                continue;
            }

            // RFC 8707 §2: several resources are an array; one of them is one.
            if (name == OAuthParameters.Resource && claim.ValueKind == JsonValueKind.Array && claim.GetArrayLength() == 1)
            {
                claim = claim[0];
            }

            switch (claim.ValueKind)
            {
                case JsonValueKind.String when name == OAuthParameters.AuthorizationDetails:
                    return new MedIdError(CibaErrorCodes.AuthorizationDetailsMalformed, ErrorCategory.Malformed, "RFC 9396 §3", "an array in a signed request");
                case JsonValueKind.String when name == OAuthParameters.RequestContext:
                    return new MedIdError(CibaErrorCodes.RequestContextMalformed, ErrorCategory.Malformed, "FAPI-CIBA §5.2.2", "an object in a signed request");
                case JsonValueKind.String when claim.GetString() is { Length: > 0 } text:
                    parameters._values.Add(name, text);
                    break;
                case JsonValueKind.String:
                    break;
                // RFC 9396 §3: an array in a signed request, its text in a form.
                case JsonValueKind.Array when name == OAuthParameters.AuthorizationDetails:
                case JsonValueKind.Object when name == OAuthParameters.RequestContext:
                case JsonValueKind.Number when name == OAuthParameters.RequestedExpiry:
                    parameters._values.Add(name, claim.GetRawText());
                    break;
                default:
                    return new MedIdError(CibaErrorCodes.ParameterMalformed, ErrorCategory.Malformed, "CIBA Core §7.1.1", name);
            }
        }

        return parameters;
    }
}
