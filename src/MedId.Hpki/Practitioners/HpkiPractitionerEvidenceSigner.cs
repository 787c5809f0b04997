using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MedId.Cryptography;
using MedId.Pki;

namespace MedId.Hpki;

/// <summary>Makes the doctor's own evidence at the terminal: a compact JWS by the card's authentication key. One signature, so one PIN.</summary>
public static class HpkiPractitionerEvidenceSigner
{
    /// <summary>Signs a statement.</summary>
    /// <param name="key">The card's authentication key; its algorithm is RS256 for the cards of today.</param>
    /// <param name="certificate">The authentication certificate.</param>
    /// <param name="statement">What is stated.</param>
    /// <param name="at">Now.</param>
    /// <param name="cancellationToken">Passed to the key.</param>
    /// <returns>The JWS, for <c>actor_token</c> of the signed CIBA request.</returns>
    /// <exception cref="ArgumentException">The key is not the certificate's, has no JOSE algorithm, or the lifetime is too long.</exception>
    public static async ValueTask<string> SignAsync(
        SigningKey key, Certificate certificate, HpkiPractitionerStatement statement, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(certificate);
        ArgumentNullException.ThrowIfNull(statement);
        if (certificate.ReadPublicKey() is not { Succeeded: true } known || !known.Value.Equals(key.PublicKey) || key.Algorithm.JoseName is not { } algorithm)
        {
            throw new ArgumentException("The key is not the certificate's, or its algorithm has no JOSE name.", nameof(key));
        }

        if (statement.Lifetime <= TimeSpan.Zero || statement.Lifetime > HpkiPractitionerEvidenceVerifier.MaxLifetime)
        {
            throw new ArgumentException("The lifetime is too long.", nameof(statement));
        }

        var subject = HpkiSubjectKey.Of(key.PublicKey);
        var header = Object(json =>
        {
            json.WriteString("alg"u8, algorithm);
            json.WriteString("typ"u8, HpkiPractitionerEvidenceVerifier.EvidenceType);
            json.WriteStartArray("x5c"u8);
            json.WriteStringValue(Convert.ToBase64String(certificate.RawData.Span));
            json.WriteEndArray();
        });
        var claims = Object(json =>
        {
            json.WriteString("iss"u8, subject);
            json.WriteString("sub"u8, subject);
            json.WriteString("aud"u8, statement.Audience);
            json.WriteString("azp"u8, statement.ClientId);
            json.WriteNumber("iat"u8, at.ToUnixTimeSeconds());
            json.WriteNumber("exp"u8, (at + statement.Lifetime).ToUnixTimeSeconds());
            json.WriteString("jti"u8, SecretGenerator.Base64Url());
            json.WriteStartObject("extensions"u8);
            json.WriteStartObject("ihe_iua"u8);
            json.WriteString("subject_organization"u8, statement.Organization);
            json.WriteString("subject_organization_id"u8, statement.OrganizationId);
            json.WriteStartArray("purpose_of_use"u8);
            json.WriteStartObject();
            json.WriteString("system"u8, statement.PurposeSystem);
            json.WriteString("code"u8, statement.PurposeCode);
            json.WriteString("display"u8, statement.PurposeDisplay);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        });
        var input = StrictBase64Url.Encode(header) + "." + StrictBase64Url.Encode(claims);
        return input + "." + StrictBase64Url.Encode(await key.SignAsync(Encoding.ASCII.GetBytes(input), cancellationToken).ConfigureAwait(false));
    }

    private static byte[] Object(Action<Utf8JsonWriter> writeMembers)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            writeMembers(json);
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }
}
