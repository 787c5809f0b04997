using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Provider;

/// <summary>Verifies what a doctor OP signed about a doctor (row A15): who, in which role, of which institution, for which RP, to which OP. Pure and synchronous.</summary>
/// <remarks>
/// The form is this project's (walk, step 2) with the claim names of IHE ITI IUA. Consuming <see cref="PractitionerEvidence.ReplayKey"/> once, and refusing purposes that have no words for
/// patients, is the caller's duty.
/// </remarks>
public static class PractitionerEvidenceVerifier
{
    /// <summary>The <c>typ</c> of evidence.</summary>
    public const string EvidenceType = "practitioner-evidence+jwt";

    /// <summary>The longest validity that is accepted.</summary>
    public static readonly TimeSpan MaxLifetime = TimeSpan.FromMinutes(5);

    /// <summary>The longest text of one claim, in UTF-16 units.</summary>
    public const int MaxTextLength = 200;

    private const string Section = "MedId walk, step 2";

    /// <summary>The issuer that an evidence claims, in order to gather that issuer's keys. Nothing is verified by it.</summary>
    /// <param name="evidence">The evidence as it came.</param>
    /// <returns>The claimed issuer; refused when the evidence cannot be read.</returns>
    public static MedIdResult<string> PeekUnverifiedIssuer(string evidence)
    {
        var issuer = JwtVerifier.PeekUnverifiedIssuer(evidence);
        return issuer.Succeeded ? issuer : Refuse(ProviderErrorCodes.PractitionerEvidenceMalformed, ErrorCategory.Malformed, issuer.Error.Code);
    }

    /// <summary>Verifies evidence.</summary>
    /// <param name="evidence">The evidence as it came in <c>actor_token</c>.</param>
    /// <param name="trusted">The configured issuer with its keys.</param>
    /// <param name="audience">The issuer identifier of this OP.</param>
    /// <param name="clientId">The authenticated client that sent it.</param>
    /// <param name="policy">Which algorithms may sign evidence.</param>
    /// <param name="at">Now.</param>
    /// <returns>The evidence, or the refusal.</returns>
    public static MedIdResult<PractitionerEvidence> Verify(
        string evidence, PractitionerIssuer trusted, string audience, string clientId, AlgorithmPolicy policy, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(trusted);
        ArgumentException.ThrowIfNullOrEmpty(audience);
        ArgumentException.ThrowIfNullOrEmpty(clientId);
        ArgumentNullException.ThrowIfNull(policy);
        var verified = JwtVerifier.Verify(evidence, new()
        {
            Keys = trusted.Keys,
            Algorithms = policy.For(SignatureUse.PractitionerEvidence, at),
            Type = JwtTypeRule.OneOf(EvidenceType),
            Issuer = trusted.Issuer,
            Audience = JwtAudienceRule.ExactlySingleString(audience),
            Now = at,
            Lifetime = JwtLifetimeRule.AtMost(MaxLifetime),
            RequiredClaims = ["sub", "azp", "iat", "exp", "jti", "extensions"],
        });
        if (!verified.Succeeded)
        {
            return Map(verified.Error);
        }

        var claims = verified.Value.Claims;
        if (!Texts.TryGet(claims, "azp", out var azp) || !string.Equals(azp, clientId, StringComparison.Ordinal))
        {
            return Refuse(ProviderErrorCodes.PractitionerEvidenceForeign, ErrorCategory.Untrusted, "azp is not the client that sent it");
        }

        if (verified.Value.ReplayKey is not { } replayKey || verified.Value.Subject is not { Length: > 0 and <= MaxTextLength } subject)
        {
            return Refuse(ProviderErrorCodes.PractitionerEvidenceIncomplete, ErrorCategory.Malformed, "jti and sub are texts");
        }

        if (!claims.GetProperty("extensions").TryGetObject("ihe_iua", out var iua))
        {
            return Refuse(ProviderErrorCodes.PractitionerEvidenceIncomplete, ErrorCategory.Malformed, "extensions.ihe_iua is not there");
        }

        if (!Texts.TryGet(iua, "subject_name", out var name)
            || !Texts.TryGet(iua, "subject_organization", out var organization)
            || !Texts.TryGet(iua, "subject_organization_id", out var organizationId)
            || !Texts.TryGetCoded(iua, "subject_role", out var role)
            || !Texts.TryGetCoded(iua, "purpose_of_use", out var purpose))
        {
            return Refuse(
                ProviderErrorCodes.PractitionerEvidenceIncomplete,
                ErrorCategory.Malformed,
                "subject_name, subject_organization, subject_organization_id, subject_role and purpose_of_use are needed");
        }

        return new PractitionerEvidence
        {
            Issuer = trusted.Issuer,
            Subject = subject,
            Name = name,
            Organization = organization,
            OrganizationId = organizationId,
            Role = role,
            Purpose = purpose,
            Digest = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(evidence))),
            Actor = PractitionerActor.Write(trusted.Issuer, subject, name, organization, organizationId, role, purpose),
            ReplayKey = replayKey with { Issuer = "practitioner-evidence " + replayKey.Issuer },
        };
    }

    internal static MedIdError Untrusted(string detail) => Refuse(ProviderErrorCodes.PractitionerEvidenceUntrusted, ErrorCategory.Untrusted, detail);

    /// <summary>What an operator has to mend: the form, the trust, the addressee or the time.</summary>
    private static MedIdError Map(MedIdError error) => error.Code switch
    {
        CryptographyErrorCodes.JoseExpired or CryptographyErrorCodes.JoseNotYetValid or CryptographyErrorCodes.JoseIssuedInFuture or CryptographyErrorCodes.JoseLifetimeTooLong =>
            Refuse(ProviderErrorCodes.PractitionerEvidenceExpired, ErrorCategory.State, error.Code),
        CryptographyErrorCodes.JoseAudienceMismatch =>
            Refuse(ProviderErrorCodes.PractitionerEvidenceForeign, ErrorCategory.Untrusted, error.Code),
        CryptographyErrorCodes.JoseSignatureInvalid or CryptographyErrorCodes.JoseKeyNotFound or CryptographyErrorCodes.JoseAlgorithmNotAllowed
            or CryptographyErrorCodes.JoseIssuerMismatch or CryptographyErrorCodes.JoseTypeNotAccepted =>
            Refuse(ProviderErrorCodes.PractitionerEvidenceUntrusted, ErrorCategory.Untrusted, error.Code),
        CryptographyErrorCodes.JoseClaimMissing =>
            Refuse(ProviderErrorCodes.PractitionerEvidenceIncomplete, ErrorCategory.Malformed, error.Detail ?? error.Code),
        _ => Refuse(ProviderErrorCodes.PractitionerEvidenceMalformed, ErrorCategory.Malformed, error.Code),
    };

    private static MedIdError Refuse(string code, ErrorCategory category, string detail) => new(code, category, Section, detail);
}
