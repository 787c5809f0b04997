using System.Security.Cryptography;
using MedId.Cryptography;

namespace MedId.Testing;

/// <summary>An HPKI card in software: a signing application that wants its PIN for every signature, and an authentication application that wants it once.</summary>
/// <remarks>Not safe to use from several threads at once, as a card is not. How many tries a real card gives is not published: here five.</remarks>
public sealed class SoftwareHpkiCard
{
    private const int Tries = 5;

    private readonly CardSecret _signingPin;
    private readonly CardSecret _authenticationPin;

    /// <summary>Makes a card.</summary>
    /// <param name="signing">The certificate for signing, with its key.</param>
    /// <param name="authentication">The certificate for authentication, with its key.</param>
    /// <param name="pin">The PIN of both applications.</param>
    public SoftwareHpkiCard(TestCertificate signing, TestCertificate authentication, string pin = "LAB12345")
    {
        SigningCertificate = signing;
        AuthenticationCertificate = authentication;
        _signingPin = new(pin, Tries);
        _authenticationPin = new(pin, Tries);
    }

    /// <summary>The certificate for signing; reading it wants no PIN.</summary>
    public TestCertificate SigningCertificate { get; }

    /// <summary>The certificate for authentication; reading it wants no PIN.</summary>
    public TestCertificate AuthenticationCertificate { get; }

    /// <summary>Wrong PINs that are left for signing.</summary>
    public int SigningTriesLeft => _signingPin.Remaining;

    /// <summary>Wrong PINs that are left for authentication.</summary>
    public int AuthenticationTriesLeft => _authenticationPin.Remaining;

    /// <summary>A card of a holder of a world.</summary>
    /// <param name="world">The world.</param>
    /// <param name="holder">Whose it is; a doctor's when null.</param>
    public static SoftwareHpkiCard Issue(HpkiWorld world, HpkiHolder? holder = null) => new(
        world.Issue(new() { Holder = holder ?? HpkiHolder.Doctor, Use = HpkiUse.Signature }),
        world.Issue(new() { Holder = holder ?? HpkiHolder.Doctor, Use = HpkiUse.Authentication }));

    /// <summary>Enters the PIN for the next signature.</summary>
    /// <param name="pin">What is typed.</param>
    public CardPinResult EnterSigningPin(string pin) => _signingPin.Verify(pin);

    /// <summary>Enters the PIN for authentication.</summary>
    /// <param name="pin">What is typed.</param>
    public CardPinResult EnterAuthenticationPin(string pin) => _authenticationPin.Verify(pin);

    /// <summary>Signs once; the next signature wants the PIN again.</summary>
    /// <param name="digestInfo">Any octets; the card pads them with type 1 and does not look at the hash.</param>
    /// <exception cref="InvalidOperationException">The PIN was not entered since the last signature.</exception>
    public byte[] Sign(byte[] digestInfo)
    {
        _signingPin.Demand();
        _signingPin.Verified = false;
        return SoftwareJpkiCard.Compute(SigningCertificate.Key, digestInfo);
    }

    /// <summary>Signs with the key for authentication.</summary>
    /// <param name="digestInfo">Any octets; the card pads them with type 1 and does not look at the hash.</param>
    /// <exception cref="InvalidOperationException">The PIN was not entered.</exception>
    public byte[] Authenticate(byte[] digestInfo)
    {
        _authenticationPin.Demand();
        return SoftwareJpkiCard.Compute(AuthenticationCertificate.Key, digestInfo);
    }

    /// <summary>The key for signing, as the packages sign with it.</summary>
    /// <param name="cachedPin">A PIN that the application keeps and enters for each signature; when null the caller enters it before each.</param>
    /// <param name="hash">The hash; SHA-256 when null.</param>
    public SigningKey OpenSigningKey(string? cachedPin = null, HashAlgorithmName? hash = null) => SoftwareJpkiCard.Open(SigningCertificate.Key, hash, block =>
    {
        if (cachedPin is not null)
        {
            EnterSigningPin(cachedPin);
        }

        return Sign(block);
    });

    /// <summary>The key for authentication, as the packages sign with it.</summary>
    /// <param name="hash">The hash; SHA-256 when null.</param>
    public SigningKey OpenAuthenticationKey(HashAlgorithmName? hash = null) => SoftwareJpkiCard.Open(AuthenticationCertificate.Key, hash, Authenticate);
}
