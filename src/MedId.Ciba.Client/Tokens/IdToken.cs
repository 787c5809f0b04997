using System.Text.Json;
using MedId.Cryptography;
using MedId.OAuth;

namespace MedId.Ciba.Client;

/// <summary>A verified ID token. Only <see cref="IdTokenVerifier"/> makes it. Its text form shows no subject.</summary>
public sealed class IdToken
{
    internal IdToken(string compact, string issuer, string subject, DateTimeOffset issuedAt, DateTimeOffset expiresAt, JsonElement claims)
    {
        Compact = compact;
        Issuer = issuer;
        Subject = subject;
        IssuedAt = issuedAt;
        ExpiresAt = expiresAt;
        Claims = claims;
    }

    /// <summary>The compact JWS: evidence, and the next request's <see cref="UserHint.IdToken"/>.</summary>
    public string Compact { get; }

    /// <summary><c>iss</c>.</summary>
    public string Issuer { get; }

    /// <summary><c>sub</c>: the patient at this OP, for this client. Personal data.</summary>
    public string Subject { get; }

    /// <summary><c>iat</c>.</summary>
    public DateTimeOffset IssuedAt { get; }

    /// <summary><c>exp</c>.</summary>
    public DateTimeOffset ExpiresAt { get; }

    /// <summary><c>auth_time</c>.</summary>
    public DateTimeOffset? AuthTime { get; internal init; }

    /// <summary><c>acr</c>: the class of the authentication.</summary>
    public string? Acr { get; internal init; }

    /// <summary><c>amr</c>: the means of the authentication.</summary>
    public IReadOnlyList<string> Amr { get; internal init; } = [];

    /// <summary><c>consent_id</c>: the consent record that stands behind the tokens.</summary>
    public string? ConsentId { get; internal init; }

    /// <summary>
    /// What its verification established, for <see cref="FalTable.Evaluate"/>. Whether the subject is opaque (<c>subject_type</c> <c>pairwise</c>), whether issuer and keys were established by people, and
    /// whether an authenticator of the person was verified here are the relying party's own knowledge: it adds them by <c>with</c>. An ID token that came with a refresh answers no request, so revision 4 gives
    /// it no level: the level is that of the token before.
    /// </summary>
    public FederationFacts Federation { get; internal init; } = new();

    /// <summary>All claims. Personal data.</summary>
    public JsonElement Claims { get; }

    /// <summary>The token that answered a request and was verified before it was stored; for what this process kept itself, and for nothing else.</summary>
    internal static IdToken Restore(string compact, bool wasEncrypted)
    {
        var payload = StrictJson.ParseObject(StrictBase64Url.Decode(compact.Split('.')[1], CompactJws.DefaultMaxLength).Value!).Value;
        var members = new JsonMembers(payload);
        return new(compact, members.NeededString("iss"), members.NeededString("sub"), members.Time("iat")!.Value, members.Time("exp")!.Value, payload)
        {
            AuthTime = members.Time(OAuthClaims.AuthTime),
            Acr = members.String(OAuthClaims.Acr),
            Amr = members.Strings(OAuthClaims.Amr),
            ConsentId = members.String(OAuthClaims.ConsentId),
            Federation = IdTokenVerifier.Facts(wasEncrypted, answersARequest: true),
        };
    }

    /// <inheritdoc/>
    public override string ToString() => $"ID token of {Issuer}, acr {Acr}, until {ExpiresAt:O}";
}
