namespace MedId.Fido.Uaf.Tests;

public sealed class UafTransactionTests
{
    internal static readonly byte[] Png = TestPng.Rgb(320, 240);

    [Theory]
    [InlineData(1, true)]
    [InlineData(200, true)]
    [InlineData(201, false)]
    [InlineData(0, false)]
    public void FromText_Length_IsExact(int length, bool accepted)
    {
        var text = new string('a', length);
        if (accepted)
        {
            Assert.Equal(length, UafTransaction.FromText(text).Content.Length);
        }
        else
        {
            Assert.Throws<ArgumentException>(() => UafTransaction.FromText(text));
        }
    }

    [Fact]
    public void FromText_OtherScript_IsRefused() => Assert.Throws<ArgumentException>(() => UafTransaction.FromText("同意"));

    [Fact]
    public void FromPng_Header_IsRead()
    {
        var png = UafTransaction.FromPng(Png).Png!;
        Assert.Equal((320u, 240u, (byte)8, (byte)2), (png.Width, png.Height, png.BitDepth, png.ColorType));
    }

    [Fact]
    public void FromPng_OtherBytes_AreRefused()
    {
        Assert.Throws<ArgumentException>(() => UafTransaction.FromPng(Png.AsSpan(1)));
        Assert.Throws<ArgumentException>(() => UafTransaction.FromPng(new byte[(64 * 1024) + 1]));
    }

    public static TheoryData<string, byte[]> BadFiles { get; } = new()
    {
        { "no signature", Png[1..] },
        { "cut off", Png[..^1] },
        { "bytes behind", [.. Png, 0] },
        { "checksum", [.. Png[..^1], (byte)(Png[^1] ^ 1)] },
        { "no end", Png[..^12] },
        { "no picture", [.. TestPng.Signature, .. TestPng.Chunk("IHDR", TestPng.Header(1, 1, 8, 2)), .. TestPng.Chunk("IEND", [])] },
        { "header twice", [.. Png[..33], .. Png[8..]] },
        { "header last", [.. TestPng.Signature, .. TestPng.Chunk("IDAT", []), .. Png[8..]] },
        { "no width", TestPng.File(TestPng.Header(0, 1, 8, 2), null, []) },
        { "bit depth", TestPng.File(TestPng.Header(1, 1, 4, 2), null, new byte[3]) },
        { "colour type", TestPng.File(TestPng.Header(1, 1, 8, 5), null, new byte[3]) },
        { "compression", TestPng.File(TestPng.Header(1, 1, 8, 0, compression: 1), null, new byte[2]) },
        { "filter", TestPng.File(TestPng.Header(1, 1, 8, 0, filter: 1), null, new byte[2]) },
        { "interlace", TestPng.File(TestPng.Header(1, 1, 8, 0, interlace: 2), null, new byte[2]) },
        { "too wide", TestPng.File(TestPng.Header(4097, 1, 1, 0), null, new byte[514]) },
        { "too large unpacked", TestPng.File(TestPng.Header(4096, 4096, 8, 0), null, new byte[16]) },
        { "fewer rows than said", TestPng.File(TestPng.Header(4, 2, 8, 0), null, new byte[9]) },
        { "a bomb", TestPng.File(TestPng.Header(4, 2, 8, 0), null, new byte[20_000_000]) },
        { "not packed", [.. TestPng.Signature, .. TestPng.Chunk("IHDR", TestPng.Header(1, 1, 8, 0)), .. TestPng.Chunk("IDAT", [1, 2, 3, 4]), .. TestPng.Chunk("IEND", [])] },
        { "indexed without palette", TestPng.File(TestPng.Header(1, 1, 8, 3), null, new byte[2]) },
        { "palette of a grey picture", TestPng.File(TestPng.Header(1, 1, 8, 0), new byte[3], new byte[2]) },
        { "palette too long", TestPng.File(TestPng.Header(1, 1, 1, 3), new byte[9], new byte[2]) },
        { "palette not in threes", TestPng.File(TestPng.Header(1, 1, 8, 3), new byte[4], new byte[2]) },
        { "unknown critical chunk", [.. Png[..33], .. TestPng.Chunk("ABCD", []), .. Png[33..]] },
        { "picture in two places", [.. Png[..^12], .. TestPng.Chunk("tEXt", []), .. TestPng.Chunk("IDAT", []), .. Png[^12..]] },
    };

    [Theory]
    [MemberData(nameof(BadFiles))]
    public void FromPng_FileThatIsNotSent_IsRefused(string what, byte[] file)
    {
        Assert.NotEmpty(what);
        Assert.Throws<ArgumentException>(() => UafTransaction.FromPng(file));
    }

    [Theory]
    [InlineData(1, 0, 0, 2)]
    [InlineData(16, 6, 0, 33)]
    [InlineData(8, 3, 0, 5)]
    [InlineData(8, 0, 1, 5)]
    public void FromPng_EachForm_IsRead(byte depth, byte color, byte interlace, int rows)
    {
        var file = TestPng.File(TestPng.Header(4, 1, depth, color, interlace: interlace), color == 3 ? new byte[6] : null, new byte[interlace == 0 ? rows : 1 + 1 + 1 + 1 + 1 + 2]);
        var png = UafTransaction.FromPng([.. file[..33], .. TestPng.Chunk("tEXt", [65, 0, 66]), .. file[33..]]).Png!;
        Assert.Equal((depth, color, interlace, color == 3 ? 2 : 0), (png.BitDepth, png.ColorType, png.Interlace, png.Palette.Count));
    }

    [Fact]
    public void SelectFor_Model_IsWhatItsDisplayShows()
    {
        var (text, small, large) = (UafTransaction.FromText("line"), UafTransaction.FromPng(TestPng.Rgb(4, 1)), UafTransaction.FromPng(TestPng.Rgb(8, 1)));
        UafTransaction[] all = [large, small, text];
        var model = new Ceremony().Statement;
        Assert.Same(text, UafTransaction.SelectFor(all, model));
        Assert.Null(UafTransaction.SelectFor(all, model with { TransactionDisplay = default }));

        var pictures = model with { TransactionContentType = UafTransaction.PngImage, TransactionPictures = [small.Png!] };
        Assert.Same(small, UafTransaction.SelectFor(all, pictures));
        Assert.Same(large, UafTransaction.SelectFor(all, pictures, [large.Png!]));
        Assert.Null(UafTransaction.SelectFor([large, text], pictures));
        Assert.Null(UafTransaction.SelectFor(all, pictures with { TransactionPictures = [] }));
    }

    [Fact]
    public void Parse_StoredTransaction_ComesBack()
    {
        var picture = UafTransaction.FromPng(TestPng.File(TestPng.Header(2, 1, 8, 3), [1, 2, 3], new byte[3]));
        var request = new UafRequestFactory(Ceremony.AppId).CreateAuthentication(new byte[32], UafPolicy.ForModels(Aaid.Parse("FFFF#5A01")), [picture]);
        var json = System.Text.Json.Nodes.JsonNode.Parse(request.Json)![0]!["transaction"]![0]!.ToJsonString();
        var parsed = Ceremony.Accepted(UafTransaction.Parse(json));
        Assert.Equal(picture.Content.ToArray(), parsed.Content.ToArray());
        Assert.True(parsed.Png!.Fits(picture.Png!) && picture.Png!.Fits(parsed.Png!));
        Assert.Equal(new PngPaletteEntry(1, 2, 3), Assert.Single(parsed.Png!.Palette));
        Ceremony.Refused(UafErrorCodes.RequestMalformed, UafTransaction.Parse("""{"contentType":"text/plain","content":"44GC"}"""));
        Ceremony.Refused(UafErrorCodes.Encoding, UafTransaction.Parse("""{"contentType":"text/plain","content":"YQ=="}"""));
        Ceremony.Refused(UafErrorCodes.NotJson, UafTransaction.Parse("x"));
    }
}
