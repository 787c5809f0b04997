using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;

namespace MedId.Cryptography.Tests;

/// <summary>EdDSA once more, slowly and by the book with <see cref="BigInteger"/>: signs, and makes the points that only an attacker makes.</summary>
internal sealed class ReferenceCurve
{
    private readonly BigInteger _p;
    private readonly BigInteger _a;
    private readonly BigInteger _d;
    private readonly int _length;

    private ReferenceCurve(KeyKind kind, BigInteger p, BigInteger a, BigInteger d, BigInteger order, int cofactor, int length)
    {
        (Kind, _p, _a, _d, Order, Cofactor, _length) = (kind, p, Mod(a, p), Mod(d, p), order, cofactor, length);
        Base = kind == KeyKind.Ed25519
            ? Decode(ToBytes(Mod(4 * Inverse(5), p)))!.Value
            : Decode(Convert.FromHexString("14FA30F25B790898ADC8D74E2C13BDFDC4397CE61CFFD33AD7C2A0051E9C78874098A36C7373EA4B62C7C9563720768824BCB66E71463F6900"))!.Value;
        Torsion = FindTorsion();
    }

    public static ReferenceCurve Ed25519 { get; } = new(
        KeyKind.Ed25519,
        BigInteger.Pow(2, 255) - 19,
        -1,
        -121665 * BigInteger.ModPow(121666, BigInteger.Pow(2, 255) - 21, BigInteger.Pow(2, 255) - 19),
        BigInteger.Pow(2, 252) + BigInteger.Parse("27742317777372353535851937790883648493", CultureInfo.InvariantCulture),
        8,
        32);

    public static ReferenceCurve Ed448 { get; } = new(
        KeyKind.Ed448,
        BigInteger.Pow(2, 448) - BigInteger.Pow(2, 224) - 1,
        1,
        -39081,
        BigInteger.Pow(2, 446) - BigInteger.Parse("13818066809895115352007386748515426880336692474882178609894547503885", CultureInfo.InvariantCulture),
        4,
        57);

    public KeyKind Kind { get; }

    public BigInteger Prime => _p;

    public BigInteger Order { get; }

    public int Cofactor { get; }

    public Point Base { get; }

    /// <summary>A point whose order is the cofactor.</summary>
    public Point Torsion { get; }

    public static Point Neutral => new(BigInteger.Zero, BigInteger.One);

    public static ReferenceCurve Of(KeyKind kind) => kind == KeyKind.Ed25519 ? Ed25519 : Ed448;

    public Point Add(Point p, Point q)
    {
        var product = Mod(_d * p.X * q.X * p.Y * q.Y, _p);
        return new(
            Mod(((p.X * q.Y) + (p.Y * q.X)) * Inverse(1 + product), _p),
            Mod(((p.Y * q.Y) - (_a * p.X * q.X)) * Inverse(1 - product), _p));
    }

    public Point Negate(Point p) => new(Mod(-p.X, _p), p.Y);

    public Point Multiply(BigInteger scalar, Point point)
    {
        // Projective, because an inverse for each addition would take the tests minutes.
        var (x, y, z) = (BigInteger.Zero, BigInteger.One, BigInteger.One);
        for (var i = (int)scalar.GetBitLength() - 1; i >= 0; i--)
        {
            (x, y, z) = Add((x, y, z), (x, y, z));
            if (!((scalar >> i) & 1).IsZero)
            {
                (x, y, z) = Add((x, y, z), (point.X, point.Y, BigInteger.One));
            }
        }

        var inverse = Inverse(z);
        return new(Mod(x * inverse, _p), Mod(y * inverse, _p));
    }

    public byte[] Encode(Point point)
    {
        var bytes = ToBytes(point.Y);
        bytes[^1] |= (byte)(point.X.IsEven ? 0 : 0x80);
        return bytes;
    }

    /// <summary>Reads also what is not canonical; null where no point is.</summary>
    public Point? Decode(byte[] encoded)
    {
        var bytes = encoded.ToArray();
        var sign = bytes[^1] >> 7;
        bytes[^1] &= 0x7F;
        var y = Mod(new BigInteger(bytes, isUnsigned: true), _p);
        var x = Root(Mod((Mod(y * y, _p) - 1) * Inverse((_d * y * y) - _a), _p));
        return x is null ? null : new Point(x.Value.IsEven == (sign == 0) ? x.Value : Mod(-x.Value, _p), y);
    }

    public BigInteger Hash(byte[] r, byte[] key, byte[] message)
    {
        byte[] dom4 = [.. "SigEd448"u8, 0, 0];
        return new BigInteger(
            Kind == KeyKind.Ed25519
                ? SHA512.HashData([.. r, .. key, .. message])
                : System.Security.Cryptography.Shake256.HashData([.. dom4, .. r, .. key, .. message], 114),
            isUnsigned: true) % Order;
    }

    /// <summary>A signature with a chosen nonce and any torsion put into R.</summary>
    public byte[] Sign(BigInteger secret, BigInteger nonce, Point torsion, byte[] key, byte[] message)
    {
        var r = Encode(Add(Multiply(nonce, Base), torsion));
        return [.. r, .. ToBytes((nonce + (Hash(r, key, message) * secret)) % Order)];
    }

    /// <summary>Whether [S]B = R + [k]A, times the cofactor or not; S and the encodings are not judged.</summary>
    public bool Holds(byte[] key, byte[] message, byte[] signature, bool cofactored)
    {
        var (r, s) = (signature[.._length], new BigInteger(signature.AsSpan(_length), isUnsigned: true));
        var left = Multiply(s, Base);
        var right = Add(Decode(r)!.Value, Multiply(Hash(r, key, message), Decode(key)!.Value));
        return cofactored ? Multiply(Cofactor, left) == Multiply(Cofactor, right) : left == right;
    }

    public byte[] ToBytes(BigInteger number)
    {
        var bytes = new byte[_length];
        Assert.True(number.TryWriteBytes(bytes, out _, isUnsigned: true));
        return bytes;
    }

    private static BigInteger Mod(BigInteger value, BigInteger p) => ((value % p) + p) % p;

    private (BigInteger X, BigInteger Y, BigInteger Z) Add((BigInteger X, BigInteger Y, BigInteger Z) p, (BigInteger X, BigInteger Y, BigInteger Z) q)
    {
        var a = p.Z * q.Z % _p;
        var (b, c, d) = (a * a % _p, p.X * q.X % _p, p.Y * q.Y % _p);
        var e = _d * c * d % _p;
        var (f, g) = (b - e, b + e);
        return (
            Mod(a * f * (((p.X + p.Y) * (q.X + q.Y)) - c - d), _p),
            Mod(a * g * (d - (_a * c)), _p),
            Mod(f * g, _p));
    }

    private BigInteger Inverse(BigInteger value) => BigInteger.ModPow(Mod(value, _p), _p - 2, _p);

    private BigInteger? Root(BigInteger square)
    {
        var root = Kind == KeyKind.Ed448 ? BigInteger.ModPow(square, (_p + 1) / 4, _p) : BigInteger.ModPow(square, (_p + 3) / 8, _p);
        if (root * root % _p != square)
        {
            root = root * BigInteger.ModPow(2, (_p - 1) / 4, _p) % _p;
        }

        return root * root % _p == square ? root : null;
    }

    /// <summary>The large order times any point leaves its small part; some point has all of it.</summary>
    private Point FindTorsion()
    {
        for (var y = new BigInteger(2); ; y++)
        {
            if (Decode(ToBytes(y)) is { } point)
            {
                var small = Multiply(Order, point);
                if (Multiply(Cofactor / 2, small) != Neutral)
                {
                    return small;
                }
            }
        }
    }

    internal readonly record struct Point(BigInteger X, BigInteger Y);
}
