using System.Buffers.Text;
using System.Text.Json.Nodes;

namespace MedId.Testing.Tests;

/// <summary>@simplewebauthn/server in node (tests/interop/webauthn-peer.mjs): a relying party that nobody of this project wrote.</summary>
internal static class SimpleWebAuthnPeer
{
    public static JsonObject Registration(string id, string challenge, string response, VirtualFido2Authenticator authenticator) => new()
    {
        ["id"] = id,
        ["kind"] = "registration",
        ["rpId"] = RelyingParty.RpId,
        ["origin"] = RelyingParty.Origin,
        ["challenge"] = challenge,
        ["userVerification"] = false,
        ["algorithms"] = new JsonArray([.. VirtualFido2Authenticator.SupportedAlgorithms.Select(algorithm => (JsonNode)algorithm)]),
        ["roots"] = new JsonArray(authenticator.AttestationRoot.Pem + "\n"),
        ["response"] = JsonNode.Parse(response),
    };

    public static JsonObject Authentication(string id, string challenge, string response, VirtualFido2Credential credential, uint counter) => new()
    {
        ["id"] = id,
        ["kind"] = "authentication",
        ["rpId"] = RelyingParty.RpId,
        ["origin"] = RelyingParty.Origin,
        ["challenge"] = challenge,
        ["userVerification"] = false,
        ["credential"] = new JsonObject { ["id"] = credential.Id, ["publicKey"] = Base64Url.EncodeToString(credential.PublicKey.Span), ["counter"] = counter },
        ["response"] = JsonNode.Parse(response),
    };

    /// <summary>What the peer says of each line, by its id.</summary>
    public static async Task<IReadOnlyDictionary<string, JsonObject>> JudgeAsync(IReadOnlyList<JsonObject> lines) =>
        (await NodeScript.RunAsync("webauthn-peer.mjs", "@simplewebauthn/server", lines)).ToDictionary(answer => (string)answer["id"]!);
}
