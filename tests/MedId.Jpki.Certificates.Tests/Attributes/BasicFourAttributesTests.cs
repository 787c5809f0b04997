using System.Text.Json;

namespace MedId.Jpki.Certificates.Tests.Attributes;

public sealed class BasicFourAttributesTests
{
    private static readonly BasicFourFields Valid = new()
    {
        Name = "𠮷田　花子",
        NameFlags = "10000",
        Gender = "2",
        BirthDate = "319800217",
        Address = "東京都清瀬市中里五丁目８４２番地",
        AddressFlags = new string('0', 16),
    };

    [Fact]
    public void Of_ValidFields_AreRead()
    {
        var four = BasicFourAttributes.Of(Valid, "test").Value!;

        Assert.Equal(("𠮷田　花子", JpkiGender.Female, "2", new DateOnly(1980, 2, 17)), (four.Name.Text, four.Gender, four.GenderCode, four.BirthDate.Date!.Value));
        Assert.Equal(new SubstitutedCharacter(0, 0, 2), Assert.Single(four.Name.Substituted));
        Assert.Equal(AttributeWarnings.None, four.Warnings);
    }

    public static TheoryData<string, string> Refused { get; } = new()
    {
        { nameof(BasicFourFields.Name), JpkiErrorCodes.AttributeMissing },
        { nameof(BasicFourFields.Gender), JpkiErrorCodes.AttributeMissing },
        { nameof(BasicFourFields.BirthDate), JpkiErrorCodes.AttributeMissing },
        { nameof(BasicFourFields.Address), JpkiErrorCodes.AttributeMissing },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void Of_FieldMissing_IsRefused(string field, string code)
    {
        var fields = field switch
        {
            nameof(BasicFourFields.Name) => Valid with { Name = null },
            nameof(BasicFourFields.Gender) => Valid with { Gender = null },
            nameof(BasicFourFields.BirthDate) => Valid with { BirthDate = null },
            _ => Valid with { Address = null },
        };

        Assert.Equal(code, BasicFourAttributes.Of(fields, "test").Error?.Code);
    }

    public static TheoryData<int> Malformed => [.. Enumerable.Range(0, 11)];

    [Theory]
    [MemberData(nameof(Malformed))]
    public void Of_FieldMalformed_IsRefused(int which)
    {
        BasicFourFields[] fields =
        [
            Valid with { Name = string.Empty },
            Valid with { Name = "山田\n太郎" },
            Valid with { Name = new string('山', BasicFourAttributes.MaxTextLength + 1) },
            Valid with { Address = string.Empty },
            Valid with { Address = "東京都\u0085" },
            Valid with { Gender = string.Empty },
            Valid with { Gender = "12" },
            Valid with { Gender = "男" },
            Valid with { BirthDate = "19800217" },
            Valid with { NameFlags = "1000x" },
            Valid with { AddressFlags = new string('０', 16) },
        ];

        Assert.Equal(JpkiErrorCodes.AttributeMalformed, BasicFourAttributes.Of(fields[which], "test").Error?.Code);
    }

    [Theory]
    [InlineData("3")]
    [InlineData("9")]
    [InlineData("0")]
    public void Of_GenderOfAThirdDigit_IsUnknownAndKept(string code)
    {
        var four = BasicFourAttributes.Of(Valid with { Gender = code }, "test").Value!;

        Assert.Equal((JpkiGender.Unknown, code, AttributeWarnings.GenderNotMapped), (four.Gender, four.GenderCode, four.Warnings));
    }

    [Fact]
    public void Of_FlagsOfAnotherNumber_AreReportedNotThrown()
    {
        var four = BasicFourAttributes.Of(Valid with { NameFlags = "1", AddressFlags = "000" }, "test").Value!;

        Assert.Equal(AttributeWarnings.NameFlagsMismatch | AttributeWarnings.AddressFlagsMismatch, four.Warnings);
        Assert.Equal((true, false), (four.Name.IsUndetermined, four.Address.IsUndetermined));
    }

    [Fact]
    public void Serialize_Attributes_IsRefused()
    {
        var four = BasicFourAttributes.Of(Valid, "test").Value!;

        Assert.Throws<NotSupportedException>(() => JsonSerializer.Serialize(four));
        Assert.Throws<NotSupportedException>(() => JsonSerializer.Serialize(four.Name));
        Assert.Throws<NotSupportedException>(() => JsonSerializer.Serialize(four.BirthDate));
        Assert.Throws<NotSupportedException>(() => JsonSerializer.Serialize(new { Inner = four }));
    }
}
