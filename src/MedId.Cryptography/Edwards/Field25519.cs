using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace MedId.Cryptography;

/// <summary>A number modulo p = 2^255 - 19 in five limbs of 51 bits, each kept below 2^52. Not constant in time: it only ever sees public data.</summary>
internal readonly struct Field25519
{
    private const ulong Mask = (1UL << 51) - 1;

    private readonly ulong _a;
    private readonly ulong _b;
    private readonly ulong _c;
    private readonly ulong _d;
    private readonly ulong _e;

    private Field25519(ulong a, ulong b, ulong c, ulong d, ulong e)
    {
        // One round of carries; what leaves the top comes back times 19, because 2^255 = 19.
        b += a >> 51;
        c += b >> 51;
        d += c >> 51;
        e += d >> 51;
        (_a, _b, _c, _d, _e) = ((a & Mask) + (19 * (e >> 51)), b & Mask, c & Mask, d & Mask, e & Mask);
    }

    public static Field25519 Zero => default;

    public static Field25519 One { get; } = new(1, 0, 0, 0, 0);

    public bool IsZero => Encode() is (0, 0, 0, 0);

    /// <summary>The least significant bit, which RFC 8032 §5.1.2 calls the sign.</summary>
    public bool IsOdd => (Encode().A & 1) == 1;

    public static Field25519 operator +(in Field25519 x, in Field25519 y) => new(x._a + y._a, x._b + y._b, x._c + y._c, x._d + y._d, x._e + y._e);

    /// <summary>x + 2p - y, so that no limb is negative.</summary>
    public static Field25519 operator -(in Field25519 x, in Field25519 y) => new(
        x._a + (2 * (Mask - 18)) - y._a, x._b + (2 * Mask) - y._b, x._c + (2 * Mask) - y._c, x._d + (2 * Mask) - y._d, x._e + (2 * Mask) - y._e);

    public static Field25519 operator -(in Field25519 x) => Zero - x;

    public static Field25519 operator *(in Field25519 x, in Field25519 y)
    {
        var (yb, yc, yd, ye) = (19 * y._b, 19 * y._c, 19 * y._d, 19 * y._e);
        var a = Sum(x._a, y._a, x._b, ye, x._c, yd, x._d, yc, x._e, yb, 0, out var carry);
        var b = Sum(x._a, y._b, x._b, y._a, x._c, ye, x._d, yd, x._e, yc, carry, out carry);
        var c = Sum(x._a, y._c, x._b, y._b, x._c, y._a, x._d, ye, x._e, yd, carry, out carry);
        var d = Sum(x._a, y._d, x._b, y._c, x._c, y._b, x._d, y._a, x._e, ye, carry, out carry);
        var e = Sum(x._a, y._e, x._b, y._d, x._c, y._c, x._d, y._b, x._e, y._a, carry, out carry);

        // The top carry has at most 61 bits: times 19 it needs more than a word.
        var high = Math.BigMul(carry, 19, out var low);
        low += a;
        high += low < a ? 1UL : 0UL;
        return new(low & Mask, b + ((low >> 51) | (high << 13)), c, d, e);
    }

    public static Field25519 FromInt32(int value) => new((ulong)value, 0, 0, 0, 0);

    /// <summary>Reads 255 bits, little-endian; the highest bit of the last octet is left out.</summary>
    public static Field25519 Decode(ReadOnlySpan<byte> bytes)
    {
        var (a, b) = (BinaryPrimitives.ReadUInt64LittleEndian(bytes), BinaryPrimitives.ReadUInt64LittleEndian(bytes[8..]));
        var (c, d) = (BinaryPrimitives.ReadUInt64LittleEndian(bytes[16..]), BinaryPrimitives.ReadUInt64LittleEndian(bytes[24..]));
        return new(a & Mask, ((a >> 51) | (b << 13)) & Mask, ((b >> 38) | (c << 26)) & Mask, ((c >> 25) | (d << 39)) & Mask, (d >> 12) & Mask);
    }

    public void CopyTo(Span<byte> bytes)
    {
        var (a, b, c, d) = Encode();
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, a);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], b);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[16..], c);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[24..], d);
    }

    public Field25519 Square() => this * this;

    /// <summary>x^(p-2), Fermat's inverse: p - 2 = 32 (2^250 - 1) + 11.</summary>
    public Field25519 Invert()
    {
        var square = Square();
        return Ones(250).Square(5) * (square.Square(2) * square * this);
    }

    /// <summary>x^((p-5)/8) = x^(4 (2^250 - 1) + 1), for square roots (RFC 8032 §5.1.3).</summary>
    public Field25519 RootPower() => Ones(250).Square(2) * this;

    public Field25519 Square(int times)
    {
        var result = this;
        for (var i = 0; i < times; i++)
        {
            result = result.Square();
        }

        return result;
    }

    public bool IsSame(in Field25519 other) => (this - other).IsZero;

    /// <summary>x^(2^n - 1), by halving n.</summary>
    private Field25519 Ones(int n)
    {
        if (n == 1)
        {
            return this;
        }

        var half = Ones(n / 2);
        var both = half.Square(n / 2) * half;
        return n % 2 == 0 ? both : both.Square() * this;
    }

    /// <summary>Five products and a carry: 51 bits of it, and what goes to the next limb.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Sum(ulong a, ulong b, ulong c, ulong d, ulong e, ulong f, ulong g, ulong h, ulong i, ulong j, ulong carry, out ulong next)
    {
        var high = Math.BigMul(a, b, out var low);
        low += carry;
        high += low < carry ? 1UL : 0UL;
        Add(c, d, ref high, ref low);
        Add(e, f, ref high, ref low);
        Add(g, h, ref high, ref low);
        Add(i, j, ref high, ref low);
        next = (low >> 51) | (high << 13);
        return low & Mask;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(ulong x, ulong y, ref ulong high, ref ulong low)
    {
        var upper = Math.BigMul(x, y, out var lower);
        low += lower;
        high += upper + (low < lower ? 1UL : 0UL);
    }

    /// <summary>The number below p in four words, little-endian.</summary>
    private (ulong A, ulong B, ulong C, ulong D) Encode()
    {
        // The constructor leaves at most a few units above 51 bits in the first limb; a second round leaves none that counts.
        var x = new Field25519(_a, _b, _c, _d, _e);
        var (a, b, c, d, e) = (x._a, x._b, x._c, x._d, x._e);

        // x is below 2p: it is p or more exactly when x + 19 reaches 2^255, and then x - p = x + 19 - 2^255.
        var quotient = (((((((((a + 19) >> 51) + b) >> 51) + c) >> 51) + d) >> 51) + e) >> 51;
        a += 19 * quotient;
        b += a >> 51;
        c += b >> 51;
        d += c >> 51;
        e += d >> 51;
        (a, b, c, d, e) = (a & Mask, b & Mask, c & Mask, d & Mask, e & Mask);
        return (a | (b << 51), (b >> 13) | (c << 38), (c >> 26) | (d << 25), (d >> 39) | (e << 12));
    }
}
