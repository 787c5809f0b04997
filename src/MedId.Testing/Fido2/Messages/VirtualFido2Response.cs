using System.Formats.Asn1;
using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace MedId.Testing;

/// <summary>What <c>toJSON()</c> of a credential writes (WebAuthn Level 3 §5.1.9), or what a fault makes of it.</summary>
internal static class VirtualFido2Response
{
    public static string Registration(
        VirtualFido2Options options, VirtualFido2Credential credential, byte[] clientData, byte[] authenticatorData, byte[] attestationObject, JsonObject extensions, Fido2Fault fault)
    {
        var response = new JsonObject
        {
            ["clientDataJSON"] = VirtualFido2Text.Encode(clientData),
            ["authenticatorData"] = VirtualFido2Text.Encode(authenticatorData),
            ["transports"] = new JsonArray([.. options.Transports.Select(transport => (JsonNode)transport)]),
            ["publicKey"] = VirtualFido2Text.Encode(credential.Key.SubjectPublicKeyInfo),
            ["publicKeyAlgorithm"] = credential.Algorithm,
            ["attestationObject"] = VirtualFido2Text.Encode(attestationObject),
        };
        return Credential(options, credential, response, extensions, fault);
    }

    public static string Authentication(
        VirtualFido2Options options, VirtualFido2Credential credential, byte[] clientData, byte[] authenticatorData, byte[] signature, JsonObject extensions, Fido2Fault fault)
    {
        var response = new JsonObject
        {
            ["clientDataJSON"] = VirtualFido2Text.Encode(clientData),
            ["authenticatorData"] = VirtualFido2Text.Encode(authenticatorData),
            ["signature"] = VirtualFido2Text.Encode(Signature(credential, signature, fault)),
        };
        var handle = fault == Fido2Fault.OtherUserHandle ? RandomNumberGenerator.GetBytes(16) : credential.IsResident ? credential.UserHandleBytes : null;
        if (handle is not null && fault != Fido2Fault.NoUserHandle)
        {
            response["userHandle"] = VirtualFido2Text.Encode(handle);
        }

        return Credential(options, credential, response, extensions, fault);
    }

    private static string Credential(VirtualFido2Options options, VirtualFido2Credential credential, JsonObject response, JsonObject extensions, Fido2Fault fault)
    {
        var missing = fault switch
        {
            Fido2Fault.NoClientData => "clientDataJSON",
            Fido2Fault.NoAttestationObject => "attestationObject",
            Fido2Fault.NoAuthenticatorData => "authenticatorData",
            Fido2Fault.NoSignature => "signature",
            _ => string.Empty,
        };
        response.Remove(missing);
        var other = VirtualFido2Text.Encode(SHA256.HashData(credential.IdBytes));
        var id = fault switch { Fido2Fault.OtherCredentialId => other, Fido2Fault.PaddedId => credential.Id + "=", _ => credential.Id };
        var text = new JsonObject
        {
            ["id"] = fault == Fido2Fault.OtherIdThanRawId ? other : id,
            ["rawId"] = id,
            ["response"] = response,
            ["authenticatorAttachment"] = options.Attachment,
            ["clientExtensionResults"] = extensions,
            ["type"] = fault == Fido2Fault.OtherCredentialType ? "password" : "public-key",
        }.ToJsonString();
        return fault switch
        {
            Fido2Fault.ResponseCutOff => text[..^1],
            Fido2Fault.DuplicateMember => "{\"type\":\"public-key\"," + text[1..],
            _ => text,
        };
    }

    private static byte[] Signature(VirtualFido2Credential credential, byte[] signature, Fido2Fault fault)
    {
        switch (fault)
        {
            case Fido2Fault.TamperedSignature:
                return TestFaultBytes.FlipLast(signature);
            case Fido2Fault.EmptySignature:
                return [];
            case Fido2Fault.RawSignature:
                if (!credential.Key.IsElliptic)
                {
                    throw new ArgumentException($"{fault} needs an elliptic credential key.", nameof(fault));
                }

                var numbers = new AsnReader(signature, AsnEncodingRules.DER).ReadSequence();
                var length = credential.Key.Parameter(-2).Length;
                return [.. Fixed(numbers.ReadInteger(), length), .. Fixed(numbers.ReadInteger(), length)];
            default:
                return signature;
        }
    }

    private static byte[] Fixed(BigInteger number, int length)
    {
        var bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[length - bytes.Length], .. bytes];
    }
}
