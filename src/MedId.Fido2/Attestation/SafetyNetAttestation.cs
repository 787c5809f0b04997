using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;
using MedId.Pki;

namespace MedId.Fido2;

/// <summary>WebAuthn L3 §8.5. Google ended the service: this is for registrations that are stored.</summary>
internal static class SafetyNetAttestation
{
    private const string Section = AttestationSections.SafetyNet;
    private const string Host = "attest.android.com";
    private const string CommonName = "2.5.4.3";
    private const int MaxLength = 64 * 1024;
    private const int MaxCertificates = 16;

    public static MedIdResult<AttestationStatementEvidence> Verify(AttestationInput input, ReadOnlyMemory<byte> statement)
    {
        // Step 1: the syntax. ver is reserved for future use.
        var read = AttestationStatement.Read(statement, Section);
        if (!read.Succeeded)
        {
            return read.Error;
        }

        if (read.Value is not { Version.Length: > 0, Response: { } response } || response.Length > MaxLength || !Ascii.IsValid(response.Span))
        {
            return AttestationStatement.Malformed(Section, "ver or response is missing or too long");
        }

        // Step 2: response is a SafetyNet response: a JWS of certificates and claims.
        var jws = CompactJws.Parse(Encoding.ASCII.GetString(response.Span), MaxLength);
        var path = jws.Succeeded ? ReadPath(jws.Value.Header.Members) : null;
        var claims = jws.Succeeded ? StrictJson.ParseObject(jws.Value.Payload) : jws.Error;
        if (path is null || !claims.Succeeded || ReadVerdict(claims.Value, out var nonce) is not { } verdict)
        {
            return new MedIdError(Fido2ErrorCodes.AttestationSafetyNetMalformed, ErrorCategory.Malformed, Section, jws.Error?.Code ?? claims.Error?.Code);
        }

        // Step 3: it is about this registration.
        if (!string.Equals(nonce, Convert.ToBase64String(SHA256.HashData(input.ToBeSigned)), StringComparison.Ordinal))
        {
            return new MedIdError(Fido2ErrorCodes.AttestationSafetyNetNonce, ErrorCategory.Untrusted, Section);
        }

        // Step 4: it came from the service: its name is in the certificate, whose key signed. The path is judged in step 24.
        if (!IsOfHost(path[0]))
        {
            return new MedIdError(Fido2ErrorCodes.AttestationSafetyNetHost, ErrorCategory.Untrusted, Section);
        }

        var key = input.ReadKey(path[0], Section);
        if (!key.Succeeded)
        {
            return key.Error;
        }

        var signed = jws.Value!.Verify(key.Value, input.Algorithms);
        if (!signed.Succeeded)
        {
            var notAllowed = signed.Error.Code is not CryptographyErrorCodes.JoseSignatureInvalid;
            return new MedIdError(
                notAllowed ? Fido2ErrorCodes.AttestationAlgorithmNotAllowed : Fido2ErrorCodes.AttestationSignatureInvalid, signed.Error.Category, Section, signed.Error.Code);
        }

        // The service's own rules: it vouches for the device, and has done so just now.
        if (!verdict.CtsProfileMatch)
        {
            return new MedIdError(Fido2ErrorCodes.AttestationSafetyNetIntegrity, ErrorCategory.Untrusted, Section);
        }

        return (input.Rules.At - verdict.MadeAt).Duration() > input.Rules.Policy.SafetyNetWindow
            ? new MedIdError(Fido2ErrorCodes.AttestationSafetyNetStale, ErrorCategory.State, Section)
            : new AttestationStatementEvidence
            {
                Format = AttestationFormats.AndroidSafetyNet,
                Type = AttestationType.Basic,
                Aaguid = input.Credential.Aaguid,
                Path = path,
                UsedWeakAlgorithm = jws.Value.FindAlgorithm(input.Algorithms) is { Succeeded: true, Value: { } used } && input.Algorithms.AllowsOnlyAsWeak(used, key.Value),
                SafetyNet = verdict,
            };
    }

    /// <summary>x5c of a JWS is base64 with padding (RFC 7515 §4.1.6).</summary>
    private static List<Certificate>? ReadPath(JsonElement header)
    {
        if (!header.TryGetProperty("x5c"u8, out var items) || items.ValueKind != JsonValueKind.Array || items.GetArrayLength() is 0 or > MaxCertificates)
        {
            return null;
        }

        var path = new List<Certificate>();
        foreach (var item in items.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.String || !item.TryGetBytesFromBase64(out var der) || Certificate.ParseAttestation(der) is not { Succeeded: true, Value: { } certificate })
            {
                return null;
            }

            path.Add(certificate);
        }

        return path;
    }

    private static SafetyNetVerdict? ReadVerdict(JsonElement claims, out string? nonce)
    {
        nonce = Text(claims, "nonce");
        return nonce is not null && Flag(claims, "ctsProfileMatch") is { } matches
            && claims.TryGetProperty("timestampMs"u8, out var made) && made.ValueKind == JsonValueKind.Number && made.TryGetInt64(out var milliseconds)
            && milliseconds is >= 0 and <= 253_402_300_799_999
            ? new(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds), matches, Flag(claims, "basicIntegrity"), Text(claims, "apkPackageName"))
            : null;
    }

    private static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool? Flag(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : null;

    /// <summary>RFC 9525 §6.3: a certificate with alternative names is for those alone.</summary>
    private static bool IsOfHost(Certificate certificate) => certificate.Extensions.SubjectAlternativeName is { } names
        ? names.OfType<GeneralName.DnsName>().Any(name => string.Equals(name.Value, Host, StringComparison.OrdinalIgnoreCase))
        : string.Equals(certificate.Subject.Find(CommonName), Host, StringComparison.OrdinalIgnoreCase);
}
