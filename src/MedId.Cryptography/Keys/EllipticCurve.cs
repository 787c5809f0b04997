using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;

namespace MedId.Cryptography;

/// <summary>The domain parameters needed to judge a point and a signature before a platform sees them (SEC 2 v2 §2; FIPS 186-4 D.1.2).</summary>
internal sealed class EllipticCurve
{
    private readonly BigInteger _prime;
    private readonly BigInteger _a;
    private readonly BigInteger _b;
    private readonly byte[] _order;

    private EllipticCurve(KeyKind kind, string joseName, string oid, int fieldLength, string prime, int a, string b, string order)
    {
        Kind = kind;
        JoseName = joseName;
        Oid = oid;
        FieldLength = fieldLength;
        Curve = ECCurve.CreateFromValue(oid);
        _prime = Number(prime);
        _a = a;
        _b = Number(b);
        _order = Convert.FromHexString(order.PadLeft(fieldLength * 2, '0'));
    }

    public static EllipticCurve P256 { get; } = new(
        KeyKind.P256,
        "P-256",
        "1.2.840.10045.3.1.7",
        32,
        "FFFFFFFF00000001000000000000000000000000FFFFFFFFFFFFFFFFFFFFFFFF",
        -3,
        "5AC635D8AA3A93E7B3EBBD55769886BC651D06B0CC53B0F63BCE3C3E27D2604B",
        "FFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551");

    public static EllipticCurve P384 { get; } = new(
        KeyKind.P384,
        "P-384",
        "1.3.132.0.34",
        48,
        "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFFFF0000000000000000FFFFFFFF",
        -3,
        "B3312FA7E23EE7E4988E056BE3F82D19181D9C6EFE8141120314088F5013875AC656398D8A2ED19D2A85C8EDD3EC2AEF",
        "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFC7634D81F4372DDF581A0DB248B0A77AECEC196ACCC52973");

    public static EllipticCurve P521 { get; } = new(
        KeyKind.P521,
        "P-521",
        "1.3.132.0.35",
        66,
        "1FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF",
        -3,
        "51953EB9618E1C9A1F929A21A0B68540EEA2DA725B99B315F3B8B489918EF109E156193951EC7E937B1652C0BD3BB1BF073573DF883D2C34F1EF451FD46B503F00",
        "1FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFA51868783BF2F966B7FCC0148F709A5D03BB5C9B8899C47AEBB6FB71E91386409");

    public static EllipticCurve Secp256k1 { get; } = new(
        KeyKind.Secp256k1,
        "secp256k1",
        "1.3.132.0.10",
        32,
        "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEFFFFFC2F",
        0,
        "07",
        "FFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFEBAAEDCE6AF48A03BBFD25E8CD0364141");

    public KeyKind Kind { get; }

    public string JoseName { get; }

    public string Oid { get; }

    public int FieldLength { get; }

    public ECCurve Curve { get; }

    public static EllipticCurve? Of(KeyKind kind) => kind switch
    {
        KeyKind.P256 => P256,
        KeyKind.P384 => P384,
        KeyKind.P521 => P521,
        KeyKind.Secp256k1 => Secp256k1,
        _ => null,
    };

    public static EllipticCurve? OfOid(string oid) => Array.Find([P256, P384, P521, Secp256k1], c => string.Equals(c.Oid, oid, StringComparison.Ordinal));

    /// <summary>SP 800-56A r3 §5.6.2.3.4: coordinates in range and on the curve; all four curves have cofactor 1, so that is a full validation.</summary>
    public bool Contains(ReadOnlySpan<byte> x, ReadOnlySpan<byte> y)
    {
        var (bx, by) = (new BigInteger(x, isUnsigned: true, isBigEndian: true), new BigInteger(y, isUnsigned: true, isBigEndian: true));
        if (bx >= _prime || by >= _prime)
        {
            return false;
        }

        var right = ((((bx * bx) + _a) * bx) + _b) % _prime;
        var left = by * by % _prime;
        return left == (right.Sign < 0 ? right + _prime : right);
    }

    /// <summary>Whether a big-endian number of the field's length is in [1, n-1], as r and s have to be (FIPS 186-5 §6.4.2 step 1).</summary>
    public bool IsScalar(ReadOnlySpan<byte> number) =>
        number.Length == FieldLength && number.ContainsAnyExcept((byte)0) && number.SequenceCompareTo(_order) < 0;

    private static BigInteger Number(string hex) => BigInteger.Parse("0" + hex, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
