using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Provider;

/// <summary>Verifies what a service signed about a person who is there (row A13): checked how, when and by whom, for which request. Pure and synchronous.</summary>
/// <remarks>The form is this project's (walk, pre-registered consent). Consuming <see cref="FaceToFaceStatement.ReplayKey"/> once is the caller's duty.</remarks>
public static class FaceToFaceVerifier
{
    /// <summary>The <c>typ</c> of a statement.</summary>
    public const string StatementType = "face-to-face+jwt";

    /// <summary>The longest validity that is accepted.</summary>
    public static readonly TimeSpan MaxLifetime = TimeSpan.FromMinutes(5);

    private static readonly StatementErrors Errors = new(
        "MedId walk, pre-registered consent",
        ProviderErrorCodes.FaceToFaceMalformed,
        ProviderErrorCodes.FaceToFaceUntrusted,
        ProviderErrorCodes.FaceToFaceForeign,
        ProviderErrorCodes.FaceToFaceExpired,
        ProviderErrorCodes.FaceToFaceIncomplete);

    /// <summary>Verifies a statement.</summary>
    /// <param name="statement">The statement as it came.</param>
    /// <param name="binding">The request that it has to be about.</param>
    /// <param name="keys">The client's registered keys.</param>
    /// <param name="rules">What the OP accepts.</param>
    /// <param name="policy">Which algorithms may sign statements (<see cref="SignatureUse.TrustStatement"/>).</param>
    /// <param name="at">Now.</param>
    /// <returns>The statement, or the refusal; <see cref="CryptographyErrorCodes.JoseKeyNotFound"/> when the key is not among <paramref name="keys"/>.</returns>
    public static MedIdResult<FaceToFaceStatement> Verify(
        string statement, FaceToFaceBinding binding, JsonWebKeySet keys, FaceToFaceRules rules, AlgorithmPolicy policy, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(statement);
        ArgumentNullException.ThrowIfNull(binding);
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(policy);

        // 1. Signature by this client, kind, addressee, time.
        var verified = JwtVerifier.Verify(statement, new()
        {
            Keys = keys,
            Algorithms = policy.For(SignatureUse.TrustStatement, at),
            Type = JwtTypeRule.OneOf(StatementType),
            Issuer = binding.ClientId,
            Subject = binding.ClientId,
            Audience = JwtAudienceRule.ExactlySingleString(binding.Audience),
            Now = at,
            Lifetime = JwtLifetimeRule.AtMost(MaxLifetime),
            RequiredClaims = ["iat", "exp", "jti", "method", "checked_at", "checked_by", "institution", "patient_hint", "practitioner", "resource"],
        });
        if (!verified.Succeeded)
        {
            return Errors.Map(verified.Error);
        }

        // 2. What it says.
        var claims = verified.Value.Claims;
        if (verified.Value.ReplayKey is not { } replayKey
            || !Texts.TryGet(claims, "method", out var method) || !Texts.TryGet(claims, "checked_by", out var clerk) || !Texts.TryGet(claims, "institution", out var institution)
            || !Texts.TryGet(claims, "patient_hint", out var hint) || !Texts.TryGet(claims, "resource", out var resource)
            || !claims.TryGetObject("practitioner", out var practitioner) || !Texts.TryGet(practitioner, "iss", out var doctorOp) || !Texts.TryGet(practitioner, "sub", out var doctor)
            || !claims.GetProperty("checked_at").TryGetTime(out var checkedAt))
        {
            return Errors.Refuse(
                ProviderErrorCodes.FaceToFaceIncomplete,
                ErrorCategory.Malformed,
                "method, checked_by, institution, patient_hint and resource are short texts, practitioner has iss and sub, checked_at is a time");
        }

        // 3. It is about this request: this person, this doctor at this institution, this resource.
        if (!string.Equals(hint, FaceToFaceBinding.HintDigest(binding.Hint), StringComparison.Ordinal)
            || !string.Equals(doctorOp, binding.PractitionerIssuer, StringComparison.Ordinal) || !string.Equals(doctor, binding.Practitioner, StringComparison.Ordinal)
            || !string.Equals(institution, binding.Institution, StringComparison.Ordinal) || !string.Equals(resource, binding.Resource, StringComparison.Ordinal))
        {
            return Errors.Refuse(ProviderErrorCodes.FaceToFaceForeign, ErrorCategory.Untrusted, "the statement is about another person, doctor, institution or resource");
        }

        // 4. The person was checked in a way that counts, and just now.
        if (!rules.Methods.Contains(method, StringComparer.Ordinal))
        {
            return Errors.Refuse(ProviderErrorCodes.FaceToFaceMethodRefused, ErrorCategory.Policy, "the way of checking is not on the list of this server");
        }

        return checkedAt > at + JwtExpectations.DefaultClockSkew || at > checkedAt + rules.LongestAge
            ? Errors.Refuse(ProviderErrorCodes.FaceToFaceTooOld, ErrorCategory.State, "the person was checked too long ago, or is going to be")
            : new FaceToFaceStatement
            {
                Method = method,
                CheckedAt = checkedAt,
                CheckedBy = clerk,
                Institution = institution,
                Digest = StatementErrors.Digest(statement),
                ReplayKey = replayKey with { Issuer = "face-to-face " + replayKey.Issuer },
            };
    }

    /// <summary>RFC 7519 NumericDate in whole seconds.</summary>
    private static bool TryGetTime(this JsonElement value, out DateTimeOffset time)
    {
        time = default;
        if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt64(out var seconds) || seconds is < 0 or > 253_402_300_799)
        {
            return false;
        }

        time = DateTimeOffset.FromUnixTimeSeconds(seconds);
        return true;
    }
}
