using System.Globalization;
using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Fido2;

/// <summary>A state as one JSON object, inside its encryption.</summary>
internal static class CeremonyStateJson
{
    private const string Section = "MedIdSdk ceremony state";
    private const int ChallengeBytes = 1024;

    public static string Write(CeremonyState state) => Fido2Json.Write(writer =>
    {
        writer.WriteString("kind", state.Kind == WebAuthnCeremony.Registration ? "create" : "get");
        writer.WriteBytes("challenge", state.Challenge);
        writer.WriteString("rpId", state.RpId);
        writer.WriteTexts("origins", state.Origins);
        writer.WriteString("expiresAt", state.ExpiresAt.ToString("O", CultureInfo.InvariantCulture));
        writer.WriteText("user", state.User);
        writer.WriteBytes("userHandle", state.UserHandle);
        writer.WriteNumber("userVerification", (int)state.UserVerification);
        writer.WriteBoolean("allowCrossOrigin", state.AllowCrossOrigin);
        writer.WriteTexts("topOrigins", state.TopOrigins);
        writer.WriteList("algorithms", state.Algorithms, writer.WriteNumberValue);
        writer.WriteBoolean("conditionalCreate", state.ConditionalCreate);
        writer.WriteList("allowCredentials", state.AllowCredentials, id => writer.WriteStringValue(StrictBase64Url.Encode(id.Span)));
        writer.WriteText("appId", state.AppId);
        writer.WriteTexts("requestedExtensions", state.RequestedExtensions);
    });

    public static MedIdResult<CeremonyState> Parse(string json) => Fido2Json.Read(json, Fido2ErrorCodes.StateNotAuthentic, Section, Read);

    private static CeremonyState Read(JsonMembers members)
    {
        var state = new CeremonyState
        {
            Kind = members.Name<WebAuthnCeremony>("kind", TryRead),
            Challenge = members.Bytes("challenge", 1, ChallengeBytes),
            RpId = members.Text("rpId"),
            Origins = members.OptionalTexts("origins") ?? [],
            ExpiresAt = members.Time("expiresAt"),
            User = members.OptionalText("user"),
            UserHandle = members.OptionalBytes("userHandle", 1, UserEntity.MaximumIdBytes),
            UserVerification = (UserVerificationRequirement)members.Number("userVerification", 0, (int)UserVerificationRequirement.Discouraged),
            AllowCrossOrigin = members.Flag("allowCrossOrigin"),
            TopOrigins = members.OptionalTexts("topOrigins") ?? [],
            Algorithms = members.List("algorithms", Number),
            ConditionalCreate = members.Flag("conditionalCreate"),
            AllowCredentials = members.List("allowCredentials", Bytes),
            AppId = members.OptionalText("appId"),
            RequestedExtensions = members.OptionalTexts("requestedExtensions") ?? [],
        };
        members.NothingElse();
        return state;
    }

    private static long Number(JsonElement item, JsonProblem problem)
    {
        if (item.ValueKind == JsonValueKind.Number && item.TryGetInt64(out var number))
        {
            return number;
        }

        problem.Add("algorithms");
        return 0;
    }

    private static ReadOnlyMemory<byte> Bytes(JsonElement item, JsonProblem problem)
    {
        if (item.ValueKind == JsonValueKind.String && StrictBase64Url.TryDecode(item.GetString().AsSpan(), out var bytes))
        {
            return bytes;
        }

        problem.Add("allowCredentials");
        return default;
    }

    private static bool TryRead(string name, out WebAuthnCeremony kind)
    {
        kind = string.Equals(name, "create", StringComparison.Ordinal) ? WebAuthnCeremony.Registration : WebAuthnCeremony.Authentication;
        return name is "create" or "get";
    }
}
