using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace MedId.Testing.Tests;

/// <summary>Options as a relying party sends them, written by hand so that neither emulator nor verifier has a part in it.</summary>
internal static class RelyingParty
{
    public const string RpId = "op.example";
    public const string Origin = "https://op.example";

    public static VirtualFido2Client Client { get; } = new(Origin);

    public static string Challenge() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static JsonObject Creation(string challenge, string attestation = "direct", string? userHandle = null, JsonObject? extensions = null, params int[] algorithms)
    {
        var options = new JsonObject
        {
            ["challenge"] = challenge,
            ["rp"] = new JsonObject { ["id"] = RpId, ["name"] = "LAB" },
            ["user"] = new JsonObject { ["id"] = userHandle ?? Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(16)), ["name"] = "patient", ["displayName"] = "LAB patient" },
            ["pubKeyCredParams"] = new JsonArray([.. (algorithms.Length == 0 ? [-7] : algorithms).Select(algorithm => new JsonObject { ["type"] = "public-key", ["alg"] = algorithm })]),
            ["authenticatorSelection"] = new JsonObject { ["residentKey"] = "required", ["userVerification"] = "preferred" },
            ["attestation"] = attestation,
        };
        if (extensions is not null)
        {
            options["extensions"] = extensions;
        }

        return options;
    }

    public static JsonObject Request(string challenge, JsonObject? extensions = null, params string[] allowed)
    {
        var options = new JsonObject
        {
            ["challenge"] = challenge,
            ["rpId"] = RpId,
            ["userVerification"] = "preferred",
            ["allowCredentials"] = new JsonArray([.. allowed.Select(id => new JsonObject { ["type"] = "public-key", ["id"] = id })]),
        };
        if (extensions is not null)
        {
            options["extensions"] = extensions;
        }

        return options;
    }
}
