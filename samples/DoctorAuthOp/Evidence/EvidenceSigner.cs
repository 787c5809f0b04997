using System.Text.Json;
using MedId.Cryptography;
using MedId.OAuth;

namespace MedId.Samples.DoctorAuthOp;

/// <summary>Signs who the doctor is, for one client, to one patient OP, for a few minutes, once. The claim names are those of IHE ITI IUA.</summary>
internal sealed class EvidenceSigner(string issuer, SigningKey key, TimeProvider time)
{
    /// <summary>How long evidence is good for.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>The class of a password sign-in at this sample OP; no official one.</summary>
    public const string Acr = "https://medidsdk.example/sample/acr/password";

    /// <summary>The purposes of use that a doctor may state here.</summary>
    private static readonly CodedRole[] Purposes =
    [
        new("http://terminology.hl7.org/CodeSystem/v3-ActReason", "TREAT", "treatment"),
        new("http://terminology.hl7.org/CodeSystem/v3-ActReason", "ETREAT", "Emergency Treatment"),
        new("http://terminology.hl7.org/CodeSystem/v3-ActReason", "BTG", "break the glass"),
    ];

    /// <summary>The purpose of a code; treatment where none is stated, null for any other.</summary>
    public static CodedRole? FindPurpose(string? code) => Array.Find(Purposes, purpose => purpose.Code == (code ?? "TREAT"));

    public ValueTask<string> SignAsync(Session session, string clientId, string audience, CodedRole purpose, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        return JwtSigner.SignAsync(
            key,
            TokenTypes.PractitionerEvidenceJwt,
            claims =>
            {
                claims.WriteString("iss", issuer);
                claims.WriteString("aud", audience);
                claims.WriteString(OAuthClaims.AuthorizedParty, clientId);
                claims.WriteString("sub", session.Doctor.Subject);
                claims.WriteNumber("iat", now);
                claims.WriteNumber("exp", now + (long)Lifetime.TotalSeconds);
                claims.WriteString("jti", SecretGenerator.Base64Url());
                claims.WriteNumber(OAuthClaims.AuthTime, session.SignedInAt.ToUnixTimeSeconds());
                claims.WriteString(OAuthClaims.Acr, Acr);
                claims.WriteStartArray(OAuthClaims.Amr);
                claims.WriteStringValue("pwd");
                claims.WriteEndArray();
                claims.WriteStartObject(OAuthClaims.Extensions);
                claims.WriteStartObject(OAuthClaims.IheIua);
                claims.WriteString("subject_name", session.Doctor.Name);
                claims.WriteString("subject_organization", session.Doctor.Organization);
                claims.WriteString("subject_organization_id", session.Doctor.OrganizationId);
                WriteCoded(claims, "subject_role", session.Doctor.Role);
                WriteCoded(claims, "purpose_of_use", purpose);
                claims.WriteEndObject();
                claims.WriteEndObject();
            },
            cancellationToken);
    }

    private static void WriteCoded(Utf8JsonWriter claims, string name, CodedRole value)
    {
        claims.WriteStartArray(name);
        claims.WriteStartObject();
        claims.WriteString("system", value.System);
        claims.WriteString("code", value.Code);
        claims.WriteString("display", value.Display);
        claims.WriteEndObject();
        claims.WriteEndArray();
    }
}
