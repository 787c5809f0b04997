namespace MedId.Jpki.Certificates.Tests.Comparison;

public sealed class VariantCharacterTableTests
{
    private const string Table = "edition\t2026-01\nsource\ts\tverified\twhere from\nvariant\t髙\t高\ts\noldnew\t邊\t辺\ts\n";

    [Fact]
    public void Default_Table_IsDatedAndHasRowsOfEachKind()
    {
        Assert.Equal("2026-11", VariantCharacterTable.Default.Edition);
        Assert.Contains(VariantCharacterTable.Default.Rows, r => r is { Character: "髙", ComparedAs: "高", IsOldForm: false, Certainty: DataCertainty.SingleSource });
        Assert.Contains(VariantCharacterTable.Default.Rows, r => r is { Character: "邊", ComparedAs: "辺", IsOldForm: true });
        Assert.Contains(VariantCharacterTable.Default.Rows, r => r is { Character: "\uFA19", Certainty: DataCertainty.Verified });
    }

    [Fact]
    public void Parse_ValidTable_IsRead() => Assert.Equal(2, VariantCharacterTable.Parse(Table).Value!.Rows.Count);

    [Theory]
    [InlineData("edition\t2026-01\n", "")]
    [InlineData("variant\t髙\t高\ts", "variant\t髙\t高\tnobody")]
    [InlineData("variant\t髙\t高\ts", "variant\t髙\t髙\ts")]
    [InlineData("variant\t髙\t高\ts", "variant\t髙髙\t高\ts")]
    [InlineData("variant\t髙\t高\ts", "variant\ta\tb\ts")]
    [InlineData("variant\t髙\t高\ts", "similar\t髙\t高\ts")]
    [InlineData("verified", "certain")]
    [InlineData("oldnew\t邊\t辺\ts", "oldnew\t邊\t辺")]
    public void Parse_OtherForm_IsRefused(string part, string change) =>
        Assert.Equal(JpkiErrorCodes.DataMalformed, VariantCharacterTable.Parse(Table.Replace(part, change, StringComparison.Ordinal)).Error?.Code);

    [Fact]
    public void With_ConfiguredPair_IsCompared()
    {
        var comparer = new FormComparer(new() { VariantCharacters = VariantCharacterTable.Default.With("斉", "斎") });

        Assert.Equal(AttributeVerdict.Different, new FormComparer().CompareTexts("斉藤", "斎藤").Verdict);
        Assert.Equal(AttributeVerdict.Equivalent, comparer.CompareTexts("斉藤", "斎藤").Verdict);
    }

    [Fact]
    public void With_NoPair_IsMisuse() => Assert.Throws<ArgumentException>(() => VariantCharacterTable.Default.With("斉", "斉"));

    [Fact]
    public void Representative_RowsInAnyOrder_AreOneClass()
    {
        var rows = new[] { "variant\t濵\t濱\ts", "variant\t濱\t浜\ts", "variant\t頻\t濵\ts" };
        foreach (var order in new[] { rows, [rows[2], rows[0], rows[1]], [rows[1], rows[2], rows[0]] })
        {
            var table = VariantCharacterTable.Parse("edition\t1\nsource\ts\tverified\tx\n" + string.Join('\n', order)).Value!;
            Assert.Single(new[] { "濵", "濱", "浜", "頻" }.Select(c => table.Representative(c, ComparisonReasons.Variants)).Distinct());
        }
    }
}
