using System.Formats.Asn1;
using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace MedId.Testing;

/// <summary>A U2F token and the browser before it, in memory: answers with raw messages (FIDO U2F Raw Message Formats 1.2), or misbehaves by name. For tests; its keys are not protected.</summary>
/// <remarks>It writes messages with code of its own, so that a mistake of the verifier is not repeated here. Not safe for use from several threads.</remarks>
public sealed class VirtualU2fToken
{
    private const int KeyHandleLength = 64;

    private static readonly BigInteger Order = BigInteger.Parse(
        "0FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551", NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    private readonly List<VirtualU2fKey> _keys = [];
    private readonly TestAuthority _authority;
    private readonly TestCertificate _attestation;
    private readonly DateTimeOffset _now;

    /// <summary>A token without keys.</summary>
    /// <param name="attestationRoot">Who issues its attestation certificate; a new root of its own when null.</param>
    /// <param name="time">The clock for the certificates; null for the system's.</param>
    public VirtualU2fToken(TestAuthority? attestationRoot = null, TimeProvider? time = null)
    {
        _now = (time ?? TimeProvider.System).GetUtcNow();
        _authority = attestationRoot ?? TestAuthority.CreateRoot(TestName.Common("LAB U2F attestation root"), new() { Now = _now });
        _attestation = Certify(_authority, TestKey.Create(TestKeyKind.P256));
    }

    /// <summary>The root under which it attests.</summary>
    public TestCertificate AttestationRoot => _authority.Certificate;

    /// <summary>Its attestation certificate, which names USB and NFC as transports.</summary>
    public TestCertificate AttestationCertificate => _attestation;

    /// <summary>The counter of the last signature, one for all keys.</summary>
    public uint Counter { get; private set; }

    internal IReadOnlyList<VirtualU2fKey> Keys => _keys;

    /// <summary>Makes a key.</summary>
    /// <param name="appId">The AppID.</param>
    /// <param name="challenge">The challenge as the request carries it, base64url.</param>
    /// <param name="facet">The facet that asks: the page's origin.</param>
    /// <param name="fault">How to misbehave.</param>
    /// <exception cref="ArgumentException">The fault is not one of a registration.</exception>
    public VirtualU2fRegistration Register(string appId, string challenge, string facet, U2fFault fault = U2fFault.None)
    {
        if (!U2fFaults.ConcernsRegistration(fault))
        {
            throw new ArgumentException($"{fault} is no fault of a registration.", nameof(fault));
        }

        var clientData = U2fFaults.ClientData("navigator.id.finishEnrollment", "navigator.id.getAssertion", challenge, facet, fault);
        var key = new VirtualU2fKey(appId, RandomNumberGenerator.GetBytes(KeyHandleLength), TestKey.Create(TestKeyKind.P256));
        _keys.Add(key);

        var handle = fault == U2fFault.EmptyKeyHandle ? [] : key.KeyHandle;
        var point = key.PublicKey;
        var sent = U2fFaults.Point(point, fault);
        var certificate = Attestation(fault);
        byte[] signed =
        [
            0,
            .. Hash(U2fFaults.AppId(appId, fault)),
            .. U2fFaults.ChallengeHash(clientData, fault),
            .. fault == U2fFault.SignedOtherKeyHandle ? TestFaultBytes.FlipLast(handle) : handle,
            .. fault == U2fFault.SignedOtherPublicKey ? new VirtualU2fKey(appId, [], TestKey.Create(TestKeyKind.P256)).PublicKey : sent,
        ];

        // A signature of P-256 also where the certificate's key is not: only the curve is wrong then.
        var signer = fault is U2fFault.ForeignAttestationKey or U2fFault.LeafOtherCurve ? TestKey.Create(TestKeyKind.P256) : certificate.Key;
        byte[] message =
        [
            fault == U2fFault.OtherFirstByte ? (byte)0x04 : (byte)0x05,
            .. sent,
            fault == U2fFault.KeyHandleOverrun ? (byte)0xFF : (byte)handle.Length,
            .. fault == U2fFault.KeyHandleOverrun ? handle[..8] : handle,
            .. fault == U2fFault.KeyHandleOverrun ? [] : fault == U2fFault.GarbageCertificate ? TestDer.Sequence(TestDer.Null) : certificate.Der,
            .. fault == U2fFault.KeyHandleOverrun ? [] : Signature(signer, signed, fault),
        ];
        return new(clientData, U2fFaults.Message(message, fault), handle);
    }

    /// <summary>Signs with a key.</summary>
    /// <param name="appId">The AppID.</param>
    /// <param name="challenge">The challenge as the request carries it, base64url.</param>
    /// <param name="facet">The facet that asks.</param>
    /// <param name="keyHandle">The key handle that the request names.</param>
    /// <param name="fault">How to misbehave.</param>
    /// <exception cref="ArgumentException">The fault is not one of an authentication.</exception>
    /// <exception cref="InvalidOperationException">The token has no such key for this AppID.</exception>
    public VirtualU2fSignature Sign(string appId, string challenge, string facet, ReadOnlyMemory<byte> keyHandle, U2fFault fault = U2fFault.None)
    {
        if (!U2fFaults.ConcernsAuthentication(fault))
        {
            throw new ArgumentException($"{fault} is no fault of an authentication.", nameof(fault));
        }

        var key = _keys.Find(candidate => candidate.AppId == appId && keyHandle.Span.SequenceEqual(candidate.KeyHandle))
            ?? throw new InvalidOperationException("The token holds no such key (DEVICE_INELIGIBLE).");
        if (fault != U2fFault.CounterNotAdvanced)
        {
            Counter++;
        }

        var clientData = U2fFaults.ClientData("navigator.id.getAssertion", "navigator.id.finishEnrollment", challenge, facet, fault);
        var counter = fault == U2fFault.CounterReset ? 0 : Counter;
        byte[] head = [fault == U2fFault.NoUserPresence ? (byte)0 : (byte)1, (byte)(counter >> 24), (byte)(counter >> 16), (byte)(counter >> 8), (byte)counter];
        byte[] signed = [.. Hash(U2fFaults.AppId(appId, fault)), .. head, .. U2fFaults.ChallengeHash(clientData, fault)];
        var signer = fault == U2fFault.ForeignKey ? TestKey.Create(TestKeyKind.P256) : key.Key;
        byte[] message = [.. head, .. Signature(signer, signed, fault)];
        return new(clientData, U2fFaults.Message(message, fault), fault == U2fFault.OtherKeyHandle ? TestFaultBytes.FlipLast(key.KeyHandle) : key.KeyHandle);
    }

    /// <inheritdoc/>
    public override string ToString() => $"VirtualU2fToken, {_keys.Count} keys";

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));

    private static byte[] Signature(TestKey signer, byte[] signed, U2fFault fault)
    {
        var signature = signer.Sign(signed);
        switch (fault)
        {
            case U2fFault.TamperedSignature:
                return TestFaultBytes.FlipLast(signature);
            case U2fFault.EmptySignature:
                return [];
            case U2fFault.RawSignature or U2fFault.HighS:
                var reader = new AsnReader(signature, AsnEncodingRules.DER).ReadSequence();
                var (r, s) = (reader.ReadInteger(), reader.ReadInteger());
                return fault == U2fFault.HighS
                    ? TestDer.Sequence(TestDer.Integer(r), TestDer.Integer(s > Order / 2 ? s : Order - s))
                    : [.. Fixed(r), .. Fixed(s)];
            default:
                return signature;
        }
    }

    private static byte[] Fixed(BigInteger number)
    {
        var bytes = number.ToByteArray(isUnsigned: true, isBigEndian: true);
        return [.. new byte[32 - bytes.Length], .. bytes];
    }

    private static TestCertificate Certify(TestAuthority authority, TestKey key, Action<TestCertificateBuilder>? profile = null) => authority.Issue(
        TestName.Of(("C", "JP"), ("O", "LAB"), ("OU", "Authenticator Attestation"), ("CN", "LAB U2F token")),
        key,
        builder => builder
            .With(TestExtensions.BasicConstraints(isCa: false))
            .With(new("1.3.6.1.4.1.45724.2.1.1", Critical: false, TestDer.NamedBits(2, 3))),
        builder => profile?.Invoke(builder));

    private TestCertificate Attestation(U2fFault fault) => fault switch
    {
        U2fFault.LeafOtherCurve => Certify(_authority, TestKey.Create(TestKeyKind.P384)),
        U2fFault.ForeignRoot => Certify(TestAuthority.CreateRoot(TestName.Common("LAB U2F foreign root"), new() { Now = _now }), TestKey.Create(TestKeyKind.P256)),
        U2fFault.Expired => Certify(_authority, TestKey.Create(TestKeyKind.P256), builder => builder.Valid(_now.AddYears(-2), _now.AddDays(-1))),
        _ => _attestation,
    };
}
