using System.Buffers.Text;
using System.Security.Cryptography;
using MedId.Core;
using MedId.Fido.Metadata;
using MedId.Fido.Uaf;

namespace MedId.Provider;

/// <summary>Between a UAF registration and the device that the store keeps.</summary>
internal static class DeviceRegistration
{
    public const string Protocol = "fido-uaf";

    public static Device ToDevice(UafRegistration registration, Ceremony ceremony, string handleDigest, DateTimeOffset at) => new()
    {
        Tenant = ceremony.Tenant,
        AccountId = ceremony.AccountId,
        Protocol = Protocol,
        Model = registration.Aaid.ToString(),
        KeyId = registration.KeyId.Value,
        PublicKey = registration.PublicKey.ToArray(),
        PublicKeyFormat = (int)registration.KeyFormat,
        Algorithm = (int)registration.Algorithm,
        SignCounter = registration.SignCounter,
        RegistrationCounter = registration.RegistrationCounter,
        AuthenticatorVersion = registration.AuthenticatorVersion,
        AttestationType = (int)registration.AttestationType,
        TrustAnchor = registration.TrustAnchor,
        HandleDigest = handleDigest,
        PushAddress = ceremony.PushAddress!,
        EnrolledAt = at,
    };

    /// <summary>The same judgement that an authentication with this key will give.</summary>
    public static bool IsHardwareBound(UafRegistration registration, UafMetadataSet metadata) =>
        registration.IsAttested && metadata.Find(registration.Aaid) is { } model
        && (model.KeyProtection & KeyProtections.Software) == default
        && (model.KeyProtection & (KeyProtections.Hardware | KeyProtections.TrustedExecutionEnvironment | KeyProtections.SecureElement)) != default;

    /// <summary>What a store holds was verified before it was stored; a record that cannot be read is broken storage.</summary>
    public static UafRegistration From(Device device) => new()
    {
        Aaid = Aaid.Parse(device.Model),
        KeyId = UafKeyId.Parse(device.KeyId),
        User = device.AccountId,
        Algorithm = (FidoAlgorithm)device.Algorithm,
        KeyFormat = (FidoKeyFormat)device.PublicKeyFormat,
        PublicKey = device.PublicKey,
        SignCounter = (uint)device.SignCounter,
        RegistrationCounter = (uint)device.RegistrationCounter,
        AuthenticatorVersion = (ushort)device.AuthenticatorVersion,
        AttestationType = (UafAttestationType)device.AttestationType,
        TrustAnchor = device.TrustAnchor,
        RegisteredAt = device.EnrolledAt,
    };

    /// <summary>The last act as the verifier accepted it; that it signs the ceremony's own line is said by whoever calls.</summary>
    public static VerifiedAct ToAct(UafAuthentication evidence, AuthenticationResponse response, Ceremony ceremony) => new()
    {
        Protocol = Protocol,
        Model = evidence.Aaid.ToString(),
        KeyId = evidence.KeyId.Value,
        KeyIdDigest = Base64Url.EncodeToString(SHA256.HashData(evidence.KeyId.ToBytes())),
        PublicKey = Base64Url.EncodeToString(evidence.Registration.PublicKey.Span),
        PublicKeyFormat = (int)evidence.Registration.KeyFormat,
        SignedContent = ceremony.Transaction!,
        Assertion = Base64Url.EncodeToString(response.Assertions[0].Content.Span),
        Facts = evidence.Authenticator,
        Amr = Amr(evidence),
        ExpectedCounter = evidence.Registration.SignCounter,
        NextCounter = evidence.SignCounter,
    };

    /// <summary>The methods of RFC 8176, from evidence: a biometric is named only when the model has no other way.</summary>
    private static List<string> Amr(UafAuthentication evidence)
    {
        var amr = new List<string>(3) { evidence.HardwareKey ? AuthenticationMethod.HardwareKey : AuthenticationMethod.SoftwareKey };
        if (evidence.Model.UserVerification is [var only])
        {
            var method = (only & ~(UserVerificationMethods.Presence | UserVerificationMethods.All)) switch
            {
                UserVerificationMethods.Fingerprint => AuthenticationMethod.Fingerprint,
                UserVerificationMethods.Faceprint => AuthenticationMethod.Face,
                UserVerificationMethods.Passcode or UserVerificationMethods.PasscodeExternal => AuthenticationMethod.Pin,
                _ => null,
            };
            if (method is not null)
            {
                amr.Add(method);
            }
        }

        amr.Add(evidence.MultiFactor ? AuthenticationMethod.MultiFactor : AuthenticationMethod.UserPresence);
        return amr;
    }
}
