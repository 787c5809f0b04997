using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace MedId.Testing;

/// <summary>android-safetynet (WebAuthn Level 3 §8.5): a compact JWS (RFC 7515) signed with RS256, as the service wrote it.</summary>
internal static class SafetyNetStatement
{
    private const string Host = "attest.android.com";
    private const int MinutesAside = 10;

    public static byte[] Write(VirtualFido2Attestation attestation)
    {
        var fault = attestation.Fault;
        var key = TestKey.Shared(TestKeyKind.Rsa2048);
        var host = fault == Fido2Fault.SafetyNetOtherHost ? "attest.elsewhere.example" : Host;
        var path = attestation.Issuer.Issue(TestName.Common(host), key, fault, directly: false, builder => builder.With(TestExtensions.SubjectAlternativeName(TestGeneralName.Dns(host))));
        var header = new JsonObject { ["alg"] = "RS256" };
        if (fault != Fido2Fault.SafetyNetWithoutPath)
        {
            header["x5c"] = new JsonArray([.. path.Select(certificate => (JsonNode)Convert.ToBase64String(certificate))]);
        }

        var nonce = SHA256.HashData(attestation.ToBeSigned);
        var at = attestation.Issuer.Now.AddMinutes(fault switch { Fido2Fault.SafetyNetStale => -MinutesAside, Fido2Fault.SafetyNetFuture => MinutesAside, _ => 0 });
        var payload = new JsonObject
        {
            ["nonce"] = Convert.ToBase64String(fault == Fido2Fault.SafetyNetOtherNonce ? TestFaultBytes.FlipLast(nonce) : nonce),
            ["timestampMs"] = at.ToUnixTimeMilliseconds(),
            ["apkPackageName"] = "com.google.android.gms",
            ["ctsProfileMatch"] = fault != Fido2Fault.SafetyNetNotIntact,
            ["basicIntegrity"] = true,
        };
        var signed = $"{Encode(header)}.{Encode(payload)}";
        var signature = (fault == Fido2Fault.AttestationForeignKey ? TestKey.Create(TestKeyKind.Rsa2048) : key).Sign(Encoding.ASCII.GetBytes(signed), TestSignatureAlgorithm.RsaSha256);
        var jws = $"{signed}.{VirtualFido2Text.Encode(fault is Fido2Fault.SafetyNetTamperedSignature or Fido2Fault.AttestationTamperedSignature ? TestFaultBytes.FlipLast(signature) : signature)}";
        var members = new List<(string, byte[])> { ("response", TestCbor.Bytes(Encoding.ASCII.GetBytes(fault == Fido2Fault.SafetyNetNotJws ? "not.a.jws" : jws))) };
        if (fault != Fido2Fault.SafetyNetWithoutVersion)
        {
            members.Add(("ver", TestCbor.Text("17122037")));
        }

        return attestation.Map(members);
    }

    private static string Encode(JsonObject json) => VirtualFido2Text.Encode(Encoding.UTF8.GetBytes(json.ToJsonString()));
}
