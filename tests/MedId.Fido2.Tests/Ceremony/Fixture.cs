using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Fido2.Tests;

/// <summary>One valid ceremony with an ES256 key and attestation "none"; a test changes one thing before it asks for the response. All synthetic.</summary>
internal sealed class Fixture
{
    public static readonly DateTimeOffset Now = new(2026, 11, 1, 9, 0, 0, TimeSpan.Zero);

    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public string RpId { get; set; } = "clinic.example";

    public string Origin { get; set; } = "https://clinic.example";

    public byte[] Challenge { get; set; } = SHA256.HashData("challenge"u8);

    public byte[] CredentialId { get; set; } = SHA256.HashData("credential"u8);

    public byte[] UserHandle { get; set; } = SHA256.HashData("user"u8)[..16];

    public string Type { get; set; } = "webauthn.create";

    public bool? CrossOrigin { get; set; } = false;

    public string? TopOrigin { get; set; }

    /// <summary>Replaces the client data.</summary>
    public byte[]? ClientData { get; set; }

    public string? HashedName { get; set; }

    public AuthenticatorDataFlags Flags { get; set; } = AuthenticatorDataFlags.UserPresent | AuthenticatorDataFlags.UserVerified;

    public uint SignCount { get; set; }

    /// <summary>A CBOR map; sets ED.</summary>
    public byte[] Extensions { get; set; } = [];

    public JsonObject ClientExtensions { get; set; } = [];

    public JsonNode? ResponseUserHandle { get; set; }

    public string Format { get; set; } = "none";

    /// <summary>The statement in CBOR.</summary>
    public byte[] Statement { get; set; } = [0xA0];

    /// <summary>Replaces the COSE_Key.</summary>
    public byte[]? OtherPublicKey { get; set; }

    public byte[] PublicKey => OtherPublicKey ?? CoseKey.Write(Key, -7);

    public PublicKey Key => MedId.Cryptography.PublicKey.FromSubjectPublicKeyInfo(_key.ExportSubjectPublicKeyInfo()).Value!;

    public RegistrationExpectations Registration => new()
    {
        RpId = "clinic.example",
        Origins = ["https://clinic.example", "https://app.clinic.example"],
        Challenge = SHA256.HashData("challenge"u8),
        Now = Now,
        UserHandle = SHA256.HashData("user"u8).AsMemory(0, 16),
    };

    public CredentialRecord Record => new()
    {
        Id = SHA256.HashData("credential"u8),
        PublicKey = PublicKey,
        Algorithm = -7,
        SignCount = 0,
        BackupEligible = false,
        UserHandle = SHA256.HashData("user"u8).AsMemory(0, 16),
    };

    public AuthenticationExpectations Authentication => new()
    {
        RpId = "clinic.example",
        Origins = ["https://clinic.example", "https://app.clinic.example"],
        Challenge = SHA256.HashData("challenge"u8),
        Now = Now,
        Credential = Record,
    };

    public static Fixture OfAuthentication() => new() { Type = "webauthn.get" };

    public byte[] ClientDataJson() => ClientData ?? Encoding.UTF8.GetBytes(
        $"{{\"type\":\"{Type}\",\"challenge\":\"{StrictBase64Url.Encode(Challenge)}\",\"origin\":\"{Origin}\""
        + (CrossOrigin is { } cross ? $",\"crossOrigin\":{(cross ? "true" : "false")}" : string.Empty)
        + (TopOrigin is null ? "}" : $",\"topOrigin\":\"{TopOrigin}\"}}"));

    public byte[] AuthenticatorData(bool withCredential)
    {
        var flags = (byte)((byte)Flags | (withCredential ? 0x40 : 0) | (Extensions.Length > 0 ? 0x80 : 0));
        var counter = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(counter, SignCount);
        byte[] head = [.. SHA256.HashData(Encoding.UTF8.GetBytes(HashedName ?? RpId)), flags, .. counter];
        return withCredential
            ? [.. head, .. new byte[16], (byte)(CredentialId.Length >> 8), (byte)CredentialId.Length, .. CredentialId, .. PublicKey, .. Extensions]
            : [.. head, .. Extensions];
    }

    public byte[] AttestationObject()
    {
        var data = AuthenticatorData(withCredential: true);
        return
        [
            0xA3,
            0x63, .. "fmt"u8, .. Text(Format),
            0x67, .. "attStmt"u8, .. Statement,
            0x68, .. "authData"u8, 0x59, (byte)(data.Length >> 8), (byte)data.Length, .. data,
        ];
    }

    public JsonObject RegistrationJson() => new()
    {
        ["id"] = StrictBase64Url.Encode(CredentialId),
        ["rawId"] = StrictBase64Url.Encode(CredentialId),
        ["response"] = new JsonObject
        {
            ["clientDataJSON"] = StrictBase64Url.Encode(ClientDataJson()),
            ["attestationObject"] = StrictBase64Url.Encode(AttestationObject()),
            ["transports"] = new JsonArray("internal", "hybrid"),
        },
        ["authenticatorAttachment"] = "platform",
        ["clientExtensionResults"] = ClientExtensions.DeepClone(),
        ["type"] = "public-key",
    };

    public JsonObject AuthenticationJson(bool withCredential = false)
    {
        var data = AuthenticatorData(withCredential);
        var client = ClientDataJson();
        byte[] signed = [.. data, .. SHA256.HashData(client)];
        return new()
        {
            ["id"] = StrictBase64Url.Encode(CredentialId),
            ["rawId"] = StrictBase64Url.Encode(CredentialId),
            ["response"] = new JsonObject
            {
                ["clientDataJSON"] = StrictBase64Url.Encode(client),
                ["authenticatorData"] = StrictBase64Url.Encode(data),
                ["signature"] = StrictBase64Url.Encode(_key.SignData(signed, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence)),
                ["userHandle"] = ResponseUserHandle?.DeepClone(),
            },
            ["clientExtensionResults"] = ClientExtensions.DeepClone(),
            ["type"] = "public-key",
        };
    }

    public RegistrationVerification Register(RegistrationExpectations? expectations = null) =>
        new RegistrationVerifier().Verify(expectations ?? Registration, RegistrationJson().ToJsonString());

    public AuthenticationVerification Authenticate(AuthenticationExpectations? expectations = null) =>
        new AuthenticationVerifier().Verify(expectations ?? Authentication, AuthenticationJson().ToJsonString());

    private static byte[] Text(string text) => [(byte)(0x60 + text.Length), .. Encoding.UTF8.GetBytes(text)];
}
