using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace MedId.Testing;

/// <summary>TEST ONLY: Ed25519 and Ed448 (RFC 8032 §5) with whole numbers of any size. It is slow and its time tells the key; nothing real may be signed with it.</summary>
internal sealed class TestOnlyEdwardsSigner
{
    private readonly bool _is448;
    private readonly BigInteger _p;
    private readonly BigInteger _a;
    private readonly BigInteger _d;
    private readonly BigInteger _order;
    private readonly (BigInteger X, BigInteger Y, BigInteger Z) _base;
    private readonly int _length;
    private readonly BigInteger _scalar;
    private readonly byte[] _prefix;

    private TestOnlyEdwardsSigner(bool is448)
    {
        _is448 = is448;
        _length = is448 ? 57 : 32;
        _p = is448 ? BigInteger.Pow(2, 448) - BigInteger.Pow(2, 224) - 1 : BigInteger.Pow(2, 255) - 19;
        _a = is448 ? 1 : -1;
        _d = is448 ? -39081 : Reduce(-121665 * Inverse(121666));
        _order = is448
            ? BigInteger.Pow(2, 446) - Number("13818066809895115352007386748515426880336692474882178609894547503885")
            : BigInteger.Pow(2, 252) + Number("27742317777372353535851937790883648493");
        _base = is448
            ? (Number("224580040295924300187604334099896036246789641632564134246125461686950415467406032909029192869357953282578032075146446173674602635247710"),
                Number("298819210078481492676017930443930673437544040154080242095928241372331506189835876003536878655418784733982303233503462500531545062832660"),
                BigInteger.One)
            : (Number("15112221349535400772501151409588531511454012693041857206046113283949847762202"),
                Number("46316835694926478169428394003475163141307993866256225615783033603165251855960"),
                BigInteger.One);

        var expanded = Hash(RandomNumberGenerator.GetBytes(_length));
        expanded[0] &= is448 ? (byte)0xFC : (byte)0xF8;
        if (is448)
        {
            expanded[55] |= 0x80;
            expanded[56] = 0;
        }
        else
        {
            expanded[31] = (byte)((expanded[31] & 0x7F) | 0x40);
        }

        _scalar = new(expanded.AsSpan(0, _length), isUnsigned: true);
        _prefix = expanded[_length..];
        PublicKey = Encode(Multiply(_scalar));
    }

    /// <summary>Ed448 needs SHAKE256, which old platforms do not have.</summary>
    public static bool SupportsEd448 => Shake256.IsSupported;

    public byte[] PublicKey { get; }

    public static TestOnlyEdwardsSigner CreateEd25519() => new(is448: false);

    public static TestOnlyEdwardsSigner CreateEd448() => new(is448: true);

    public byte[] Sign(byte[] message)
    {
        byte[] domain = _is448 ? [.. Encoding.ASCII.GetBytes("SigEd448"), 0, 0] : [];
        var nonce = new BigInteger(Hash([.. domain, .. _prefix, .. message]), isUnsigned: true) % _order;
        var point = Encode(Multiply(nonce));
        var challenge = new BigInteger(Hash([.. domain, .. point, .. PublicKey, .. message]), isUnsigned: true) % _order;
        return [.. point, .. Bytes((nonce + (challenge * _scalar)) % _order)];
    }

    private static BigInteger Number(string digits) => BigInteger.Parse(digits, CultureInfo.InvariantCulture);

    private byte[] Hash(byte[] data) => _is448 ? Shake256.HashData(data, 2 * _length) : SHA512.HashData(data);

    private BigInteger Reduce(BigInteger value) => ((value % _p) + _p) % _p;

    private BigInteger Inverse(BigInteger value) => BigInteger.ModPow(Reduce(value), _p - 2, _p);

    private (BigInteger X, BigInteger Y, BigInteger Z) Multiply(BigInteger scalar)
    {
        var (x, y, z) = (BigInteger.Zero, BigInteger.One, BigInteger.One);
        for (var bit = (int)scalar.GetBitLength() - 1; bit >= 0; bit--)
        {
            (x, y, z) = Add((x, y, z), (x, y, z));
            if (!((scalar >> bit) & 1).IsZero)
            {
                (x, y, z) = Add((x, y, z), _base);
            }
        }

        return (x, y, z);
    }

    // The complete addition of twisted Edwards curves in projective coordinates.
    private (BigInteger X, BigInteger Y, BigInteger Z) Add((BigInteger X, BigInteger Y, BigInteger Z) left, (BigInteger X, BigInteger Y, BigInteger Z) right)
    {
        var a = Reduce(left.Z * right.Z);
        var b = Reduce(a * a);
        var c = Reduce(left.X * right.X);
        var d = Reduce(left.Y * right.Y);
        var e = Reduce(_d * c * d);
        var f = b - e;
        var g = b + e;
        return (
            Reduce(a * f * (((left.X + left.Y) * (right.X + right.Y)) - c - d)),
            Reduce(a * g * (d - (_a * c))),
            Reduce(f * g));
    }

    private byte[] Encode((BigInteger X, BigInteger Y, BigInteger Z) point)
    {
        var inverse = Inverse(point.Z);
        var bytes = Bytes(Reduce(point.Y * inverse));
        bytes[^1] |= (byte)(Reduce(point.X * inverse).IsEven ? 0 : 0x80);
        return bytes;
    }

    private byte[] Bytes(BigInteger number)
    {
        var bytes = number.ToByteArray(isUnsigned: true);
        return [.. bytes, .. new byte[_length - bytes.Length]];
    }
}
