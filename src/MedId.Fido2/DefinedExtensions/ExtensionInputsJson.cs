using System.Text.Json;

namespace MedId.Fido2;

/// <summary>The JSON of extension inputs (WebAuthn L3 §5.1.7 AuthenticationExtensionsClientInputsJSON).</summary>
internal static class ExtensionInputsJson
{
    private const int BlobBytes = 128 * 1024;

    public static void Write(Utf8JsonWriter writer, ExtensionInputs? inputs)
    {
        if (inputs is null)
        {
            return;
        }

        writer.WriteStartObject("extensions");
        writer.WriteText("appid", inputs.AppId);
        writer.WriteText("appidExclude", inputs.AppIdExclude);
        writer.WriteFlag("credProps", inputs.CredProps);
        if (inputs.Prf is { } prf)
        {
            Write(writer, prf);
        }

        if (inputs.LargeBlob is { } blob)
        {
            writer.WriteStartObject("largeBlob");
            writer.WriteText("support", blob.Support);
            writer.WriteFlag("read", blob.Read);
            writer.WriteBytes("write", blob.Write);
            writer.WriteRest(blob.Other);
            writer.WriteEndObject();
        }

        writer.WriteText("credentialProtectionPolicy", inputs.CredentialProtectionPolicy);
        writer.WriteFlag("enforceCredentialProtectionPolicy", inputs.EnforceCredentialProtectionPolicy);
        writer.WriteFlag("hmacCreateSecret", inputs.HmacCreateSecret);
        writer.WriteFlag("minPinLength", inputs.MinPinLength);
        writer.WriteBytes("credBlob", inputs.CredBlob);
        writer.WriteFlag("getCredBlob", inputs.GetCredBlob);
        writer.WriteRest(inputs.Other);
        writer.WriteEndObject();
    }

    public static ExtensionInputs Read(JsonMembers members) => new()
    {
        AppId = members.OptionalText("appid"),
        AppIdExclude = members.OptionalText("appidExclude"),
        CredProps = members.OptionalFlag("credProps"),
        Prf = members.OptionalObject("prf", prf => new PrfInput
        {
            Eval = prf.OptionalObject("eval", Values),
            EvalByCredential = prf.OptionalMap("evalByCredential", Values),
            Other = prf.Rest,
        }),
        LargeBlob = members.OptionalObject("largeBlob", blob => new LargeBlobInput
        {
            Support = blob.OptionalText("support"),
            Read = blob.OptionalFlag("read"),
            Write = blob.OptionalBytes("write", 0, BlobBytes),
            Other = blob.Rest,
        }),
        CredentialProtectionPolicy = members.OptionalText("credentialProtectionPolicy"),
        EnforceCredentialProtectionPolicy = members.OptionalFlag("enforceCredentialProtectionPolicy"),
        HmacCreateSecret = members.OptionalFlag("hmacCreateSecret"),
        MinPinLength = members.OptionalFlag("minPinLength"),
        CredBlob = members.OptionalBytes("credBlob", 0, BlobBytes),
        GetCredBlob = members.OptionalFlag("getCredBlob"),
        Other = members.Rest,
    };

    private static PrfValues Values(JsonMembers members) =>
        new(members.Bytes("first", 0, BlobBytes), members.OptionalBytes("second", 0, BlobBytes)) { Other = members.Rest };

    private static void Write(Utf8JsonWriter writer, PrfInput prf)
    {
        writer.WriteStartObject("prf");
        if (prf.Eval is { } eval)
        {
            writer.WritePropertyName("eval");
            Write(writer, eval);
        }

        if (prf.EvalByCredential is { } byCredential)
        {
            writer.WriteStartObject("evalByCredential");
            foreach (var (credential, values) in byCredential)
            {
                writer.WritePropertyName(credential);
                Write(writer, values);
            }

            writer.WriteEndObject();
        }

        writer.WriteRest(prf.Other);
        writer.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter writer, PrfValues values)
    {
        writer.WriteStartObject();
        writer.WriteBytes("first", values.First);
        writer.WriteBytes("second", values.Second);
        writer.WriteRest(values.Other);
        writer.WriteEndObject();
    }
}
