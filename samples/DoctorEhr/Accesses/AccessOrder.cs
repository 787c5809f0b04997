using System.Text.Json;
using MedId.Ciba.Client;
using MedId.Core;
using MedId.OAuth;

namespace MedId.Samples.DoctorEhr;

/// <summary>What the steering message <c>POST /accesses</c> asks for.</summary>
internal sealed record AccessOrder(string HintKind, string? HintValue, string? UserCode, IReadOnlyList<string> Scopes, BindingMessage? BindingMessage, TimeSpan? RequestedExpiry, bool WithoutEvidence, string? AuthorizationDetails)
{
    /// <summary>What the doctor says the data is for, a code of v3-ActReason; null for treatment.</summary>
    public string? Purpose { get; private init; }

    /// <summary>The classes to ask for; empty for the usual one.</summary>
    public IReadOnlyList<string> AcrValues { get; private init; } = [];

    /// <summary>The person, by the EHR's own identifier.</summary>
    public string Patient { get; private init; } = AtReception;

    /// <summary>That the patient is there and was checked; null when nobody says so.</summary>
    public PatientPresence? Presence { get; private init; }

    /// <summary>Whom an order is about that names nobody: the person who stands at the reception.</summary>
    public const string AtReception = "at-reception";

    /// <summary>The purpose of every access of this EHR (v3-ActReason).</summary>
    public const string Treatment = "TREAT";

    private const int MaxExpirySeconds = 24 * 60 * 60;

    public static MedIdResult<AccessOrder> Parse(JsonElement json)
    {
        var members = new JsonMembers(json);
        var hint = new JsonMembers(members.Object("hint") ?? JsonElement.Parse("{}"));
        var scopes = members.Strings("scopes");
        var kind = hint.NeededString("kind");
        var value = hint.String("value", 16 * 1024);
        var binding = members.String("binding_message") is { } text ? BindingMessage.Parse(text) : null;
        var expiry = members.Integer("requested_expiry", 1, MaxExpirySeconds);
        var order = new AccessOrder(
            kind, value, hint.String("user_code"), scopes, binding?.Value, expiry is { } seconds ? TimeSpan.FromSeconds(seconds) : null, members.Boolean("without_evidence") ?? false,
            members.Find("authorization_details")?.GetRawText())
        {
            Purpose = members.String("purpose", 16),
            Patient = members.String("patient", 64) ?? AtReception,
            AcrValues = members.Find("acr_values") is null ? [] : members.Strings("acr_values"),
            Presence = members.Object("face_to_face") is { } presence ? PatientPresence.Read(presence) : null,
        };
        if (binding is { Succeeded: false })
        {
            return binding.Error;
        }

        var wrong = members.Wrong ?? hint.Wrong
            ?? (scopes.Count == 0 || scopes.Any(scope => scope.Length == 0 || scope.Any(char.IsWhiteSpace)) ? "scopes"
                : kind is not (OAuthParameters.IdTokenHint or OAuthParameters.LoginHintToken or OAuthParameters.LoginHint) ? "hint.kind"
                : members.Find("authorization_details") is { ValueKind: not JsonValueKind.Array } ? "authorization_details"
                : members.Find("face_to_face") is not null && order is { Presence: null } or { Presence: not null, AuthorizationDetails: not null } ? "face_to_face"
                : value is null && kind is not OAuthParameters.IdTokenHint ? "hint.value"
                : null);
        return wrong is null ? order : new MedIdError(EhrErrorCodes.RequestMalformed, ErrorCategory.Malformed, "walk: doctor EHR", wrong);
    }

    /// <summary>The hint; null when the last ID token was asked for and there is none.</summary>
    public UserHint? Hint(string? lastIdToken) => HintKind switch
    {
        OAuthParameters.LoginHint => UserHint.LoginHint(HintValue!),
        OAuthParameters.LoginHintToken => UserHint.LoginHintToken(HintValue!),
        _ => (HintValue ?? lastIdToken) is { } token ? UserHint.IdToken(token) : null,
    };

    public override string ToString() => $"{HintKind}, {Scopes.Count} scopes";
}
