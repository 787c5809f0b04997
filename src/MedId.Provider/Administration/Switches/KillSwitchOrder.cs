using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;
using MedId.OAuth.Server;

namespace MedId.Provider;

/// <summary>An order for the kill switch, signed by the key of an administration client: who, what, when, why.</summary>
/// <param name="Target">What to stop, or to let go.</param>
/// <param name="Engage">Whether to stop it.</param>
/// <param name="IncludesIssued">Whether tokens that are out are meant too.</param>
/// <param name="Reason">Why, by a code.</param>
/// <param name="IssuedAt">When it was signed.</param>
/// <param name="ReplayKey">What is consumed once.</param>
public sealed record KillSwitchOrder(KillSwitchTarget Target, bool Engage, bool IncludesIssued, string Reason, DateTimeOffset IssuedAt, ReplayKey ReplayKey)
{
    /// <summary>The header's <c>typ</c>.</summary>
    public const string Type = "medid-switch-order+jwt";

    /// <summary>The longest life of an order.</summary>
    public static readonly TimeSpan MaxLifetime = TimeSpan.FromMinutes(5);

    private const string Section = "MedId walk, administration: kill switch";

    /// <summary>Verifies an order. Pure; single use is returned as a replay key.</summary>
    /// <param name="order">The compact JWS: <c>iss</c> the client, <c>sub</c> the operator, <c>aud</c> the OP's issuer alone, <c>iat</c>, <c>exp</c> at most five minutes later, <c>jti</c>, <c>target</c>, <c>state</c> (<c>engaged</c> or <c>released</c>), <c>reason</c>, <c>issued_tokens</c> where they are meant too.</param>
    /// <param name="actor">Who calls.</param>
    /// <param name="keys">The client's keys.</param>
    /// <param name="options">Issuer, policies.</param>
    /// <param name="now">The time that counts.</param>
    /// <returns>The order; refused with <see cref="ProviderErrorCodes.SwitchOrderRefused"/>, or where a fetched key set lacks the key with that code.</returns>
    public static MedIdResult<KillSwitchOrder> Verify(string order, AdministrationActor actor, JsonWebKeySet keys, OAuthServerOptions options, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(actor);
        ArgumentNullException.ThrowIfNull(options);

        // 1. Signed by the calling client's key, for its operator, for this OP alone, now.
        var jwt = JwtVerifier.Verify(order, new()
        {
            Keys = keys,
            Algorithms = options.Algorithms.For(SignatureUse.ClientAssertion, now),
            Type = JwtTypeRule.OneOf(Type),
            Issuer = actor.ClientId,
            Subject = actor.OperatorId,
            Audience = JwtAudienceRule.ExactlySingleString(options.Issuer),
            Lifetime = JwtLifetimeRule.Expires,
            Now = now,
            ClockSkew = options.ClockSkew,
            RequiredClaims = ["jti", "iat"],
        });
        if (!jwt.Succeeded)
        {
            // The code that has newer keys fetched keeps its name until they were tried.
            return jwt.Error.Code == CryptographyErrorCodes.JoseKeyNotFound ? jwt.Error : Refuse(jwt.Error.Code);
        }

        if (jwt.Value.ExpiresAt > now + options.ClockSkew + MaxLifetime)
        {
            return Refuse("exp is further away than five minutes");
        }

        // 2. What it says.
        var claims = jwt.Value.Claims;
        bool? engage = Text(claims, "state") switch { "engaged" => true, "released" => false, _ => null };
        if (KillSwitchTarget.Parse(Text(claims, "target")) is not { } target || engage is null || Text(claims, "reason") is not { } reason || !IsReason(reason)
            || !claims.TryGetProperty("iat", out var iat) || !iat.TryGetInt64(out var issued))
        {
            return Refuse("target, state, reason");
        }

        var included = claims.TryGetProperty("issued_tokens", out var issuedTokens);
        if (included && (issuedTokens.ValueKind is not (JsonValueKind.True or JsonValueKind.False) || target.Kind != KillSwitchKind.Tokens))
        {
            return Refuse("issued_tokens is a boolean, for the target tokens only");
        }

        return new KillSwitchOrder(
            target, engage.Value, included && issuedTokens.GetBoolean(), reason, DateTimeOffset.FromUnixTimeSeconds(issued), jwt.Value.ReplayKey! with { Issuer = "switch_order:" + actor.ClientId });
    }

    /// <summary>Whether a reason is a code: lower case letters, digits and hyphens, at most 64.</summary>
    /// <param name="reason">The reason.</param>
    internal static bool IsReason(string? reason) => reason is { Length: > 0 and <= 64 } && reason.All(static c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-');

    private static MedIdError Refuse(string detail) => new(ProviderErrorCodes.SwitchOrderRefused, ErrorCategory.Untrusted, Section, detail);

    private static string? Text(JsonElement claims, string name) => claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
