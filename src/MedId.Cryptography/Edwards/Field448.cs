using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace MedId.Cryptography;

/// <summary>A number modulo p = 2^448 - 2^224 - 1 in eight limbs of 56 bits, each kept below 2^57. Not constant in time: it only ever sees public data.</summary>
internal readonly struct Field448
{
    private const int Limbs = 8;
    private const ulong Mask = (1UL << 56) - 1;

    private readonly Words _words;

    private Field448(in Words words)
    {
        _words = words;
        Carry(ref _words);
    }

    public static Field448 Zero => default;

    public static Field448 One { get; } = FromInt32(1);

    public bool IsZero
    {
        get
        {
            Words words = Reduced();
            return !((ReadOnlySpan<ulong>)words).ContainsAnyExcept(0UL);
        }
    }

    /// <summary>The least significant bit, which RFC 8032 §5.2.2 calls the sign.</summary>
    public bool IsOdd => (Reduced()[0] & 1) == 1;

    public static Field448 operator +(in Field448 x, in Field448 y)
    {
        var sum = x._words;
        for (var i = 0; i < Limbs; i++)
        {
            sum[i] += y._words[i];
        }

        return new(sum);
    }

    /// <summary>x + 2p - y, so that no limb is negative: p is all ones, but for the limb of 2^224.</summary>
    public static Field448 operator -(in Field448 x, in Field448 y)
    {
        var difference = x._words;
        for (var i = 0; i < Limbs; i++)
        {
            difference[i] += (2 * (i == Limbs / 2 ? Mask - 1 : Mask)) - y._words[i];
        }

        return new(difference);
    }

    public static Field448 operator -(in Field448 x) => Zero - x;

    public static Field448 operator *(in Field448 x, in Field448 y)
    {
        Span<UInt128> product = stackalloc UInt128[2 * Limbs];
        product.Clear();
        for (var i = 0; i < Limbs; i++)
        {
            for (var j = 0; j < Limbs; j++)
            {
                var high = Math.BigMul(x._words[i], y._words[j], out var low);
                product[i + j] += new UInt128(high, low);
            }
        }

        // 2^448 = 2^224 + 1: what stands eight limbs up comes back to its place and to four limbs above it, the highest first.
        for (var i = (2 * Limbs) - 2; i >= Limbs; i--)
        {
            product[i - Limbs] += product[i];
            product[i - (Limbs / 2)] += product[i];
        }

        UInt128 carry = 0;
        for (var i = 0; i < Limbs; i++)
        {
            carry += product[i];
            product[i] = (ulong)carry & Mask;
            carry >>= 56;
        }

        var result = default(Words);
        product[0] += carry;
        product[Limbs / 2] += carry;
        carry = 0;
        for (var i = 0; i < Limbs; i++)
        {
            carry += product[i];
            result[i] = (ulong)carry & Mask;
            carry >>= 56;
        }

        // At most one unit is left; it stays within the limbs' room.
        result[0] += (ulong)carry;
        result[Limbs / 2] += (ulong)carry;
        return new(result);
    }

    public static Field448 FromInt32(int value)
    {
        var words = default(Words);
        words[0] = (ulong)value;
        return new(words);
    }

    /// <summary>Reads 448 bits, little-endian.</summary>
    public static Field448 Decode(ReadOnlySpan<byte> bytes)
    {
        var words = default(Words);
        for (var i = 0; i < Limbs; i++)
        {
            words[i] = BinaryPrimitives.ReadUInt32LittleEndian(bytes[(7 * i)..]) | ((ulong)bytes[(7 * i) + 4] << 32) | ((ulong)bytes[(7 * i) + 5] << 40) | ((ulong)bytes[(7 * i) + 6] << 48);
        }

        return new(words);
    }

    public void CopyTo(Span<byte> bytes)
    {
        var words = Reduced();
        for (var i = 0; i < 7 * Limbs; i++)
        {
            bytes[i] = (byte)(words[i / 7] >> (8 * (i % 7)));
        }
    }

    public Field448 Square() => this * this;

    /// <summary>x^(p-2), Fermat's inverse: p - 2 = 4 ((p-3)/4) + 1.</summary>
    public Field448 Invert() => RootPower().Square(2) * this;

    /// <summary>x^((p-3)/4), for square roots (RFC 8032 §5.2.3): (p-3)/4 = 2^223 (2^223 - 1) + 2^222 - 1.</summary>
    public Field448 RootPower()
    {
        var ones = Ones(222);
        return (ones.Square() * this).Square(223) * ones;
    }

    public Field448 Square(int times)
    {
        var result = this;
        for (var i = 0; i < times; i++)
        {
            result = result.Square();
        }

        return result;
    }

    public bool IsSame(in Field448 other) => (this - other).IsZero;

    /// <summary>x^(2^n - 1), by halving n.</summary>
    private Field448 Ones(int n)
    {
        if (n == 1)
        {
            return this;
        }

        var half = Ones(n / 2);
        var both = half.Square(n / 2) * half;
        return n % 2 == 0 ? both : both.Square() * this;
    }

    private static void Carry(ref Words words)
    {
        for (var i = 0; i < Limbs - 1; i++)
        {
            words[i + 1] += words[i] >> 56;
            words[i] &= Mask;
        }

        var top = words[Limbs - 1] >> 56;
        words[Limbs - 1] &= Mask;
        words[0] += top;
        words[Limbs / 2] += top;
    }

    /// <summary>The number below p.</summary>
    private Words Reduced()
    {
        var words = _words;
        Carry(ref words);
        Carry(ref words);

        // x is p or more exactly when x + 2^224 + 1 reaches 2^448, and then x - p is that sum without 2^448.
        var sum = words;
        sum[0]++;
        sum[Limbs / 2]++;
        for (var i = 0; i < Limbs - 1; i++)
        {
            sum[i + 1] += sum[i] >> 56;
            sum[i] &= Mask;
        }

        if (sum[Limbs - 1] >> 56 == 0)
        {
            return words;
        }

        sum[Limbs - 1] &= Mask;
        return sum;
    }

    [InlineArray(Limbs)]
    private struct Words
    {
        private ulong _first;
    }
}
