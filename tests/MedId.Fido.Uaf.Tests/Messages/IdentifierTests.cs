namespace MedId.Fido.Uaf.Tests;

public sealed class IdentifierTests
{
    [Theory]
    [InlineData("FFFF#5A01", true)]
    [InlineData("ffff#5a01", true)]
    [InlineData("FFFF#5A0", false)]
    [InlineData("FFFF#5A011", false)]
    [InlineData("FFFF55A01", false)]
    [InlineData("FFFG#5A01", false)]
    [InlineData(" FFF#5A01", false)]
    [InlineData("", false)]
    public void Aaid_Text_IsNineCharacters(string text, bool accepted) => Assert.Equal(accepted, Aaid.TryParse(text, out _));

    [Fact]
    public void Aaid_Case_DoesNotCount()
    {
        Assert.Equal(Aaid.Parse("03EF#0a1b"), Aaid.Parse("03ef#0A1B"));
        Assert.Equal("03EF#0A1B", Aaid.Parse("03ef#0a1b").ToString());
        Assert.Equal("03EF", Aaid.Parse("03ef#0a1b").VendorId);
        Assert.Throws<ArgumentException>(() => Aaid.Parse("03ef"));
    }

    [Fact]
    public void UafKeyId_Text_IsStrictBase64Url()
    {
        var keyId = UafKeyId.FromBytes(new byte[32]);
        Assert.Equal(43, keyId.Value.Length);
        Assert.Equal(keyId, UafKeyId.Parse(keyId.Value));
        Assert.Equal(new byte[32], keyId.ToBytes());
        Assert.False(UafKeyId.TryParse(keyId.Value + "=", out _));
        Assert.False(UafKeyId.TryParse(keyId.Value[..^1] + "B", out _));
        Assert.False(UafKeyId.TryParse(null, out _));
        Assert.Throws<ArgumentException>(() => UafKeyId.FromBytes(new byte[31]));
        Assert.Throws<ArgumentException>(() => UafKeyId.FromBytes(new byte[2049]));
        Assert.Throws<ArgumentException>(() => UafKeyId.Parse("x"));
    }

    [Fact]
    public void UafKeyId_Default_NamesNoKey()
    {
        Assert.Throws<InvalidOperationException>(() => default(UafKeyId).Value);
        Assert.Equal(string.Empty, default(UafKeyId).ToString());
    }
}
