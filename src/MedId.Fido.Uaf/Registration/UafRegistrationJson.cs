using System.Globalization;
using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;
using MedId.Fido.Metadata;

namespace MedId.Fido.Uaf;

/// <summary>A registration as one JSON object. Our own format, not one of the standard.</summary>
internal static class UafRegistrationJson
{
    private const string Section = "MedIdSdk registrations";

    public static string Write(UafRegistration registration) => UafJson.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteString("aaid", registration.Aaid.ToString());
        writer.WriteString("keyId", registration.KeyId.Value);
        writer.WriteString("user", registration.User);
        writer.WriteNumber("algorithm", (ushort)registration.Algorithm);
        writer.WriteNumber("keyFormat", (ushort)registration.KeyFormat);
        writer.WriteString("publicKey", StrictBase64Url.Encode(registration.PublicKey.Span));
        writer.WriteNumber("signCounter", registration.SignCounter);
        writer.WriteNumber("registrationCounter", registration.RegistrationCounter);
        writer.WriteNumber("authenticatorVersion", registration.AuthenticatorVersion);
        writer.WriteNumber("attestationType", (ushort)registration.AttestationType);
        if (!registration.AttestationCertificate.IsEmpty)
        {
            writer.WriteString("attestationCertificate", StrictBase64Url.Encode(registration.AttestationCertificate.Span));
        }

        if (registration.TrustAnchor is not null)
        {
            writer.WriteString("trustAnchor", registration.TrustAnchor);
        }

        if (registration.PngCharacteristics.Count > 0)
        {
            writer.WriteStartArray("pngCharacteristics");
            foreach (var png in registration.PngCharacteristics)
            {
                png.Write(writer);
            }

            writer.WriteEndArray();
        }

        writer.WriteString("registeredAt", registration.RegisteredAt.ToString("O", CultureInfo.InvariantCulture));
        writer.WriteEndObject();
    });

    public static MedIdResult<UafRegistration> Parse(string json)
    {
        if (UafJson.TryParse(json) is not { } document)
        {
            return new MedIdError(UafErrorCodes.NotJson, ErrorCategory.Malformed, Section);
        }

        var problems = new UafJsonProblems();
        var registration = Read(new UafJsonObject(document, "registration", problems));
        return problems.First is null ? registration : problems.ToError(UafErrorCodes.RequestMalformed, Section);
    }

    private static UafRegistration Read(UafJsonObject members)
    {
        var problems = members.Problems;
        if (!Aaid.TryParse(members.Text("aaid", Aaid.Length, Aaid.Length), out var aaid))
        {
            problems.Add("aaid", "not an AAID");
        }

        if (!UafKeyId.TryParseStored(members.Text("keyId", 1, UafKeyId.MaximumBytes * 2), out var keyId))
        {
            problems.Add("keyId", "not a KeyID");
        }

        if (!DateTimeOffset.TryParseExact(
            members.Text("registeredAt", 1, 64), "O", CultureInfo.InvariantCulture, DateTimeStyles.None, out var registeredAt))
        {
            problems.Add("registeredAt", "not a round-trip time");
        }

        return new UafRegistration
        {
            Aaid = aaid,
            KeyId = keyId,
            User = members.Text("user", 1, 1024),
            Algorithm = (FidoAlgorithm)members.Number("algorithm", ushort.MaxValue),
            KeyFormat = (FidoKeyFormat)members.Number("keyFormat", ushort.MaxValue),
            PublicKey = members.Bytes("publicKey", 1, UafLimits.AssertionBytes),
            SignCounter = members.Number("signCounter", uint.MaxValue),
            RegistrationCounter = members.Number("registrationCounter", uint.MaxValue),
            AuthenticatorVersion = (ushort)members.Number("authenticatorVersion", ushort.MaxValue),
            AttestationType = (UafAttestationType)members.Number("attestationType", ushort.MaxValue),
            AttestationCertificate = members.Has("attestationCertificate") ? members.Bytes("attestationCertificate", 1, UafLimits.AssertionBytes) : default,
            TrustAnchor = members.OptionalText("trustAnchor", 1, 64),
            PngCharacteristics = members.List("pngCharacteristics", PngCharacteristics.Read),
            RegisteredAt = registeredAt,
        };
    }
}
