using System.Security.Cryptography;
using System.Text.Json;
using MedId.Core;

namespace MedId.Cryptography;

/// <content>Reading keys of strangers.</content>
public sealed partial class PublicKey
{
    private const int MaximumExponentLength = 8;

    private static readonly string[] PrivateMembers = ["d", "p", "q", "dp", "dq", "qi", "oth", "k"];

    /// <summary>Reads a JWK (RFC 7517 §4; RFC 7518 §6.2, §6.3; RFC 8812 §3; RFC 8037 §2): EC on P-256, P-384, P-521 or secp256k1, RSA, OKP with Ed25519 or Ed448.</summary>
    /// <param name="jwk">The key's object, read by <see cref="StrictJson"/>.</param>
    public static MedIdResult<PublicKey> FromJwk(JsonElement jwk)
    {
        if (jwk.ValueKind != JsonValueKind.Object)
        {
            return Malformed("RFC 7517 §4", "not an object");
        }

        if (Array.Exists(PrivateMembers, m => jwk.TryGetProperty(m, out _)))
        {
            return new MedIdError(CryptographyErrorCodes.KeyPrivateMember, ErrorCategory.Malformed, "RFC 7517 §9.2", "a public key was asked for");
        }

        return Text(jwk, "kty") switch
        {
            null => Malformed("RFC 7517 §4.1", "kty is missing"),
            "EC" => FromEcJwk(jwk),
            "RSA" => FromRsaJwk(jwk),
            "OKP" => FromOkpJwk(jwk),
            _ => Unsupported("RFC 7518 §6.1", "kty is none of EC, RSA, OKP"),
        };
    }

    /// <summary>
    /// Reads a DER SubjectPublicKeyInfo (RFC 5480 §2.1 with a named curve and an uncompressed point; RFC 3279 §2.3.1 rsaEncryption; RFC 8410 §4 Ed25519 and Ed448;
    /// RFC 3279 §2.3.2 DSA; RFC 9881 §4 ML-DSA, where the platform has it). Keys restricted to RSASSA-PSS (RFC 4055 §1.2) are <c>key.unsupported</c>.
    /// </summary>
    /// <param name="der">The whole structure, nothing after it.</param>
    /// <param name="minimumRsaBits">
    /// The smallest RSA modulus to read: <see cref="MinimumRsaBits"/>, or down to <see cref="MinimumLegacyRsaBits"/> where an <see cref="AlgorithmRule"/> judges
    /// the key afterwards.
    /// </param>
    /// <param name="issuer">The key that certified this one: a DSA key without parameters takes them from it (RFC 5280 §6.1.4 (f)). Null refuses such a key.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="minimumRsaBits"/> is below 1024 or above 8192.</exception>
    public static MedIdResult<PublicKey> FromSubjectPublicKeyInfo(ReadOnlySpan<byte> der, int minimumRsaBits = MinimumRsaBits, PublicKey? issuer = null) =>
        SubjectPublicKeyInfo.Read(der, CheckedMinimum(minimumRsaBits), issuer);

    /// <summary>Reads a DER RSAPublicKey (RFC 8017 A.1.1).</summary>
    /// <param name="der">The whole structure, nothing after it.</param>
    /// <param name="minimumRsaBits">As in <see cref="FromSubjectPublicKeyInfo"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="minimumRsaBits"/> is below 1024 or above 8192.</exception>
    public static MedIdResult<PublicKey> FromPkcs1(ReadOnlySpan<byte> der, int minimumRsaBits = MinimumRsaBits) =>
        SubjectPublicKeyInfo.ReadRsaPublicKey(der, CheckedMinimum(minimumRsaBits));

    /// <summary>Reads an uncompressed point, <c>04 || X || Y</c> (SEC 1 §2.3.3; UAF ALG_KEY_ECC_X962_RAW).</summary>
    /// <param name="kind">The curve, which the bytes do not name.</param>
    /// <param name="point">The point; 65 bytes for P-256 and secp256k1.</param>
    /// <exception cref="ArgumentException"><paramref name="kind"/> is no curve.</exception>
    public static MedIdResult<PublicKey> FromUncompressedPoint(KeyKind kind, ReadOnlySpan<byte> point)
    {
        var curve = EllipticCurve.Of(kind) ?? throw new ArgumentException("Not a curve with uncompressed points.", nameof(kind));
        return point.Length == 1 + (2 * curve.FieldLength) && point[0] == 0x04
            ? FromCoordinates(curve, point[1..(1 + curve.FieldLength)].ToArray(), point[(1 + curve.FieldLength)..].ToArray())
            : Malformed("SEC 1 §2.3.4", "not an uncompressed point of the curve's length");
    }

    /// <summary>Reads the encoded point of an Ed25519 or Ed448 key (RFC 8032 §5.1.5, §5.2.5): canonical, on the curve, and of no small order.</summary>
    /// <param name="kind">Which of the two.</param>
    /// <param name="point">32 or 57 bytes.</param>
    /// <exception cref="ArgumentException"><paramref name="kind"/> is neither.</exception>
    public static MedIdResult<PublicKey> FromEdwardsPoint(KeyKind kind, ReadOnlySpan<byte> point)
    {
        if (kind is not (KeyKind.Ed25519 or KeyKind.Ed448))
        {
            throw new ArgumentException("Not an Edwards curve.", nameof(kind));
        }

        var (length, section) = kind == KeyKind.Ed25519 ? (Point25519.Length, "RFC 8032 §5.1.3") : (Point448.Length, "RFC 8032 §5.2.3");
        if (point.Length != length)
        {
            return Malformed(section, "an encoded point has 32 or 57 bytes");
        }

        var encoded = point.ToArray();
        var verifier = default(IEdwardsVerifier);
        EdwardsKeyReading reading;
        if (kind == KeyKind.Ed25519)
        {
            (reading, verifier) = (Ed25519Verifier.Read(encoded, out var ed25519), ed25519);
        }
        else
        {
            (reading, verifier) = (Ed448Verifier.Read(encoded, out var ed448), ed448);
        }

        return reading switch
        {
            EdwardsKeyReading.Good => new PublicKey(new EdwardsKeyMaterial(kind, encoded, verifier!)),
            EdwardsKeyReading.SmallOrder => new MedIdError(CryptographyErrorCodes.KeySmallOrder, ErrorCategory.Untrusted, section),
            _ => new MedIdError(CryptographyErrorCodes.KeyPointNotOnCurve, ErrorCategory.Untrusted, section),
        };
    }

    /// <summary>Takes an RSA key with an odd exponent from 3 to 64 bits.</summary>
    /// <param name="modulus">n, big-endian, without leading zeros.</param>
    /// <param name="exponent">e, big-endian, without leading zeros.</param>
    /// <param name="minimumRsaBits">As in <see cref="FromSubjectPublicKeyInfo"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="minimumRsaBits"/> is below 1024 or above 8192.</exception>
    public static MedIdResult<PublicKey> FromRsa(ReadOnlySpan<byte> modulus, ReadOnlySpan<byte> exponent, int minimumRsaBits = MinimumRsaBits)
    {
        _ = CheckedMinimum(minimumRsaBits);
        if (modulus.IsEmpty || exponent.IsEmpty || modulus[0] == 0 || exponent[0] == 0)
        {
            return Malformed("RFC 7518 §6.3.1", "modulus and exponent are numbers without leading zeros");
        }

        var bits = (modulus.Length * 8) - byte.LeadingZeroCount(modulus[0]);
        if (bits < minimumRsaBits || bits > MaximumRsaBits)
        {
            return Unsupported("RFC 7518 §3.5", $"an RSA key has {minimumRsaBits} to {MaximumRsaBits} bits");
        }

        // FIPS 186-5 A.1.1 asks for an odd exponent above 2^16; keys with 3 are in use and verify safely with the strict paddings of this table.
        if ((exponent[^1] & 1) == 0 || (exponent.Length == 1 && exponent[0] < 3) || exponent.Length > MaximumExponentLength || (modulus[^1] & 1) == 0)
        {
            return Malformed("RFC 8017 §3.1", "modulus and exponent are odd, the exponent from 3 to 64 bits");
        }

        var (n, e) = (modulus.ToArray(), exponent.ToArray());
        try
        {
            return new PublicKey(new RsaKeyMaterial(n, e));
        }
        catch (CryptographicException)
        {
            return Unsupported("RFC 8017 §3.1", "this platform does not take the key");
        }
    }

    /// <summary>Reads an encoded ML-DSA key (FIPS 204 §7.2 pkDecode).</summary>
    /// <param name="kind">Which parameter set.</param>
    /// <param name="encoded">1312, 1952 or 2592 bytes.</param>
    /// <returns>The key; <see cref="CryptographyErrorCodes.AlgorithmUnsupportedHere"/> where the platform has no ML-DSA.</returns>
    /// <exception cref="ArgumentException"><paramref name="kind"/> is not ML-DSA.</exception>
    public static MedIdResult<PublicKey> FromMlDsa(KeyKind kind, ReadOnlySpan<byte> encoded)
    {
        var parameters = MlDsaKeyMaterial.ParametersOf(kind) ?? throw new ArgumentException("Not ML-DSA.", nameof(kind));
        if (encoded.Length != parameters.PublicKeySizeInBytes)
        {
            return Malformed("FIPS 204 §4", $"a key of {parameters.Name} has {parameters.PublicKeySizeInBytes} bytes");
        }

        if (!MLDsa.IsSupported)
        {
            return new MedIdError(CryptographyErrorCodes.AlgorithmUnsupportedHere, ErrorCategory.Unsupported, "FIPS 204", $"this platform has no {parameters.Name}");
        }

        try
        {
            return new PublicKey(new MlDsaKeyMaterial(kind, parameters, encoded.ToArray()));
        }
        catch (CryptographicException)
        {
            return Unsupported("FIPS 204", "this platform does not take the key");
        }
    }

    internal static MedIdResult<PublicKey> FromCoordinates(EllipticCurve curve, byte[] x, byte[] y)
    {
        if (!curve.Contains(x, y))
        {
            return new MedIdError(CryptographyErrorCodes.KeyPointNotOnCurve, ErrorCategory.Untrusted, "SP 800-56A r3 §5.6.2.3.4");
        }

        try
        {
            return new PublicKey(new EcKeyMaterial(curve, x, y));
        }
        catch (Exception e) when (e is CryptographicException or PlatformNotSupportedException)
        {
            return Unsupported("RFC 5480 §2.1.1.1", "this platform lacks the curve");
        }
    }

    private static MedIdResult<PublicKey> FromEcJwk(JsonElement jwk)
    {
        var curve = Text(jwk, "crv") switch
        {
            "P-256" => EllipticCurve.P256,
            "P-384" => EllipticCurve.P384,
            "P-521" => EllipticCurve.P521,
            "secp256k1" => EllipticCurve.Secp256k1,
            _ => null,
        };
        if (curve is null)
        {
            return Unsupported("RFC 7518 §6.2.1.1", "crv is none of P-256, P-384, P-521, secp256k1");
        }

        return Number(jwk, "x") is { } x && Number(jwk, "y") is { } y && x.Length == curve.FieldLength && y.Length == curve.FieldLength
            ? FromCoordinates(curve, x, y)
            : Malformed("RFC 7518 §6.2.1.2", "x and y are base64url of exactly the field's length");
    }

    private static MedIdResult<PublicKey> FromRsaJwk(JsonElement jwk) => Number(jwk, "n") is { } n && Number(jwk, "e") is { } e
        ? FromRsa(n, e)
        : Malformed("RFC 7518 §6.3.1", "n and e are base64url");

    private static MedIdResult<PublicKey> FromOkpJwk(JsonElement jwk)
    {
        KeyKind? kind = Text(jwk, "crv") switch
        {
            "Ed25519" => KeyKind.Ed25519,
            "Ed448" => KeyKind.Ed448,
            _ => null,
        };
        return kind is null ? Unsupported("RFC 8037 §2", "crv is neither Ed25519 nor Ed448")
            : Number(jwk, "x") is { } x ? FromEdwardsPoint(kind.Value, x)
            : Malformed("RFC 8037 §2", "x is base64url");
    }

    private static int CheckedMinimum(int bits)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bits, MinimumLegacyRsaBits);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, MaximumRsaBits);
        return bits;
    }

    private static string? Text(JsonElement jwk, string name) =>
        jwk.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static byte[]? Number(JsonElement jwk, string name) => StrictBase64Url.Decode(Text(jwk, name), (MaximumRsaBits / 8) + 1).Value;

    private static MedIdError Malformed(string section, string detail) => new(CryptographyErrorCodes.KeyMalformed, ErrorCategory.Malformed, section, detail);

    private static MedIdError Unsupported(string section, string detail) => new(CryptographyErrorCodes.KeyUnsupported, ErrorCategory.Unsupported, section, detail);
}
