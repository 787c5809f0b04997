using System.Security.Cryptography;
using MedId.Cryptography;

namespace MedId.Testing;

/// <summary>A My Number card's JPKI application in software: two keys, a PIN of three tries, a password of five. It signs whatever digest it is given.</summary>
/// <remarks>Not safe to use from several threads at once, as a card is not.</remarks>
public sealed class SoftwareJpkiCard
{
    private const int PinTries = 3;
    private const int PasswordTries = 5;

    private readonly CardSecret _pin;
    private readonly CardSecret _password;
    private readonly TestCertificate _signing;

    /// <summary>Makes a card.</summary>
    /// <param name="signing">The certificate for signing, with its key.</param>
    /// <param name="authentication">The certificate for user authentication, with its key.</param>
    /// <param name="password">The password for signing: 6 to 16 letters and digits; letters count as capitals.</param>
    /// <param name="pin">The PIN for user authentication: 4 digits.</param>
    public SoftwareJpkiCard(TestCertificate signing, TestCertificate authentication, string password = "LABSIGN1", string pin = "1234")
    {
        _signing = signing;
        AuthenticationCertificate = authentication;
        _password = new(password.ToUpperInvariant(), PasswordTries);
        _pin = new(pin, PinTries);
    }

    /// <summary>The certificate for user authentication; a card gives it to anybody.</summary>
    public TestCertificate AuthenticationCertificate { get; }

    /// <summary>Wrong PINs that are left.</summary>
    public int PinTriesLeft => _pin.Remaining;

    /// <summary>Wrong passwords that are left.</summary>
    public int PasswordTriesLeft => _password.Remaining;

    /// <summary>A card of a person of a world.</summary>
    /// <param name="world">The world.</param>
    /// <param name="request">What both certificates are to be.</param>
    /// <param name="hierarchy">Production when null.</param>
    public static SoftwareJpkiCard Issue(JpkiWorld world, JpkiCertificateRequest? request = null, JpkiHierarchy? hierarchy = null) =>
        new(world.IssueSigning(request, hierarchy), world.IssueAuthentication(request, hierarchy));

    /// <summary>Enters the PIN for user authentication.</summary>
    /// <param name="pin">What is typed.</param>
    public CardPinResult EnterPin(string pin) => _pin.Verify(pin);

    /// <summary>Enters the password for signing.</summary>
    /// <param name="password">What is typed; letters count as capitals.</param>
    public CardPinResult EnterPassword(string password) => _password.Verify(password.ToUpperInvariant());

    /// <summary>Takes the card off the reader: PIN and password are wanted again.</summary>
    public void Remove() => (_pin.Verified, _password.Verified) = (false, false);

    /// <summary>The certificate for signing: it has personal attributes, so that the card wants the password first.</summary>
    /// <exception cref="InvalidOperationException">The password was not entered.</exception>
    public TestCertificate ReadSigningCertificate()
    {
        _password.Demand();
        return _signing;
    }

    /// <summary>COMPUTE DIGITAL SIGNATURE with the key for signing.</summary>
    /// <param name="digestInfo">RSA: any octets, padded with type 1. ECDSA: a digest.</param>
    /// <exception cref="InvalidOperationException">The password was not entered.</exception>
    public byte[] Sign(byte[] digestInfo)
    {
        _password.Demand();
        return Compute(_signing.Key, digestInfo);
    }

    /// <summary>COMPUTE DIGITAL SIGNATURE with the key for user authentication.</summary>
    /// <param name="digestInfo">RSA: any octets, padded with type 1. ECDSA: a digest.</param>
    /// <exception cref="InvalidOperationException">The PIN was not entered.</exception>
    public byte[] Authenticate(byte[] digestInfo)
    {
        _pin.Demand();
        return Compute(AuthenticationCertificate.Key, digestInfo);
    }

    /// <summary>The key for signing, as the packages sign with it; the card asks for the password when it is used.</summary>
    /// <param name="hash">The hash; SHA-256, or SHA-384 with P-384, when null. SHA-1 is what old readers do.</param>
    public SigningKey OpenSigningKey(HashAlgorithmName? hash = null) => Open(_signing.Key, hash, Sign);

    /// <summary>The key for user authentication, as the packages sign with it; the card asks for the PIN when it is used.</summary>
    /// <param name="hash">The hash; SHA-256, or SHA-384 with P-384, when null.</param>
    public SigningKey OpenAuthenticationKey(HashAlgorithmName? hash = null) => Open(AuthenticationCertificate.Key, hash, Authenticate);

    internal static byte[] Compute(TestKey key, byte[] block) => key.IsRsa ? key.SignBlock(block) : key.SignDigest(block);

    internal static SigningKey Open(TestKey key, HashAlgorithmName? hash, Func<byte[], byte[]> sign) =>
        new CardSigningKey(key, hash ?? TestAlgorithms.Hash(key.DefaultAlgorithm), sign);
}
