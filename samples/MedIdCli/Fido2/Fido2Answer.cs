using System.Text.Json;
using MedId.Cli.Frame;
using MedId.Fido2;

namespace MedId.Cli.Fido2;

/// <summary>How the results of ceremonies are written.</summary>
internal static class Fido2Answer
{
    public static Answer.Step Step(CeremonyStep step) => new(step.Section, step.Name, JsonWriting.Name(step.Outcome));

    public static void WriteOptional(this Utf8JsonWriter writer, string name, bool? value)
    {
        if (value is { } flag)
        {
            writer.WriteBoolean(name, flag);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    public static void WriteOptional(this Utf8JsonWriter writer, string name, long? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
        else
        {
            writer.WriteNull(name);
        }
    }

    public static void WriteCredential(Utf8JsonWriter writer, CredentialRecord? credential)
    {
        if (credential is null)
        {
            writer.WriteNull("credential");
            return;
        }

        writer.WriteStartObject("credential");
        writer.WriteString("id", JsonWriting.Text(credential.Id.Span));
        writer.WriteString("publicKey", JsonWriting.Text(credential.PublicKey.Span));
        writer.WriteNumber("algorithm", credential.Algorithm);
        writer.WriteNumber("signCount", credential.SignCount);
        writer.WriteBoolean("userVerified", credential.UvInitialized);
        writer.WriteOptional("backupEligible", credential.BackupEligible);
        writer.WriteBoolean("backupState", credential.BackupState);
        writer.WriteTexts("transports", credential.Transports);
        writer.WriteEndObject();
    }

    /// <summary>Only outputs that are there; an extension that nobody knows by its name alone.</summary>
    public static void WriteExtensions(Utf8JsonWriter writer, ClientExtensionOutputs? client, AuthenticatorExtensionOutputs? authenticator)
    {
        if (client is null || authenticator is null)
        {
            writer.WriteNull("extensions");
            return;
        }

        writer.WriteStartObject("extensions");
        writer.WriteStartObject("client");
        writer.WriteTexts("identifiers", client.Identifiers);
        WriteFlag(writer, "appid", client.AppId);
        WriteFlag(writer, "appidExclude", client.AppIdExclude);
        if (client.ResidentKey is { } resident)
        {
            writer.WriteStartObject("credProps");
            writer.WriteBoolean("rk", resident);
            writer.WriteEndObject();
        }

        WritePrf(writer, client.Prf);
        WriteLargeBlob(writer, client.LargeBlob);
        writer.WriteEndObject();
        writer.WriteStartObject("authenticator");
        writer.WriteTexts("identifiers", authenticator.Identifiers);
        WriteNumber(writer, "credProtect", authenticator.CredentialProtection);
        WriteFlag(writer, "hmac-secret", authenticator.HmacSecret);
        WriteBytes(writer, "hmac-secret", authenticator.HmacSecretResult);
        WriteNumber(writer, "minPinLength", authenticator.MinimumPinLength);
        WriteFlag(writer, "credBlob", authenticator.CredentialBlobStored);
        WriteBytes(writer, "credBlob", authenticator.CredentialBlob);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WritePrf(Utf8JsonWriter writer, PrfOutput? prf)
    {
        if (prf is null)
        {
            return;
        }

        writer.WriteStartObject("prf");
        WriteFlag(writer, "enabled", prf.Enabled);
        if (prf.First is { } first)
        {
            writer.WriteStartObject("results");
            writer.WriteString("first", JsonWriting.Text(first.Span));
            WriteBytes(writer, "second", prf.Second);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    private static void WriteLargeBlob(Utf8JsonWriter writer, LargeBlobOutput? blob)
    {
        if (blob is null)
        {
            return;
        }

        writer.WriteStartObject("largeBlob");
        WriteFlag(writer, "supported", blob.Supported);
        WriteBytes(writer, "blob", blob.Blob);
        WriteFlag(writer, "written", blob.Written);
        writer.WriteEndObject();
    }

    private static void WriteFlag(Utf8JsonWriter writer, string name, bool? flag)
    {
        if (flag is { } value)
        {
            writer.WriteBoolean(name, value);
        }
    }

    private static void WriteNumber(Utf8JsonWriter writer, string name, int? number)
    {
        if (number is { } value)
        {
            writer.WriteNumber(name, value);
        }
    }

    private static void WriteBytes(Utf8JsonWriter writer, string name, ReadOnlyMemory<byte>? bytes)
    {
        if (bytes is { } value)
        {
            writer.WriteString(name, JsonWriting.Text(value.Span));
        }
    }
}
