namespace MedId.Cryptography;

/// <summary>A point of Edwards448, x² + y² = 1 + d x² y² with d = -39081, in projective coordinates: x = X/Z, y = Y/Z (RFC 8032 §5.2.4).</summary>
internal readonly struct Point448
{
    public const int Length = 57;
    private const int TableSize = 8;

    private static readonly Field448 D = -Field448.FromInt32(39081);

    private readonly Field448 _x;
    private readonly Field448 _y;
    private readonly Field448 _z;

    private Point448(in Field448 x, in Field448 y, in Field448 z)
    {
        (_x, _y, _z) = (x, y, z);
    }

    public static Point448 Identity { get; } = new(Field448.Zero, Field448.One, Field448.One);

    /// <summary>The odd multiples of the base point (RFC 8032 §5.2).</summary>
    public static Point448[] BaseTable { get; } = MakeBaseTable();

    /// <summary>Whether four times the point is the neutral element: it has no part of the large prime order.</summary>
    public bool IsOfSmallOrder
    {
        get
        {
            var multiple = Double().Double();
            return multiple._x.IsZero && multiple._y.IsSame(multiple._z);
        }
    }

    /// <summary>RFC 8032 §5.2.3, step by step; refuses encodings that are not canonical.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> bytes, out Point448 point)
    {
        point = default;
        if (bytes.Length != Length)
        {
            return false;
        }

        // Step 1: y is below p, the last octet holds the sign and nothing else.
        var y = Field448.Decode(bytes);
        Span<byte> canonical = stackalloc byte[Length];
        y.CopyTo(canonical);
        var sign = bytes[^1] >> 7;
        canonical[^1] = (byte)(sign << 7);
        if (!canonical.SequenceEqual(bytes))
        {
            return false;
        }

        // Steps 2 and 3: x = sqrt(u/v) = u³ v (u⁵ v³)^((p-3)/4).
        var square = y.Square();
        var (u, v) = (square - Field448.One, (D * square) - Field448.One);
        var cube = u.Square() * u * v;
        var x = cube * (cube * (u * v).Square()).RootPower();
        if (!(v * x.Square()).IsSame(u))
        {
            return false;
        }

        // Step 4: x = 0 has no sign.
        if (x.IsZero && sign == 1)
        {
            return false;
        }

        point = new(x.IsOdd == (sign == 1) ? x : -x, y, Field448.One);
        return true;
    }

    public void Encode(Span<byte> bytes)
    {
        var inverse = _z.Invert();
        (_y * inverse).CopyTo(bytes);
        bytes[Length - 1] = (byte)((_x * inverse).IsOdd ? 0x80 : 0);
    }

    public Point448 Add(in Point448 other)
    {
        var a = _z * other._z;
        var b = a.Square();
        var (c, d) = (_x * other._x, _y * other._y);
        var e = D * c * d;
        var (f, g) = (b - e, b + e);
        var h = (_x + _y) * (other._x + other._y);
        return new(a * f * (h - c - d), a * g * (d - c), f * g);
    }

    public Point448 Double()
    {
        var (c, d, h) = (_x.Square(), _y.Square(), _z.Square());
        var e = c + d;
        var j = e - (h + h);
        return new(((_x + _y).Square() - e) * j, e * (c - d), e * j);
    }

    public Point448 Negate() => new(-_x, _y, _z);

    /// <summary>1, 3, 5 … 15 times the point.</summary>
    public Point448[] OddMultiples()
    {
        var table = new Point448[TableSize];
        var twice = Double();
        table[0] = this;
        for (var i = 1; i < TableSize; i++)
        {
            table[i] = table[i - 1].Add(twice);
        }

        return table;
    }

    /// <summary>The sum of two multiples, by doubling once for both; the tables hold odd multiples and the digits are of <see cref="SignedWindow"/>.</summary>
    public static Point448 Sum(ReadOnlySpan<sbyte> first, Point448[] firstTable, ReadOnlySpan<sbyte> second, Point448[] secondTable)
    {
        var sum = Identity;
        for (var i = first.Length - 1; i >= 0; i--)
        {
            sum = sum.Double().Add(first[i], firstTable).Add(second[i], secondTable);
        }

        return sum;
    }

    private static Point448[] MakeBaseTable() =>
        TryDecode(Convert.FromHexString("14FA30F25B790898ADC8D74E2C13BDFDC4397CE61CFFD33AD7C2A0051E9C78874098A36C7373EA4B62C7C9563720768824BCB66E71463F6900"), out var point)
            ? point.OddMultiples()
            : throw new InvalidOperationException("The base point is on the curve.");

    private Point448 Add(sbyte digit, Point448[] table) => digit switch
    {
        0 => this,
        > 0 => Add(table[digit / 2]),
        _ => Add(table[-digit / 2].Negate()),
    };
}
