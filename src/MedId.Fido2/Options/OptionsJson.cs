using System.Text.Json;
using MedId.Core;

namespace MedId.Fido2;

/// <summary>The JSON of creation and request options (WebAuthn L3 §5.1.8, §5.1.9).</summary>
internal static class OptionsJson
{
    private const string CreationSection = "WebAuthn L3 §5.1.8";
    private const string RequestSection = "WebAuthn L3 §5.1.9";
    private const int ChallengeBytes = 1024;
    private const int CredentialIdBytes = ushort.MaxValue;
    private const long LongestTimeout = uint.MaxValue;

    public static MedIdResult<PublicKeyCredentialCreationOptions> ReadCreation(string json) => Fido2Json.Read(json, Fido2ErrorCodes.OptionsMalformed, CreationSection, Creation);

    public static MedIdResult<PublicKeyCredentialRequestOptions> ReadRequest(string json) => Fido2Json.Read(json, Fido2ErrorCodes.OptionsMalformed, RequestSection, Request);

    public static string Write(PublicKeyCredentialCreationOptions options) => Fido2Json.Write(writer =>
    {
        writer.WriteStartObject("rp");
        writer.WriteText("id", options.Rp.Id);
        writer.WriteString("name", options.Rp.Name);
        writer.WriteRest(options.Rp.Other);
        writer.WriteEndObject();
        writer.WriteStartObject("user");
        writer.WriteBytes("id", options.User.Id);
        writer.WriteString("name", options.User.Name);
        writer.WriteString("displayName", options.User.DisplayName);
        writer.WriteRest(options.User.Other);
        writer.WriteEndObject();
        writer.WriteBytes("challenge", options.Challenge);
        writer.WriteList("pubKeyCredParams", options.PubKeyCredParams, parameter =>
        {
            writer.WriteStartObject();
            writer.WriteString("type", parameter.Type);
            writer.WriteNumber("alg", parameter.Algorithm);
            writer.WriteRest(parameter.Other);
            writer.WriteEndObject();
        });
        WriteTimeout(writer, options.Timeout);
        WriteDescriptors(writer, "excludeCredentials", options.ExcludeCredentials);
        if (options.AuthenticatorSelection is { } selection)
        {
            writer.WriteStartObject("authenticatorSelection");
            writer.WriteText("authenticatorAttachment", selection.AuthenticatorAttachment);
            writer.WriteText("residentKey", selection.ResidentKey);
            writer.WriteFlag("requireResidentKey", selection.RequireResidentKey);
            writer.WriteText("userVerification", selection.UserVerification);
            writer.WriteRest(selection.Other);
            writer.WriteEndObject();
        }

        writer.WriteTexts("hints", options.Hints);
        writer.WriteText("attestation", options.Attestation);
        writer.WriteTexts("attestationFormats", options.AttestationFormats);
        ExtensionInputsJson.Write(writer, options.Extensions);
        writer.WriteRest(options.Other);
    });

    public static string Write(PublicKeyCredentialRequestOptions options) => Fido2Json.Write(writer =>
    {
        writer.WriteBytes("challenge", options.Challenge);
        WriteTimeout(writer, options.Timeout);
        writer.WriteText("rpId", options.RpId);
        WriteDescriptors(writer, "allowCredentials", options.AllowCredentials);
        writer.WriteText("userVerification", options.UserVerification);
        writer.WriteTexts("hints", options.Hints);
        ExtensionInputsJson.Write(writer, options.Extensions);
        writer.WriteRest(options.Other);
    });

    private static PublicKeyCredentialCreationOptions Creation(JsonMembers members) => new()
    {
        Rp = members.Object("rp", rp => new RelyingPartyEntity { Id = rp.OptionalText("id"), Name = rp.Text("name"), Other = rp.Rest }),
        User = members.Object("user", user => new UserEntity
        {
            Id = user.Bytes("id", 1, UserEntity.MaximumIdBytes),
            Name = user.Text("name"),
            DisplayName = user.Text("displayName"),
            Other = user.Rest,
        }),
        Challenge = members.Bytes("challenge", 1, ChallengeBytes),
        PubKeyCredParams = members.List("pubKeyCredParams", Parameter),
        Timeout = Timeout(members),
        ExcludeCredentials = members.OptionalList("excludeCredentials", Descriptor),
        AuthenticatorSelection = members.OptionalObject("authenticatorSelection", selection => new AuthenticatorSelection
        {
            AuthenticatorAttachment = selection.OptionalText("authenticatorAttachment"),
            ResidentKey = selection.OptionalText("residentKey"),
            RequireResidentKey = selection.OptionalFlag("requireResidentKey"),
            UserVerification = selection.OptionalText("userVerification"),
            Other = selection.Rest,
        }),
        Hints = members.OptionalTexts("hints"),
        Attestation = members.OptionalText("attestation"),
        AttestationFormats = members.OptionalTexts("attestationFormats"),
        Extensions = members.OptionalObject("extensions", ExtensionInputsJson.Read),
        Other = members.Rest,
    };

    private static PublicKeyCredentialRequestOptions Request(JsonMembers members) => new()
    {
        Challenge = members.Bytes("challenge", 1, ChallengeBytes),
        Timeout = Timeout(members),
        RpId = members.OptionalText("rpId"),
        AllowCredentials = members.OptionalList("allowCredentials", Descriptor),
        UserVerification = members.OptionalText("userVerification"),
        Hints = members.OptionalTexts("hints"),
        Extensions = members.OptionalObject("extensions", ExtensionInputsJson.Read),
        Other = members.Rest,
    };

    private static CredentialParameter Parameter(JsonElement item, JsonProblem problem)
    {
        var members = new JsonMembers(item, "pubKeyCredParams", problem);
        return new(members.Number("alg", int.MinValue, int.MaxValue)) { Type = members.Text("type"), Other = members.Rest };
    }

    private static CredentialDescriptor Descriptor(JsonElement item, JsonProblem problem)
    {
        var members = new JsonMembers(item, "credentials", problem);
        return new(members.Bytes("id", 1, CredentialIdBytes)) { Type = members.Text("type"), Transports = members.OptionalTexts("transports"), Other = members.Rest };
    }

    private static TimeSpan? Timeout(JsonMembers members)
    {
        if (members.OptionalNumber("timeout", 0, LongestTimeout) is { } milliseconds)
        {
            return TimeSpan.FromMilliseconds(milliseconds);
        }

        return null;
    }

    private static void WriteTimeout(Utf8JsonWriter writer, TimeSpan? timeout)
    {
        if (timeout is { } value)
        {
            writer.WriteNumber("timeout", value.Ticks / TimeSpan.TicksPerMillisecond);
        }
    }

    private static void WriteDescriptors(Utf8JsonWriter writer, string name, IEnumerable<CredentialDescriptor>? descriptors) => writer.WriteList(name, descriptors, descriptor =>
    {
        writer.WriteStartObject();
        writer.WriteString("type", descriptor.Type);
        writer.WriteBytes("id", descriptor.Id);
        writer.WriteTexts("transports", descriptor.Transports);
        writer.WriteRest(descriptor.Other);
        writer.WriteEndObject();
    });
}
