using System.Text.Json;
using MedId.Ciba.Client;
using MedId.Core;
using MedId.OAuth;

namespace MedId.Samples.RelyingPartyGateway;

/// <summary>What <c>POST /v1/accesses</c> asks for, by the standard's own parameter names.</summary>
internal sealed record AccessOrder(string Patient, string Purpose, UserHint Hint, BackchannelRequest Request)
{
    private const int MaxHint = 16 * 1024;
    private const int MaxExpirySeconds = 24 * 60 * 60;

    public static MedIdResult<AccessOrder> Parse(JsonElement json, string resource)
    {
        var members = new JsonMembers(json);
        var hints = new[] { OAuthParameters.LoginHint, OAuthParameters.LoginHintToken, OAuthParameters.IdTokenHint }
            .Select(name => (Name: name, Value: members.String(name, MaxHint))).Where(one => one.Value is not null).ToList();
        var scopes = (members.String("scope", 4096) ?? string.Empty).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var binding = members.String("binding_message") is { } text ? BindingMessage.Parse(text) : null;
        var acrs = (members.String("acr_values", 1024) ?? string.Empty).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var expiry = members.Integer("requested_expiry", 1, MaxExpirySeconds);
        var details = members.Find("authorization_details");
        var (patient, purpose) = (members.NeededString("patient", 64), members.String("purpose", 16) ?? "TREAT");
        var (userCode, evidence) = (members.String("user_code", 256), members.String("actor_token", MaxHint));
        var wrong = members.Wrong
            ?? (hints.Count != 1 ? "one of login_hint, login_hint_token, id_token_hint"
                : scopes.Length == 0 ? "scope"
                : binding is { Succeeded: false } ? "binding_message"
                : details is { ValueKind: not JsonValueKind.Array } ? "authorization_details"
                : null);
        if (wrong is not null)
        {
            return new MedIdError(GatewayErrorCodes.RequestMalformed, ErrorCategory.Malformed, "openapi.json", wrong);
        }

        var (kind, value) = hints[0];
        var hint = kind == OAuthParameters.LoginHint ? UserHint.LoginHint(value!) : kind == OAuthParameters.LoginHintToken ? UserHint.LoginHintToken(value!) : UserHint.IdToken(value!);
        return new AccessOrder(patient, purpose, hint, new()
        {
            Scopes = scopes,
            Hint = hint,
            AcrValues = acrs,
            BindingMessage = binding?.Value,
            UserCode = userCode,
            RequestedExpiry = expiry is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            Resource = resource,
            ActorToken = evidence,
            AuthorizationDetails = details?.GetRawText(),
        });
    }

    public override string ToString() => $"{Request}";
}
