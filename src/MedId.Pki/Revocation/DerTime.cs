using System.Buffers.Binary;

namespace MedId.Pki;

/// <summary>Times of RFC 5280 §4.1.2.5: UTCTime YYMMDDHHMMSSZ and GeneralizedTime YYYYMMDDHHMMSSZ, eight digits at a time.</summary>
internal static class DerTime
{
    private const int UtcLength = 13;
    private const int GeneralizedLength = 15;
    private const int FirstYearOfUtcTime = 1950;

    /// <summary>Reads the content of a time, or just proves that it is one.</summary>
    public static bool TryRead(byte tag, ReadOnlySpan<byte> content, out DateTimeOffset time)
    {
        time = default;
        if (!TryReadFields(tag, content, out var year, out var fields))
        {
            return false;
        }

        time = new(year, (int)(fields >> 32), (int)(fields >> 24) & 0xFF, (int)(fields >> 16) & 0xFF, (int)(fields >> 8) & 0xFF, (int)fields & 0xFF, TimeSpan.Zero);
        return true;
    }

    public static bool IsTime(byte tag, ReadOnlySpan<byte> content) => TryReadFields(tag, content, out _, out _);

    /// <summary>Month, day, hour, minute, second, one byte each from the fifth byte down.</summary>
    private static bool TryReadFields(byte tag, ReadOnlySpan<byte> content, out int year, out ulong fields)
    {
        (year, fields) = (0, 0);
        var century = 0;
        if (tag == DerSpan.GeneralizedTime)
        {
            if (content.Length != GeneralizedLength || !TryReadTwo(content, out century))
            {
                return false;
            }

            content = content[2..];
        }
        else if (tag != DerSpan.UtcTime)
        {
            return false;
        }

        if (content.Length != UtcLength || content[UtcLength - 1] != (byte)'Z')
        {
            return false;
        }

        // Eight digits (YY MM DD HH) and four (MM SS): a byte is a digit when its high half is 3 and adding 6 leaves it so.
        var date = BinaryPrimitives.ReadUInt64BigEndian(content);
        var clock = BinaryPrimitives.ReadUInt32BigEndian(content[8..]);
        if (((date & 0xF0F0F0F0F0F0F0F0) | (((date + 0x0606060606060606) & 0xF0F0F0F0F0F0F0F0) >> 4)) != 0x3333333333333333
            || ((clock & 0xF0F0F0F0) | (((clock + 0x06060606) & 0xF0F0F0F0) >> 4)) != 0x33333333)
        {
            return false;
        }

        date -= 0x3030303030303030;
        clock -= 0x30303030;
        date = ((date >> 8) * 10) + date;
        clock = ((clock >> 8) * 10) + clock;
        var two = (int)(date >> 48) & 0xFF;
        var month = (int)(date >> 32) & 0xFF;
        var day = (int)(date >> 16) & 0xFF;
        var hour = (int)date & 0xFF;
        var minute = (int)(clock >> 16) & 0xFF;
        var second = (int)clock & 0xFF;
        year = tag == DerSpan.UtcTime ? (two < FirstYearOfUtcTime % 100 ? 2000 : 1900) + two : (century * 100) + two;
        fields = ((ulong)month << 32) | ((ulong)day << 24) | ((ulong)hour << 16) | ((ulong)minute << 8) | (uint)second;
        return month is >= 1 and <= 12 && day >= 1 && hour < 24 && minute < 60 && second < 60 && year >= 1
            && (day <= 28 || day <= DateTime.DaysInMonth(year, month));
    }

    private static bool TryReadTwo(ReadOnlySpan<byte> content, out int value)
    {
        var (tens, ones) = (content[0] - '0', content[1] - '0');
        value = (tens * 10) + ones;
        return tens is >= 0 and <= 9 && ones is >= 0 and <= 9;
    }
}
