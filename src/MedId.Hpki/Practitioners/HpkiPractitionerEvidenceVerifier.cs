using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;
using MedId.Pki;

namespace MedId.Hpki;

/// <summary>
/// Verifies what a doctor stated with the authentication key of an HPKI card (row A15): a compact JWS whose <c>x5c</c> begins with the certificate. Pure and synchronous.
/// </summary>
/// <remarks>The form is this project's (ADR 21). Consuming <see cref="HpkiPractitionerEvidence.ReplayKey"/> once is the caller's duty.</remarks>
public sealed class HpkiPractitionerEvidenceVerifier
{
    /// <summary>The <c>typ</c> of the evidence.</summary>
    public const string EvidenceType = "hpki-practitioner-evidence+jwt";

    /// <summary>The longest validity that is accepted.</summary>
    public static readonly TimeSpan MaxLifetime = TimeSpan.FromMinutes(5);

    private const string Section = "MedIdSdk practitioner evidence by HPKI";
    private const int MaxChain = 5;
    private readonly HpkiPolicy _policy;
    private readonly HpkiVerifier _certificates;

    /// <summary>Makes a verifier.</summary>
    /// <param name="policy">What certificates have to fulfil; <see cref="HpkiPolicy.Use"/> is <see cref="HpkiUse.Authentication"/>.</param>
    /// <exception cref="ArgumentException">The policy is for another use.</exception>
    public HpkiPractitionerEvidenceVerifier(HpkiPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        _policy = policy.Use == HpkiUse.Authentication ? policy : throw new ArgumentException("Evidence is signed with authentication certificates.", nameof(policy));
        _certificates = new(policy);
    }

    /// <summary>Whether a token says of itself that it is such evidence. It proves nothing.</summary>
    /// <param name="token">The token.</param>
    public static bool IsUnverifiedEvidence(string token) => CompactJws.Parse(token) is { Succeeded: true } jws && HasType(jws.Value);

    /// <summary>Verifies evidence.</summary>
    /// <param name="evidence">The evidence as it came in <c>actor_token</c>.</param>
    /// <param name="audience">The issuer identifier of this OP.</param>
    /// <param name="clientId">The authenticated client that sent it.</param>
    /// <param name="path">CA certificates, CRLs and ARLs that were gathered. Certificates that came with the evidence are not used.</param>
    /// <param name="at">Now.</param>
    public HpkiPractitionerDecision Verify(string evidence, string audience, string clientId, PathEvidence path, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        ArgumentException.ThrowIfNullOrEmpty(audience);
        ArgumentException.ThrowIfNullOrEmpty(clientId);

        // 1. Form and certificate.
        var jws = CompactJws.Parse(evidence);
        if (!jws.Succeeded)
        {
            return HpkiPractitionerDecision.Refuse(Malformed(jws.Error.Code));
        }

        if (!HasType(jws.Value) || ReadCertificate(jws.Value.Header.Members) is not { } certificate)
        {
            return HpkiPractitionerDecision.Refuse(Malformed("typ, or x5c of 1 to 5 certificates, is not there"));
        }

        // 2. The certificate: an authentication certificate of a person, good now.
        var decision = _certificates.Verify(certificate, path, at);
        if (decision.Outcome == VerificationOutcome.Refused)
        {
            return new() { Outcome = decision.Outcome, Error = decision.Error, Certificate = decision };
        }

        // 3. The statement, by the certificate's key: for us, through this client, fresh. A missing CRL does not make a foreign statement a matter of evidence.
        var stated = VerifyStatement(evidence, jws.Value, certificate, audience, clientId, at);
        if (!stated.Succeeded)
        {
            return new() { Outcome = VerificationOutcome.Refused, Error = stated.Error, Certificate = decision };
        }

        if (!decision.IsAccepted)
        {
            return new() { Outcome = decision.Outcome, Error = decision.Error, Certificate = decision };
        }

        // 4. A national qualification that is granted; a director's certificate alone is none.
        return decision.Evidence.Roles.FirstOrDefault(role => role.IsAnyQualification) is { } role
            ? new()
            {
                Outcome = VerificationOutcome.Accepted,
                Evidence = new(decision.Evidence, role, stated.Value.Description, Digest(evidence), stated.Value.ReplayKey),
                Certificate = decision,
            }
            : new()
            {
                Outcome = VerificationOutcome.Refused,
                Error = new(HpkiErrorCodes.RoleNotGranted, ErrorCategory.Policy, Section, "no national qualification whose row is verified or confirmed"),
                Certificate = decision,
            };
    }

    private MedIdResult<Statement> VerifyStatement(string evidence, CompactJws jws, Certificate certificate, string audience, string clientId, DateTimeOffset at)
    {
        var key = certificate.ReadPublicKey();
        if (!key.Succeeded)
        {
            return key.Error;
        }

        var subject = HpkiSubjectKey.Of(key.Value);
        var verified = JwtVerifier.Verify(evidence, new()
        {
            Keys = JsonWebKeySet.Of([key.Value.ToJwk(jws.Header.KeyId)]),
            Algorithms = _policy.Algorithms.For(SignatureUse.PractitionerCardEvidence, at),
            Type = JwtTypeRule.OneOf(EvidenceType),
            Issuer = subject,
            Subject = subject,
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
        if (claims.GetProperty("azp") is not { ValueKind: JsonValueKind.String } azp || !azp.ValueEquals(clientId))
        {
            return new MedIdError(HpkiErrorCodes.EvidenceForeign, ErrorCategory.Untrusted, Section, "azp is not the client that sent it");
        }

        if (verified.Value.ReplayKey is not { } replay
            || claims.GetProperty("extensions") is not { ValueKind: JsonValueKind.Object } extensions
            || !extensions.TryGetProperty("ihe_iua", out var description)
            || description.ValueKind != JsonValueKind.Object)
        {
            return Malformed("jti and extensions.ihe_iua are needed");
        }

        // Who asks is what the certificate says. A statement that says it too could say something else.
        return description.TryGetProperty("subject_name", out _) || description.TryGetProperty("subject_role", out _)
            ? Malformed("subject_name and subject_role come from the certificate")
            : new Statement(description, replay with { Issuer = "hpki-practitioner-evidence " + subject });
    }

    private static bool HasType(CompactJws jws) => string.Equals(jws.Header.Type, EvidenceType, StringComparison.Ordinal);

    /// <summary>RFC 7515 §4.1.6: base64 with padding, the signer's certificate first. Only that one is read: CA certificates come from configuration.</summary>
    private static Certificate? ReadCertificate(JsonElement header)
    {
        if (!header.TryGetProperty("x5c", out var chain) || chain.ValueKind != JsonValueKind.Array || chain.GetArrayLength() is 0 or > MaxChain
            || chain[0].ValueKind != JsonValueKind.String || chain[0].GetString() is not { } text)
        {
            return null;
        }

        var der = new byte[(text.Length / 4 * 3) + 3];
        return Convert.TryFromBase64String(text, der, out var length) && string.Equals(Convert.ToBase64String(der, 0, length), text, StringComparison.Ordinal)
            ? Certificate.Parse(der.AsMemory(0, length)).Value
            : null;
    }

    private static string Digest(string evidence) => StrictBase64Url.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(evidence)));

    private static MedIdError Map(MedIdError error) => error.Code switch
    {
        CryptographyErrorCodes.JoseExpired or CryptographyErrorCodes.JoseNotYetValid or CryptographyErrorCodes.JoseIssuedInFuture or CryptographyErrorCodes.JoseLifetimeTooLong =>
            new(HpkiErrorCodes.EvidenceExpired, ErrorCategory.State, Section, error.Code),
        CryptographyErrorCodes.JoseAudienceMismatch => new(HpkiErrorCodes.EvidenceForeign, ErrorCategory.Untrusted, Section, error.Code),
        CryptographyErrorCodes.JoseSignatureInvalid or CryptographyErrorCodes.JoseKeyNotFound or CryptographyErrorCodes.JoseAlgorithmNotAllowed
            or CryptographyErrorCodes.JoseIssuerMismatch or CryptographyErrorCodes.JoseSubjectMismatch =>
            new(HpkiErrorCodes.EvidenceSignature, ErrorCategory.Untrusted, Section, error.Code),
        _ => Malformed(error.Code),
    };

    private static MedIdError Malformed(string detail) => new(HpkiErrorCodes.EvidenceMalformed, ErrorCategory.Malformed, Section, detail);

    private sealed record Statement(JsonElement Description, ReplayKey ReplayKey);
}
