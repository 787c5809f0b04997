namespace MedId.Cryptography;

/// <summary>A point of Edwards25519, -x² + y² = 1 + d x² y², in extended coordinates: x = X/Z, y = Y/Z, x y = T/Z (RFC 8032 §5.1.4).</summary>
internal readonly struct Point25519
{
    public const int Length = 32;
    private const int TableSize = 8;

    private static readonly Field25519 D = -(Field25519.FromInt32(121665) * Field25519.FromInt32(121666).Invert());
    private static readonly Field25519 TwiceD = D + D;

    /// <summary>A root of -1: 2^((p-1)/4), where (p-1)/4 = 2 (p-5)/8 + 1.</summary>
    private static readonly Field25519 RootOfMinusOne = Field25519.FromInt32(2).RootPower().Square() * Field25519.FromInt32(2);

    private readonly Field25519 _x;
    private readonly Field25519 _y;
    private readonly Field25519 _z;
    private readonly Field25519 _t;

    private Point25519(in Field25519 x, in Field25519 y, in Field25519 z, in Field25519 t)
    {
        (_x, _y, _z, _t) = (x, y, z, t);
    }

    public static Point25519 Identity { get; } = new(Field25519.Zero, Field25519.One, Field25519.One, Field25519.Zero);

    /// <summary>The odd multiples of the base point, whose y is 4/5 and whose x is even (RFC 8032 §5.1).</summary>
    public static Point25519[] BaseTable { get; } = MakeBaseTable();

    /// <summary>Whether eight times the point is the neutral element: it has no part of the large prime order.</summary>
    public bool IsOfSmallOrder
    {
        get
        {
            var multiple = Double().Double().Double();
            return multiple._x.IsZero && multiple._y.IsSame(multiple._z);
        }
    }

    /// <summary>RFC 8032 §5.1.3, step by step; refuses encodings that are not canonical.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out Point25519 point)
    {
        point = default;
        if (bytes.Length != Length)
        {
            return false;
        }

        // Step 1: y without its sign bit is below p, and so is written in one way only.
        var y = Field25519.Decode(bytes);
        Span<byte> canonical = stackalloc byte[Length];
        y.CopyTo(canonical);
        var sign = bytes[^1] >> 7;
        canonical[^1] |= (byte)(sign << 7);
        if (!canonical.SequenceEqual(bytes))
        {
            return false;
        }

        // Steps 2 and 3: x = sqrt(u/v) = u v³ (u v⁷)^((p-5)/8), perhaps times the root of -1.
        var square = y.Square();
        var (u, v) = (square - Field25519.One, (D * square) + Field25519.One);
        var cube = v.Square() * v;
        var x = u * cube * (u * cube.Square() * v).RootPower();
        var check = v * x.Square();
        if (!check.IsSame(u))
        {
            if (!check.IsSame(-u))
            {
                return false;
            }

            x *= RootOfMinusOne;
        }

        // Step 4: x = 0 has no sign.
        if (x.IsZero && sign == 1)
        {
            return false;
        }

        x = x.IsOdd == (sign == 1) ? x : -x;
        point = new(x, y, Field25519.One, x * y);
        return true;
    }

    public void Encode(Span<byte> bytes)
    {
        var inverse = _z.Invert();
        (_y * inverse).CopyTo(bytes);
        bytes[Length - 1] |= (byte)((_x * inverse).IsOdd ? 0x80 : 0);
    }

    public Point25519 Add(in Point25519 other)
    {
        var a = (_y - _x) * (other._y - other._x);
        var b = (_y + _x) * (other._y + other._x);
        var c = _t * TwiceD * other._t;
        var d = (_z + _z) * other._z;
        var (e, f, g, h) = (b - a, d - c, d + c, b + a);
        return new(e * f, g * h, f * g, e * h);
    }

    public Point25519 Double()
    {
        var (a, b, z) = (_x.Square(), _y.Square(), _z.Square());
        var h = a + b;
        var e = h - (_x + _y).Square();
        var g = a - b;
        var f = z + z + g;
        return new(e * f, g * h, f * g, e * h);
    }

    public Point25519 Negate() => new(-_x, _y, _z, -_t);

    /// <summary>1, 3, 5 … 15 times the point.</summary>
    public Point25519[] OddMultiples()
    {
        var table = new Point25519[TableSize];
        var twice = Double();
        table[0] = this;
        for (var i = 1; i < TableSize; i++)
        {
            table[i] = table[i - 1].Add(twice);
        }

        return table;
    }

    /// <summary>The sum of two multiples, by doubling once for both; the tables hold odd multiples and the digits are of <see cref="SignedWindow"/>.</summary>
    public static Point25519 Sum(ReadOnlySpan<sbyte> first, Point25519[] firstTable, ReadOnlySpan<sbyte> second, Point25519[] secondTable)
    {
        var sum = Identity;
        for (var i = first.Length - 1; i >= 0; i--)
        {
            sum = sum.Double().Add(first[i], firstTable).Add(second[i], secondTable);
        }

        return sum;
    }

    private static Point25519[] MakeBaseTable()
    {
        Span<byte> encoded = stackalloc byte[Length];
        (Field25519.FromInt32(4) * Field25519.FromInt32(5).Invert()).CopyTo(encoded);
        return TryDecode(encoded, out var point) ? point.OddMultiples() : throw new InvalidOperationException("The base point is on the curve.");
    }

    private Point25519 Add(sbyte digit, Point25519[] table) => digit switch
    {
        0 => this,
        > 0 => Add(table[digit / 2]),
        _ => Add(table[-digit / 2].Negate()),
    };
}
