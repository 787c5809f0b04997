namespace MedId.Fido.Uaf.Tests;

public sealed class UafTransactionTests
{
    /// <summary>Signature and header of a PNG of 320 by 240 pixels, 8-bit true colour; no picture follows.</summary>
    internal static readonly byte[] Png =
        Convert.FromHexString("89504E470D0A1A0A0000000D4948445200000140000000F00802000000" + "00000000");

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
}
