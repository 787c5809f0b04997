using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;
using MedId.Fido.Metadata;
using MedId.Fido2;

namespace MedId.Provider;

/// <summary>Between a registered credential and the device that the store keeps.</summary>
internal static class PasskeyDevice
{
    public const string Protocol = "fido2";
    private const string HandleLabel = "passkey";

    /// <summary>What the device is found by: its credential id.</summary>
    public static string HandleDigest(ReadOnlySpan<byte> credentialId) => SecretDigest.Compute(HandleLabel, StrictBase64Url.Encode(credentialId));

    /// <summary>The user handle: the same for every passkey of an account, and of no meaning to anybody else.</summary>
    public static byte[] UserHandle(TenantId tenant, string accountId) => SHA256.HashData(Encoding.UTF8.GetBytes($"MedId passkey user v1\n{tenant.Value}\n{accountId}"));

    public static Device ToDevice(RegistrationEvidence evidence, Ceremony ceremony, AttestationTrustPolicy policy, DateTimeOffset at) => new()
    {
        Tenant = ceremony.Tenant,
        AccountId = ceremony.AccountId,
        Protocol = Protocol,
        Model = evidence.Credential.Aaguid.ToString("D"),
        KeyId = StrictBase64Url.Encode(evidence.Credential.Id.Span),
        PublicKey = evidence.Credential.PublicKey.ToArray(),
        PublicKeyFormat = 0,
        Algorithm = (int)evidence.Credential.Algorithm,
        SignCounter = evidence.Credential.SignCount,
        RegistrationCounter = 0,
        AuthenticatorVersion = 0,
        AttestationType = 0,
        TrustAnchor = evidence.Credential.TrustAnchor,
        HandleDigest = HandleDigest(evidence.Credential.Id.Span),
        PushAddress = string.Empty,
        EnrolledAt = at,
        HardwareBound = IsHardwareBound(evidence, policy),
        Credential = evidence.Credential.ToJson(),
        BackedUp = evidence.Credential.BackupState,
    };

    /// <summary>What a store holds was verified before it was stored; a record that cannot be read is broken storage.</summary>
    public static CredentialRecord From(Device device)
    {
        var record = CredentialRecord.Parse(device.Credential!);
        return record.Succeeded
            ? record.Value with { SignCount = (uint)device.SignCounter, BackupState = device.BackedUp ?? record.Value.BackupState }
            : throw new InvalidOperationException("A stored credential record cannot be read: " + record.Error.Code);
    }

    /// <summary>
    /// The last act: signed content is the text whose hash the challenge is, the assertion is what shows that the passkey signed it. Both are checked later without this OP: the challenge in
    /// clientDataJSON is the hash of the text, and the signature is over authenticatorData and the hash of clientDataJSON.
    /// </summary>
    public static VerifiedAct ToAct(
        AuthenticationEvidence evidence, AuthenticationResponse response, Device device, Ceremony ceremony, AttestationTrustPolicy policy, DateTimeOffset at)
    {
        var facts = Facts(evidence, device, policy, at);
        return new()
        {
            Protocol = Protocol,
            Model = device.Model,
            KeyId = device.KeyId,
            KeyIdDigest = StoreRules.KeyIdDigest(device),
            PublicKey = StrictBase64Url.Encode(device.PublicKey),
            SignedContent = ceremony.Kind == CeremonyKind.Standing ? Challenge.StandingText(ceremony.Nonce!, ceremony.Digest!) : Challenge.ConsentText(ceremony.Nonce!, ceremony.Digest!),
            Assertion = StrictBase64Url.Encode(Assertion(response)),
            Facts = facts,
            Amr =
            [
                facts is { HardwareProtected: true, Exportable: false } ? AuthenticationMethod.HardwareKey : AuthenticationMethod.SoftwareKey,
                AuthenticationMethod.UserPresence,
                .. facts.UserVerified ? new[] { AuthenticationMethod.MultiFactor } : [],
            ],
            ExpectedCounter = device.SignCounter,
            NextCounter = evidence.Update().SignCount,
            BackedUp = evidence.BackupState,
        };
    }

    /// <summary>What the act showed, and what the metadata of today say of a model that attestation proved at enrolment.</summary>
    private static AuthenticatorFacts Facts(AuthenticationEvidence evidence, Device device, AttestationTrustPolicy policy, DateTimeOffset at) =>
        Facts(evidence.AuthenticatorData.Flags, evidence.Credential.Aaguid, device.TrustAnchor, policy, at);

    private static bool IsHardwareBound(RegistrationEvidence evidence, AttestationTrustPolicy policy) =>
        Facts(evidence.AuthenticatorData.Flags, evidence.Credential.Aaguid, evidence.Trust.IsTrusted ? evidence.Credential.TrustAnchor : null, policy, evidence.At) is { HardwareProtected: true, Exportable: false };

    private static AuthenticatorFacts Facts(AuthenticatorDataFlags flags, Guid aaguid, string? anchor, AttestationTrustPolicy policy, DateTimeOffset at)
    {
        var entry = aaguid == Guid.Empty ? null : policy.Metadata?.FindByAaguid(aaguid);
        return FidoAssurance.Of(new()
        {
            Protocol = FidoProtocol.Fido2,
            UserPresent = flags.HasFlag(AuthenticatorDataFlags.UserPresent),
            UserVerified = flags.HasFlag(AuthenticatorDataFlags.UserVerified),
            BackupEligible = flags.HasFlag(AuthenticatorDataFlags.BackupEligible),
            AttestationTrusted = anchor is not null,
            TrustAnchor = anchor,
            Metadata = entry,
            Status = entry is null ? null : policy.MetadataStatus.Judge(entry, attestationCertificate: null, at),
        }).Facts;
    }

    private static byte[] Assertion(AuthenticationResponse response)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("authenticatorData", StrictBase64Url.Encode(response.AuthenticatorData.Span));
            json.WriteString("clientDataJSON", StrictBase64Url.Encode(response.ClientDataJson.Span));
            json.WriteString("signature", StrictBase64Url.Encode(response.Signature.Span));
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
