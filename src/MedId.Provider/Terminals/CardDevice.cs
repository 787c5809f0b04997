using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using MedId.Core;
using MedId.Cryptography;
using MedId.Jpki.Certificates;
using MedId.Signatures;

namespace MedId.Provider;

/// <summary>Between a card's sign-in and the device that the store keeps: a keyed digest, no serial number, no certificate, no key.</summary>
internal static class CardDevice
{
    public const string Protocol = "jpki";
    private const string HandleLabel = "card";

    /// <summary>What a device is found by that nobody carries a handle of.</summary>
    public static string HandleDigest(string subjectKey) => SecretDigest.Compute(HandleLabel, subjectKey);

    public static Device ToDevice(JpkiSignIn card, EnrolmentTicket ticket, DateTimeOffset at) => new()
    {
        Tenant = ticket.Tenant,
        AccountId = ticket.AccountId,
        Protocol = Protocol,
        Model = Model(card),
        KeyId = card.SubjectKey,
        PublicKey = [],
        PublicKeyFormat = 0,
        Algorithm = 0,
        SignCounter = 0,
        RegistrationCounter = 0,
        AuthenticatorVersion = 0,
        AttestationType = 0,
        HandleDigest = HandleDigest(card.SubjectKey),
        PushAddress = string.Empty,
        EnrolledAt = at,
    };

    public static VerifiedAct ToAct(JpkiSignIn card, Device device, SignInChallenge challenge, Ceremony ceremony, ReadOnlySpan<byte> signature, ClinicTerminal terminal) => new()
    {
        Protocol = Protocol,
        Model = device.Model,
        KeyId = device.KeyId,
        KeyIdDigest = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(device.KeyId))),
        SignedContent = Encoding.ASCII.GetString(challenge.ToBytes()) + ceremony.Nonce,
        Assertion = Base64Url.EncodeToString(signature),
        Facts = card.Authenticator,
        Amr = card.Identity.Carrier == JpkiCarrier.Card
            ? [AuthenticationMethod.HardwareKey, AuthenticationMethod.SmartCard, AuthenticationMethod.Pin, AuthenticationMethod.MultiFactor]
            : [AuthenticationMethod.HardwareKey, AuthenticationMethod.Pin, AuthenticationMethod.MultiFactor],
        ExpectedCounter = device.SignCounter,
        NextCounter = device.SignCounter,
        Terminal = terminal.ToRecord(),
    };

    private static string Model(JpkiSignIn card) => card.Identity.Carrier == JpkiCarrier.Card ? "jpki-card" : "jpki-phone";
}
