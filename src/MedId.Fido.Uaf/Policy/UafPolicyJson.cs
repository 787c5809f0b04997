using System.Text.Json;
using MedId.Fido.Metadata;

namespace MedId.Fido.Uaf;

/// <summary><c>Policy</c> and <c>MatchCriteria</c> on the wire. UAF 1.1 protocol §3.1.</summary>
internal static class UafPolicyJson
{
    public static UafPolicy Read(UafJsonObject members) => new()
    {
        Accepted = members.List("accepted", (alternative, problems) => UafJsonObject.Items(alternative, "accepted", problems, ReadCriteria), required: true),
        Disallowed = members.List("disallowed", ReadCriteria, mayBeEmpty: true),
    };

    public static void Write(Utf8JsonWriter writer, UafPolicy policy)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("accepted");
        foreach (var alternative in policy.Accepted)
        {
            writer.WriteStartArray();
            foreach (var criteria in alternative)
            {
                WriteCriteria(writer, criteria);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndArray();
        if (policy.Disallowed.Count > 0)
        {
            writer.WriteStartArray("disallowed");
            foreach (var criteria in policy.Disallowed)
            {
                WriteCriteria(writer, criteria);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static MatchCriteria ReadCriteria(JsonElement element, UafJsonProblems problems)
    {
        var members = new UafJsonObject(element, "MatchCriteria", problems);
        return new MatchCriteria
        {
            Aaids = members.List("aaid", ReadAaid),
            VendorIds = members.List("vendorID", ReadVendorId),
            KeyIds = members.List("keyIDs", ReadKeyId),
            UserVerification = (UserVerificationMethods?)members.OptionalNumber("userVerification", uint.MaxValue),
            KeyProtection = (KeyProtections?)members.OptionalNumber("keyProtection", ushort.MaxValue),
            MatcherProtection = (MatcherProtections?)members.OptionalNumber("matcherProtection", ushort.MaxValue),
            AttachmentHint = (AttachmentHints?)members.OptionalNumber("attachmentHint", uint.MaxValue),
            TransactionDisplay = (TransactionDisplays?)members.OptionalNumber("tcDisplay", ushort.MaxValue),
            AuthenticationAlgorithms = members.List("authenticationAlgorithms", (item, found) => (FidoAlgorithm)ReadNumber(item, found)),
            AssertionSchemes = members.List("assertionSchemes", ReadText),
            AttestationTypes = members.List("attestationTypes", (item, found) => (UafAttestationType)ReadNumber(item, found)),
            AuthenticatorVersion = (ushort?)members.OptionalNumber("authenticatorVersion", ushort.MaxValue),
            Extensions = members.List("exts", UafJson.ReadExtension),
        };
    }

    private static void WriteCriteria(Utf8JsonWriter writer, MatchCriteria criteria)
    {
        writer.WriteStartObject();
        WriteTexts(writer, "aaid", criteria.Aaids, aaid => aaid.ToString());
        WriteTexts(writer, "vendorID", criteria.VendorIds, id => id);
        WriteTexts(writer, "keyIDs", criteria.KeyIds, keyId => keyId.Value);
        WriteNumber(writer, "userVerification", (uint?)criteria.UserVerification);
        WriteNumber(writer, "keyProtection", (uint?)criteria.KeyProtection);
        WriteNumber(writer, "matcherProtection", (uint?)criteria.MatcherProtection);
        WriteNumber(writer, "attachmentHint", (uint?)criteria.AttachmentHint);
        WriteNumber(writer, "tcDisplay", (uint?)criteria.TransactionDisplay);
        WriteNumbers(writer, "authenticationAlgorithms", criteria.AuthenticationAlgorithms, algorithm => (ushort)algorithm);
        WriteTexts(writer, "assertionSchemes", criteria.AssertionSchemes, scheme => scheme);
        WriteNumbers(writer, "attestationTypes", criteria.AttestationTypes, type => (ushort)type);
        WriteNumber(writer, "authenticatorVersion", criteria.AuthenticatorVersion);
        writer.WriteExtensions(criteria.Extensions);
        writer.WriteEndObject();
    }

    private static Aaid ReadAaid(JsonElement element, UafJsonProblems problems)
    {
        if (!UafJsonObject.TryText(element, out var text) || !Aaid.TryParse(text, out var aaid))
        {
            problems.Add("aaid", "not an AAID");
            return default;
        }

        return aaid;
    }

    private static string ReadVendorId(JsonElement element, UafJsonProblems problems)
    {
        if (!UafJsonObject.TryText(element, out var text) || !Aaid.TryHex(text, out _))
        {
            problems.Add("vendorID", "not four hexadecimal digits");
        }

        return text;
    }

    private static UafKeyId ReadKeyId(JsonElement element, UafJsonProblems problems)
    {
        if (!UafJsonObject.TryText(element, out var text) || !UafKeyId.TryParse(text, out var keyId))
        {
            problems.Add("keyIDs", "not base64url of 32 to 2048 bytes");
            return default;
        }

        return keyId;
    }

    private static string ReadText(JsonElement element, UafJsonProblems problems)
    {
        if (!UafJsonObject.TryText(element, out var text) || text.Length is 0 or > 64)
        {
            problems.Add("assertionSchemes", "must be short texts");
        }

        return text;
    }

    private static ushort ReadNumber(JsonElement element, UafJsonProblems problems)
    {
        if (element.ValueKind != JsonValueKind.Number || !element.TryGetUInt16(out var number))
        {
            problems.Add("MatchCriteria", "must be 16-bit numbers");
            return 0;
        }

        return number;
    }

    private static void WriteTexts<T>(Utf8JsonWriter writer, string name, IReadOnlyList<T> items, Func<T, string> text)
    {
        if (items.Count == 0)
        {
            return;
        }

        writer.WriteStartArray(name);
        foreach (var item in items)
        {
            writer.WriteStringValue(text(item));
        }

        writer.WriteEndArray();
    }

    private static void WriteNumbers<T>(Utf8JsonWriter writer, string name, IReadOnlyList<T> items, Func<T, ushort> number)
    {
        if (items.Count == 0)
        {
            return;
        }

        writer.WriteStartArray(name);
        foreach (var item in items)
        {
            writer.WriteNumberValue(number(item));
        }

        writer.WriteEndArray();
    }

    private static void WriteNumber(Utf8JsonWriter writer, string name, uint? number)
    {
        if (number is { } value)
        {
            writer.WriteNumber(name, value);
        }
    }
}
