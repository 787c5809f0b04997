using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using MedId.Cryptography;
using MedId.OAuth;

namespace MedId.Samples.DoctorEhr;

/// <summary>Signs that the patient is there, for one request, and puts it beside the assessor's statement about this EHR (row A13).</summary>
internal sealed class PresenceSigner(EhrSettings settings, SigningKey key, TimeProvider time)
{
    private const int LifetimeSeconds = 120;

    /// <summary>The value of <c>authorization_details</c>; the assessor's statement is left out where this EHR has none.</summary>
    public async Task<string> SignAsync(PatientPresence presence, string hint, string evidence, CancellationToken cancellationToken)
    {
        var doctor = StrictJson.ParseObject(CompactJws.Parse(evidence).Value!.Payload).Value;
        var iua = new JsonMembers(doctor.GetProperty(OAuthClaims.Extensions).GetProperty(OAuthClaims.IheIua));
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        var statement = await JwtSigner.SignAsync(
            key,
            "face-to-face+jwt",
            claims =>
            {
                claims.WriteString("iss", settings.ClientId);
                claims.WriteString("sub", settings.ClientId);
                claims.WriteString("aud", settings.PatientOp);
                claims.WriteNumber("iat", now);
                claims.WriteNumber("exp", now + LifetimeSeconds);
                claims.WriteString("jti", SecretGenerator.Base64Url());
                claims.WriteString("method", presence.Method);
                claims.WriteNumber("checked_at", now);
                claims.WriteString("checked_by", presence.CheckedBy);
                claims.WriteString("institution", iua.String("subject_organization_id"));
                claims.WriteString("patient_hint", StrictBase64Url.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(presence.OtherHint ?? hint))));
                claims.WriteStartObject("practitioner");
                claims.WriteString("iss", doctor.GetProperty("iss").GetString());
                claims.WriteString("sub", doctor.GetProperty("sub").GetString());
                claims.WriteEndObject();
                claims.WriteString("resource", settings.FhirBase);
            },
            cancellationToken);
        var details = new JsonObject { ["type"] = "medid_consent", ["face_to_face"] = statement };
        if (settings.TrustStatement is { } vetted)
        {
            details["trust_statement"] = vetted;
        }

        return new JsonArray(details).ToJsonString();
    }
}
