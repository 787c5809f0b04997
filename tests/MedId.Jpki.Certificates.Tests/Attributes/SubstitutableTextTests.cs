namespace MedId.Jpki.Certificates.Tests.Attributes;

public sealed class SubstitutableTextTests
{
    [Theory]
    [InlineData("山田　太郎", "00000", SubstitutionUnit.TextElement)]
    [InlineData("𠮷田　花子", "10000", SubstitutionUnit.TextElement)]      // five characters, six code units
    [InlineData("𠮷田　花子", "100000", SubstitutionUnit.CodeUnit)]
    [InlineData("葛\U000E0100城　一", "0000", SubstitutionUnit.TextElement)]
    [InlineData("葛\U000E0100城　一", "00000", SubstitutionUnit.Rune)]
    [InlineData("葛\U000E0100城　一", "000000", SubstitutionUnit.CodeUnit)]
    [InlineData("山田　太郎", "000000", SubstitutionUnit.Unknown)]
    [InlineData("山田　太郎", "0000", SubstitutionUnit.Unknown)]
    public void Of_NumberOfFlags_TellsTheUnit(string text, string flags, SubstitutionUnit unit) => Assert.Equal(unit, SubstitutableText.Of(text, flags).Unit);

    [Theory]
    [InlineData("𠮷田　花子", "01000", 1, 2, 1)]
    [InlineData("𠮷田　花子", "110000", 0, 0, 2)]
    [InlineData("𠮷田　花子", "010000", 0, 0, 2)]                          // the low surrogate alone flags the whole character
    [InlineData("葛\U000E0100城　一", "01000", 0, 0, 3)]
    [InlineData("葛\U000E0100城　一", "00100", 1, 3, 1)]
    public void Of_FlagInEachUnit_NamesTheCharacter(string text, string flags, int position, int start, int length) =>
        Assert.Equal(new SubstitutedCharacter(position, start, length), Assert.Single(SubstitutableText.Of(text, flags).Substituted));

    [Fact]
    public void Of_MismatchedFlagsWithOneSet_IsUndetermined()
    {
        var text = SubstitutableText.Of("山田　太郎", "010000");

        Assert.True(text.IsUndetermined);
        Assert.Empty(text.Substituted);
    }

    [Fact]
    public void Of_MismatchedFlagsOfZeros_SubstitutesNothing() => Assert.False(SubstitutableText.Of("山田　太郎", "000000").IsUndetermined);

    [Fact]
    public void Of_NoFlags_IsUndetermined() => Assert.True(SubstitutableText.Of("山田　太郎", null).IsUndetermined);

    [Fact]
    public void ToString_Name_IsNotShown() => Assert.DoesNotContain("山", SubstitutableText.Of("山田　太郎", "00000").ToString(), StringComparison.Ordinal);
}
