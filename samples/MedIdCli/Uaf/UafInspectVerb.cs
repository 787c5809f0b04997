using System.Globalization;
using System.Text.Json;
using MedId.Cli.Frame;
using MedId.Core;
using MedId.Fido.Uaf;

namespace MedId.Cli.Uaf;

/// <summary><c>medid uaf inspect</c>: <see cref="UafInspection"/>. Accepted means that it is TLV, whatever stands in it.</summary>
internal sealed class UafInspectVerb() : Verb("uaf", "inspect", "what stands in a UAF assertion, and whether hash and signature hold")
{
    public override bool IsAboutThePresent => true;

    public override Func<Answer> Read(CallInput input, CommonInput common)
    {
        var assertion = input.Binary("assertion");
        var fcParams = input.OptionalText("fcParams");
        var registration = input.OptionalObject("registration") is { } given ? UafRecords.Read(given, common.At) : null;
        return () =>
        {
            var inspection = UafInspection.Read(assertion);
            return inspection.Succeeded
                ? new() { Outcome = VerificationOutcome.Accepted, Members = writer => Write(writer, inspection.Value, fcParams, registration) }
                : Answer.Refused(inspection.Error);
        };
    }

    private static void Write(Utf8JsonWriter writer, UafInspection inspection, string? fcParams, UafRegistration? registration)
    {
        writer.WriteString("kind", inspection.Operation switch
        {
            UafOperation.Registration => "registration",
            UafOperation.Authentication => "authentication",
            _ => null,
        });
        writer.WriteString("problem", inspection.Problem?.Code);
        writer.WriteString("aaid", inspection.Aaid);
        writer.WriteString("keyId", Text(inspection.KeyId));
        Number(writer, "authenticatorVersion", inspection.Info?.AuthenticatorVersion);
        Number(writer, "authenticationMode", inspection.Info?.Mode);
        Number(writer, "algorithm", (ushort?)inspection.Info?.Algorithm);
        Number(writer, "keyFormat", (ushort?)inspection.Info?.KeyFormat);
        Number(writer, "signCounter", inspection.SignCounter);
        Number(writer, "regCounter", inspection.RegistrationCounter);
        writer.WriteString("finalChallengeHash", Text(inspection.FinalChallengeHash));
        writer.WriteString("transactionContentHash", Text(inspection.TransactionContentHash));
        writer.WriteString("nonce", Text(inspection.Nonce));
        writer.WriteString("publicKey", Text(inspection.PublicKey));
        writer.WriteString("attestation", inspection.AttestationType switch
        {
            UafAttestationType.BasicFull => "basic_full",
            UafAttestationType.BasicSurrogate => "basic_surrogate",
            UafAttestationType.Ecdaa => "ecdaa",
            _ => null,
        });
        writer.WriteTexts("certificates", inspection.Certificates.Select(certificate => JsonWriting.Text(certificate.Span)));
        Truth(writer, "signatureVerified", inspection.VerifySignature(registration));
        Truth(writer, "challengeHashVerified", fcParams is null ? null : inspection.VerifyFinalChallenge(fcParams));
        Elements(writer, "tlv", inspection.Elements);
    }

    private static void Elements(Utf8JsonWriter writer, string name, IReadOnlyList<UafTlvElement> elements)
    {
        writer.WriteStartArray(name);
        foreach (var element in elements)
        {
            writer.WriteStartObject();
            writer.WriteString("tag", string.Create(CultureInfo.InvariantCulture, $"0x{element.Tag:X4}"));
            writer.WriteString("name", element.Name);
            writer.WriteNumber("length", element.Value.Length);
            if (element.Children.Count > 0)
            {
                Elements(writer, "children", element.Children);
            }
            else
            {
                writer.WriteString("value", JsonWriting.Text(element.Value.Span));
            }

            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static string? Text(ReadOnlyMemory<byte>? bytes) => bytes is { } value ? JsonWriting.Text(value.Span) : null;

    private static void Number(Utf8JsonWriter writer, string name, uint? number)
    {
        if (number is { } value)
        {
            writer.WriteNumber(name, value);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    private static void Truth(Utf8JsonWriter writer, string name, bool? truth)
    {
        if (truth is { } value)
        {
            writer.WriteBoolean(name, value);
        }
        else
        {
            writer.WriteNull(name);
        }
    }
}
