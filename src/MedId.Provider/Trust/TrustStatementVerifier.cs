using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Provider;

/// <summary>Verifies what an assessor signed about a service (row A13). Pure and synchronous; suspension is judged here too, from the framework that was handed in.</summary>
/// <remarks>The form is this project's (walk, pre-registered consent). A statement is good for many requests until its end, so it has no replay key.</remarks>
public static class TrustStatementVerifier
{
    /// <summary>The <c>typ</c> of a statement.</summary>
    public const string StatementType = "trust-statement+jwt";

    /// <summary>The most criteria that one statement may name.</summary>
    public const int MaxCriteria = 64;

    private static readonly StatementErrors Errors = new(
        "MedId walk, pre-registered consent",
        ProviderErrorCodes.TrustStatementMalformed,
        ProviderErrorCodes.TrustStatementUntrusted,
        ProviderErrorCodes.TrustStatementForeign,
        ProviderErrorCodes.TrustStatementExpired,
        ProviderErrorCodes.TrustStatementIncomplete);

    /// <summary>The issuer and the framework that a statement claims, in order to gather keys. Nothing is verified by it.</summary>
    /// <param name="statement">The statement as it came.</param>
    /// <returns>The claims; refused when they cannot be read.</returns>
    public static MedIdResult<UnverifiedTrustStatement> PeekUnverified(string statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        var claims = CompactJws.Parse(statement).Then(jws => StrictJson.ParseObject(jws.Payload));
        return claims.Succeeded && Texts.TryGet(claims.Value, "iss", out var issuer) && Texts.TryGet(claims.Value, "framework", out var framework)
            ? new UnverifiedTrustStatement(issuer, framework)
            : Errors.Refuse(ProviderErrorCodes.TrustStatementMalformed, ErrorCategory.Malformed, claims.Error?.Code ?? "iss and framework are texts");
    }

    /// <summary>Verifies a statement.</summary>
    /// <param name="statement">The statement as it came.</param>
    /// <param name="framework">The framework that it claims, as the OP holds it.</param>
    /// <param name="assessor">The issuer that it claims.</param>
    /// <param name="keys">That assessor's keys.</param>
    /// <param name="clientId">The authenticated client.</param>
    /// <param name="audience">The issuer identifier of this OP; a statement is for it or for the whole framework.</param>
    /// <param name="policy">Which algorithms may sign statements (<see cref="SignatureUse.TrustStatement"/>).</param>
    /// <param name="at">Now.</param>
    /// <returns>The statement, or the refusal; <see cref="CryptographyErrorCodes.JoseKeyNotFound"/> when the key is not among <paramref name="keys"/>.</returns>
    public static MedIdResult<TrustStatement> Verify(
        string statement, TrustFramework framework, string assessor, JsonWebKeySet keys, string clientId, string audience, AlgorithmPolicy policy, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(statement);
        ArgumentNullException.ThrowIfNull(framework);
        ArgumentException.ThrowIfNullOrEmpty(assessor);
        ArgumentException.ThrowIfNullOrEmpty(clientId);
        ArgumentException.ThrowIfNullOrEmpty(audience);
        ArgumentNullException.ThrowIfNull(policy);

        // 1. Whoever vets for the framework is named in it, whatever keys were found.
        if (!framework.Assessors.Any(one => string.Equals(one.Issuer, assessor, StringComparison.Ordinal)))
        {
            return Errors.Refuse(ProviderErrorCodes.TrustStatementUntrusted, ErrorCategory.Untrusted, "the issuer is no assessor of the framework");
        }

        // 2. Signature, kind, issuer, addressee, time; about the client that asks.
        var verified = JwtVerifier.Verify(statement, new()
        {
            Keys = keys,
            Algorithms = policy.For(SignatureUse.TrustStatement, at),
            Type = JwtTypeRule.OneOf(StatementType),
            Issuer = assessor,
            Audience = JwtAudienceRule.ExactlySingleString(audience, framework.Id),
            Subject = clientId,
            Now = at,
            Lifetime = JwtLifetimeRule.AtMost(framework.LongestStatement),
            RequiredClaims = ["sub", "iat", "exp", "jti", "framework", "criteria", "name"],
        });
        if (!verified.Succeeded)
        {
            return Errors.Map(verified.Error);
        }

        // 3. What it says.
        var claims = verified.Value.Claims;
        if (verified.Value is not { JwtId: { } id, IssuedAt: { } issuedAt, ExpiresAt: { } expiresAt } || !Texts.TryGet(claims, "name", out var name)
            || !Texts.TryGet(claims, "framework", out var named) || ReadCriteria(claims) is not { } criteria || !TryReadLevel(claims, out var level))
        {
            return Errors.Refuse(ProviderErrorCodes.TrustStatementIncomplete, ErrorCategory.Malformed, "framework, name and level are short texts, criteria a list of them");
        }

        if (!string.Equals(named, framework.Id, StringComparison.Ordinal))
        {
            return Errors.Refuse(ProviderErrorCodes.TrustStatementForeign, ErrorCategory.Untrusted, "the statement is under another framework");
        }

        // 4. What the framework asks for.
        if (framework.RequiredCriteria.Except(criteria, StringComparer.Ordinal).Any()
            || (framework.AcceptedLevels.Count > 0 && (level is null || !framework.AcceptedLevels.Contains(level, StringComparer.Ordinal))))
        {
            return Errors.Refuse(ProviderErrorCodes.TrustCriteriaMissing, ErrorCategory.Policy, "a required criterion or level is not in the statement");
        }

        // 5. What the operator knows since it was signed.
        return framework.Suspensions.Any(one => string.Equals(one.ClientId, clientId, StringComparison.Ordinal) && one.HoldsAt(at))
            ? Errors.Refuse(ProviderErrorCodes.RecipientSuspended, ErrorCategory.Policy, "the service is suspended in the framework")
            : new TrustStatement
            {
                Framework = framework.Id,
                Assessor = assessor,
                ClientId = clientId,
                Name = name,
                Criteria = criteria,
                Level = level,
                IssuedAt = issuedAt,
                ExpiresAt = expiresAt,
                Id = id,
                Digest = StatementErrors.Digest(statement),
            };
    }

    private static string[]? ReadCriteria(JsonElement claims) =>
        claims.GetProperty("criteria") is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() <= MaxCriteria
            && list.EnumerateArray().All(one => one.ValueKind == JsonValueKind.String && Texts.IsShort(one.GetString()!))
            ? [.. list.EnumerateArray().Select(one => one.GetString()!)]
            : null;

    private static bool TryReadLevel(JsonElement claims, out string? level)
    {
        level = null;
        return !claims.TryGetProperty("level", out _) || Texts.TryGet(claims, "level", out level);
    }
}
