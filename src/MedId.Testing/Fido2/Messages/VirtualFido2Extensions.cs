using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace MedId.Testing;

/// <summary>Extension outputs of client and authenticator (WebAuthn Level 3 §10, CTAP 2.1 §12) for the inputs of one request.</summary>
internal sealed class VirtualFido2Extensions
{
    public JsonObject Client { get; } = [];

    public List<(string Name, byte[] Value)> Authenticator { get; } = [];

    public static VirtualFido2Extensions OfCreation(JsonObject? inputs, VirtualFido2Credential credential, Fido2Fault fault)
    {
        var outputs = new VirtualFido2Extensions();
        if (Flag(inputs, "credProps"))
        {
            outputs.Client["credProps"] = new JsonObject { ["rk"] = credential.IsResident };
        }

        if (inputs?["prf"] is JsonObject prf)
        {
            outputs.Client["prf"] = new JsonObject { ["enabled"] = true };
            if (prf["eval"] is JsonObject eval)
            {
                outputs.Client["prf"]!["results"] = Evaluate(credential, eval);
            }

            outputs.Authenticator.Add(("hmac-secret", TestCbor.Boolean(true)));
        }

        if (inputs?["largeBlob"] is JsonObject)
        {
            outputs.Client["largeBlob"] = new JsonObject { ["supported"] = credential.IsResident };
        }

        if ((string?)inputs?["credentialProtectionPolicy"] is { } protection)
        {
            outputs.Authenticator.Add(("credProtect", TestCbor.Integer(protection switch
            {
                "userVerificationOptional" => 1,
                "userVerificationOptionalWithCredentialIDList" => 2,
                "userVerificationRequired" => 3,
                _ => throw new ArgumentException($"Unknown credentialProtectionPolicy {protection}.", nameof(inputs)),
            })));
        }

        if (Flag(inputs, "minPinLength"))
        {
            outputs.Authenticator.Add(("minPinLength", TestCbor.Integer(4)));
        }

        if ((string?)inputs?["credBlob"] is { } blob)
        {
            credential.SmallBlob = VirtualFido2Text.Decode(blob);
            outputs.Authenticator.Add(("credBlob", TestCbor.Boolean(true)));
        }

        outputs.Misbehave(fault);
        return outputs;
    }

    public static VirtualFido2Extensions OfRequest(JsonObject? inputs, VirtualFido2Credential credential, bool signsForAppId, Fido2Fault fault)
    {
        var outputs = new VirtualFido2Extensions();
        if (inputs?["appid"] is not null)
        {
            outputs.Client["appid"] = signsForAppId;
        }

        if (inputs?["prf"] is JsonObject prf)
        {
            var eval = prf["evalByCredential"]?[credential.Id] ?? prf["eval"];
            outputs.Client["prf"] = eval is JsonObject values ? new JsonObject { ["results"] = Evaluate(credential, values) } : new JsonObject();
            if (eval is not null)
            {
                // Encrypted for the client (CTAP 2.1 §12.5), which nobody behind it can read.
                outputs.Authenticator.Add(("hmac-secret", TestCbor.Bytes(RandomNumberGenerator.GetBytes(48))));
            }
        }

        if (inputs?["largeBlob"] is JsonObject large)
        {
            if ((string?)large["write"] is { } written)
            {
                credential.LargeBlob = VirtualFido2Text.Decode(written);
                outputs.Client["largeBlob"] = new JsonObject { ["written"] = true };
            }
            else
            {
                outputs.Client["largeBlob"] = credential.LargeBlob is null ? new JsonObject() : new JsonObject { ["blob"] = VirtualFido2Text.Encode(credential.LargeBlob) };
            }
        }

        if (Flag(inputs, "getCredBlob"))
        {
            outputs.Authenticator.Add(("credBlob", TestCbor.Bytes(credential.SmallBlob)));
        }

        if (fault == Fido2Fault.AppIdNotAsked)
        {
            outputs.Client["appid"] = true;
        }

        outputs.Misbehave(fault);
        return outputs;
    }

    private static bool Flag(JsonObject? inputs, string name) => inputs?[name] is JsonValue value && value.TryGetValue<bool>(out var set) && set;

    // §10.1.4: the salt is SHA-256 of a label and the input, so that a page cannot ask for another one's secrets.
    private static JsonObject Evaluate(VirtualFido2Credential credential, JsonObject eval)
    {
        var results = new JsonObject();
        foreach (var name in new[] { "first", "second" })
        {
            if ((string?)eval[name] is { } input)
            {
                var salt = SHA256.HashData([.. "WebAuthn PRF"u8, 0, .. VirtualFido2Text.Decode(input)]);
                results[name] = VirtualFido2Text.Encode(HMACSHA256.HashData(credential.Secret, salt));
            }
        }

        return results;
    }

    private void Misbehave(Fido2Fault fault)
    {
        if (fault == Fido2Fault.UnsolicitedExtensions)
        {
            Client["labUnknown"] = new JsonObject { ["x"] = 1 };
            Authenticator.Add(("labUnknown", TestCbor.Array(TestCbor.Boolean(true))));
        }
    }
}
