using MedId.Core;

namespace MedId.Cryptography.Tests;

public sealed class CborReaderTests
{
    [Theory]
    [InlineData("00", 0)]
    [InlineData("17", 23)]
    [InlineData("1818", 24)]
    [InlineData("18FF", 255)]
    [InlineData("190100", 256)]
    [InlineData("1A00010000", 65536)]
    [InlineData("1B0000000100000000", 4294967296)]
    [InlineData("1B7FFFFFFFFFFFFFFF", long.MaxValue)]
    [InlineData("20", -1)]
    [InlineData("3818", -25)]
    [InlineData("3B7FFFFFFFFFFFFFFF", long.MinValue)]
    public void TryReadInteger_ShortestForm_GivesTheNumber(string hex, long expected)
    {
        Assert.True(CborReader.TryOpenWhole(Hex(hex), CborRules.Ctap2Canonical, out var reader, out var error), error?.ToString());
        Assert.True(reader.TryReadInteger(out var value));
        Assert.Equal(expected, value);
        Assert.True(reader.AtEnd);
    }

    [Theory]
    [InlineData("1B8000000000000000")]
    [InlineData("3BFFFFFFFFFFFFFFFF")]
    public void TryReadInteger_BeyondSixtyFourBitsWithSign_IsNotRead(string hex)
    {
        Assert.True(CborReader.TryOpenWhole(Hex(hex), CborRules.Ctap2Canonical, out var reader, out _));
        Assert.False(reader.TryReadInteger(out _));
        Assert.False(reader.AtEnd);
    }

    [Theory]
    [InlineData("1817", "number that fits into its head")]
    [InlineData("1800", "number that fits into its head")]
    [InlineData("1900FF", "two bytes for one")]
    [InlineData("1A0000FFFF", "four bytes for two")]
    [InlineData("1B00000000FFFFFFFF", "eight bytes for four")]
    [InlineData("3817", "negative number that fits into its head")]
    [InlineData("580100", "length that fits into its head")]
    [InlineData("780161", "length of text that fits into its head")]
    [InlineData("980100", "count that fits into its head")]
    [InlineData("B8010000", "count of entries that fits into its head")]
    [InlineData("5F4100FF", "bytes in chunks")]
    [InlineData("7F6161FF", "text in chunks")]
    [InlineData("9FFF", "array without count")]
    [InlineData("BFFF", "map without count")]
    [InlineData("A202000100", "keys in descending order")]
    [InlineData("A220000100", "negative key before positive")]
    [InlineData("A2616100616000", "texts of one length in descending order")]
    [InlineData("A26261610061620000", "longer text first")]
    [InlineData("A26161000100", "text before number")]
    public void TryOpen_NotCanonical_IsRefusedByCtap2AndReadTolerantly(string hex, string what)
    {
        Assert.NotEmpty(what);
        Assert.Equal(CryptographyErrorCodes.CborNotCanonical, Code(hex, CborRules.Ctap2Canonical));
        Assert.Null(Code(hex, CborRules.Tolerant, whole: false));
    }

    [Theory]
    [InlineData("", "nothing")]
    [InlineData("18", "no argument")]
    [InlineData("1B00000000000000", "argument cut off")]
    [InlineData("1C", "reserved information 28")]
    [InlineData("1D", "reserved information 29")]
    [InlineData("1E", "reserved information 30")]
    [InlineData("FC", "reserved simple value")]
    [InlineData("FF", "break alone")]
    [InlineData("1F", "number without argument")]
    [InlineData("3F", "negative number without argument")]
    [InlineData("DF00", "tag without argument")]
    [InlineData("F818", "simple value in two bytes")]
    [InlineData("41", "bytes cut off")]
    [InlineData("61FF", "not UTF-8")]
    [InlineData("62C328", "not UTF-8")]
    [InlineData("63EDA080", "a surrogate")]
    [InlineData("8100FF", "break after an array", true)]
    [InlineData("82", "items missing")]
    [InlineData("8200", "an item missing")]
    [InlineData("A100", "value missing")]
    [InlineData("5BFFFFFFFFFFFFFFFF", "length of 2^64 - 1")]
    [InlineData("9BFFFFFFFFFFFFFFFF", "count of 2^64 - 1")]
    [InlineData("BBFFFFFFFFFFFFFFFF", "count of entries of 2^64 - 1")]
    [InlineData("BB8000000000000000", "count of entries whose double overflows")]
    [InlineData("5A7FFFFFFF", "length of 2 GiB")]
    [InlineData("9A7FFFFFFF00", "count of 2^31")]
    public void TryOpen_NotWellFormed_IsRefusedUnderBothRules(string hex, string what, bool trailing = false)
    {
        Assert.NotEmpty(what);
        var expected = trailing ? CryptographyErrorCodes.CborTrailingBytes : CryptographyErrorCodes.CborMalformed;
        Assert.Contains(Code(hex, CborRules.Ctap2Canonical), new[] { expected, CryptographyErrorCodes.CborNotCanonical });
        Assert.Equal(expected, Code(hex, CborRules.Tolerant));
    }

    [Theory]
    [InlineData("5F", "chunks that do not end")]
    [InlineData("5F4100", "chunks that do not end")]
    [InlineData("5F6161FF", "text among bytes")]
    [InlineData("5F5F4100FFFF", "chunks of chunks")]
    [InlineData("7F61C361BCFF", "a character over two chunks")]
    [InlineData("9F", "array that does not end")]
    [InlineData("9F00", "array that does not end")]
    [InlineData("BF00FF", "key without value")]
    [InlineData("A18000", "array as key")]
    [InlineData("A1F400", "boolean as key")]
    [InlineData("A15F4100FF00", "key in chunks")]
    public void TryOpen_TolerantAndStillMalformed_IsRefused(string hex, string what)
    {
        Assert.NotEmpty(what);
        Assert.Equal(CryptographyErrorCodes.CborMalformed, Code(hex, CborRules.Tolerant));
    }

    [Theory]
    [InlineData("A201000100", CborRules.Ctap2Canonical)]
    [InlineData("A201000100", CborRules.Tolerant)]
    [InlineData("A20100180100", CborRules.Tolerant)]
    [InlineData("A3010002001B000000000000000100", CborRules.Tolerant)]
    [InlineData("A261610078016100", CborRules.Tolerant)]
    [InlineData("BF010001 00FF", CborRules.Tolerant)]
    [InlineData("A100A201000100", CborRules.Ctap2Canonical)]
    public void TryOpen_KeyTwice_IsRefused(string hex, CborRules rules) => Assert.Equal(CryptographyErrorCodes.CborDuplicateKey, Code(hex, rules));

    [Theory]
    [InlineData("C000")]
    [InlineData("C24101")]
    [InlineData("D9D9F700")]
    [InlineData("81C000")]
    [InlineData("A1C00000")]
    public void TryOpen_Tag_IsRefused(string hex)
    {
        Assert.Equal(CryptographyErrorCodes.CborTagged, Code(hex, CborRules.Ctap2Canonical));
        Assert.Equal(CryptographyErrorCodes.CborTagged, Code(hex, CborRules.Tolerant));
    }

    [Theory]
    [InlineData(CborRules.Ctap2Canonical, CborReader.Ctap2MaxDepth)]
    [InlineData(CborRules.Tolerant, CborReader.TolerantMaxDepth)]
    public void TryOpen_Depth_EndsExactlyAtTheLimit(CborRules rules, int limit)
    {
        Assert.Null(Code(string.Concat(Enumerable.Repeat("81", limit - 1)) + "80", rules));
        Assert.Equal(CryptographyErrorCodes.CborTooDeep, Code(string.Concat(Enumerable.Repeat("81", limit)) + "80", rules));
        Assert.Equal(CryptographyErrorCodes.CborTooDeep, Code(string.Concat(Enumerable.Repeat("A100", limit)) + "A0", rules));
        Assert.Equal(CryptographyErrorCodes.CborTooDeep, Code(string.Concat(Enumerable.Repeat("81", 100_000)), rules));
    }

    [Fact]
    public void TryOpen_DepthThatNoCallerMayAskFor_Throws()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => CborReader.TryOpen([0], CborRules.Tolerant, out _, out _, out _, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => CborReader.TryOpen([0], CborRules.Tolerant, out _, out _, out _, 65));
    }

    [Fact]
    public void TryOpen_TolerantMap_EndsExactlyAtTwoHundredFiftySixEntries()
    {
        Assert.Null(Error(Map(256), CborRules.Tolerant)?.Code);
        Assert.Equal(CryptographyErrorCodes.CborTooManyEntries, Error(Map(257), CborRules.Tolerant)?.Code);
        Assert.Null(Error(Map(257, wide: false), CborRules.Ctap2Canonical)?.Code);

        static byte[] Map(int entries, bool wide = true) =>
            [0xB9, (byte)(entries >> 8), (byte)entries, .. Enumerable.Range(0, entries).SelectMany(i => Key(i, wide)).ToArray()];

        static byte[] Key(int i, bool wide) => wide || i > 255 ? [0x19, (byte)(i >> 8), (byte)i, 0] : i > 23 ? [0x18, (byte)i, 0] : [(byte)i, 0];
    }

    [Fact]
    public void TryOpen_BytesAfterTheItem_AreTheCallersOrRefused()
    {
        Assert.True(CborReader.TryOpen([0x81, 0x00, 0xFF, 0xFF], CborRules.Ctap2Canonical, out var reader, out var consumed, out _));
        Assert.Equal(2, consumed);
        Assert.Equal(CborType.Array, reader.Next);
        Assert.False(CborReader.TryOpenWhole([0x00, 0x00], CborRules.Ctap2Canonical, out reader, out var error));
        Assert.Equal(CryptographyErrorCodes.CborTrailingBytes, error.Code);
        Assert.True(reader.AtEnd);
    }

    [Fact]
    public void Read_EveryType_GivesItsValueAndOnlyAsItsType()
    {
        // [1, h'0203', "ä", {"a": true}, null, 1.5, undefined]
        Assert.True(CborReader.TryOpenWhole(Hex("8701420203 62C3A4 A16161F5 F6 F93E00 F7"), CborRules.Ctap2Canonical, out var reader, out var error), error?.ToString());
        Assert.False(reader.TryReadMap(out _));
        Assert.True(reader.TryReadArray(out var items));
        Assert.True(reader.AtEnd);
        Assert.False(reader.TrySkip());
        Assert.Equal(CborType.UnsignedInteger, items.Next);
        Assert.False(items.TryReadBytes(out _));
        Assert.True(items.TryReadUnsigned(out var number));
        Assert.Equal(1UL, number);
        Assert.False(items.TryReadInteger(out _));
        Assert.False(items.TryReadText(out _));
        Assert.True(items.TryReadBytes(out var bytes));
        Assert.Equal([2, 3], bytes.ToArray());
        Assert.True(items.TryReadText(out var text));
        Assert.Equal("ä", text);
        Assert.True(items.TryReadMap(out var entries));
        Assert.True(entries.TryReadUtf8(out var key));
        Assert.Equal("a"u8.ToArray(), key.ToArray());
        Assert.Equal(CborType.Boolean, entries.Next);
        Assert.False(entries.TryReadNull());
        Assert.True(entries.TryReadBoolean(out var flag));
        Assert.True(flag);
        Assert.Equal(CborType.None, entries.Next);
        Assert.False(items.TryReadBoolean(out _));
        Assert.Equal(CborType.Simple, items.Next);
        Assert.True(items.TryReadNull());
        Assert.Equal(CborType.Float, items.Next);
        Assert.True(items.TryReadEncoded(out var encoded));
        Assert.Equal("F93E00", Convert.ToHexString(encoded));
        Assert.Equal(CborType.Simple, items.Next);
        Assert.True(items.TrySkip());
        Assert.True(items.AtEnd);
    }

    [Fact]
    public void Read_Chunks_AreJoined()
    {
        Assert.True(CborReader.TryOpenWhole(Hex("9F 5F4201024103 40FF 7F61616162FF FF"), CborRules.Tolerant, out var reader, out var error), error?.ToString());
        Assert.True(reader.TryReadArray(out var items));
        Assert.True(items.TryReadBytes(out var bytes));
        Assert.Equal([1, 2, 3], bytes.ToArray());
        Assert.True(items.TryReadText(out var text));
        Assert.Equal("ab", text);
        Assert.True(items.AtEnd);
        Assert.True(reader.AtEnd);
    }

    [Fact]
    public void Default_Reader_IsAtItsEnd()
    {
        var reader = default(CborReader);
        Assert.True(reader.AtEnd);
        Assert.Equal(CborType.None, reader.Next);
        Assert.False(reader.TryReadArray(out _));
        Assert.False(reader.TryReadNull());
        Assert.False(reader.TryReadBoolean(out _));
    }

    private static string? Code(string hex, CborRules rules, bool whole = true) => Error(Hex(hex), rules, whole)?.Code;

    private static MedIdError? Error(byte[] bytes, CborRules rules, bool whole = true)
    {
        MedIdError? error;
        _ = whole ? CborReader.TryOpenWhole(bytes, rules, out _, out error) : CborReader.TryOpen(bytes, rules, out _, out _, out error);
        return error;
    }

    private static byte[] Hex(string text) => Convert.FromHexString(text.Replace(" ", string.Empty, StringComparison.Ordinal));
}
