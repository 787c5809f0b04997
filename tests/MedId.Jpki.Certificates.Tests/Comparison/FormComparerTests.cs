using System.Globalization;

namespace MedId.Jpki.Certificates.Tests.Comparison;

public sealed class FormComparerTests
{
    private static readonly FormComparer Usual = new();
    private static readonly FormComparer Everything = new(new() { Equivalences = ComparisonPolicy.AllEquivalences });

    [Theory]
    [InlineData("山田　太郎", "山田　太郎", AttributeVerdict.Equal, ComparisonReasons.None)]
    [InlineData("山田　太郎", "山田太郎", AttributeVerdict.Equivalent, ComparisonReasons.Spaces)]
    [InlineData("山田　太郎", "山田 太郎", AttributeVerdict.Equivalent, ComparisonReasons.Width | ComparisonReasons.Spaces)]   // either alone would do
    [InlineData("ＳＭＩＴＨ", "SMITH", AttributeVerdict.Equivalent, ComparisonReasons.Width)]
    [InlineData("ＳＭＩＴＨ　ＪＯＨＮ", "Smith John", AttributeVerdict.Equivalent, ComparisonReasons.Width | ComparisonReasons.LetterCase)]
    [InlineData("ガルシア", "ｶﾞﾙｼｱ", AttributeVerdict.Equivalent, ComparisonReasons.Width)]
    [InlineData("パク", "ﾊﾟｸ", AttributeVerdict.Equivalent, ComparisonReasons.Width)]
    [InlineData("ヴォー", "ｳﾞｫｰ", AttributeVerdict.Equivalent, ComparisonReasons.Width)]
    [InlineData("がく", "か\u3099く", AttributeVerdict.Equivalent, ComparisonReasons.Composition)]
    [InlineData("マリー", "マリ−", AttributeVerdict.Equivalent, ComparisonReasons.Hyphens)]
    [InlineData("１−２", "1‐2", AttributeVerdict.Equivalent, ComparisonReasons.Width | ComparisonReasons.Hyphens)]
    [InlineData("𠮷田", "吉田", AttributeVerdict.Equivalent, ComparisonReasons.Variants)]
    [InlineData("髙橋", "高橋", AttributeVerdict.Equivalent, ComparisonReasons.Variants)]
    [InlineData("\uFA19谷", "神谷", AttributeVerdict.Equivalent, ComparisonReasons.Variants)]
    [InlineData("葛\U000E0100城", "葛城", AttributeVerdict.Equivalent, ComparisonReasons.VariationSelectors)]
    [InlineData("葛\U000E0100城", "葛\U000E0101城", AttributeVerdict.Equivalent, ComparisonReasons.VariationSelectors)]
    [InlineData("渡邊", "渡辺", AttributeVerdict.Different, ComparisonReasons.None)]
    [InlineData("ミスヽ", "ミスス", AttributeVerdict.Different, ComparisonReasons.None)]
    [InlineData("山田　太郎", "山田　次郎", AttributeVerdict.Different, ComparisonReasons.None)]
    [InlineData("ー", "一", AttributeVerdict.Different, ComparisonReasons.None)]     // the long-vowel mark and the numeral one
    [InlineData("カ", "力", AttributeVerdict.Different, ComparisonReasons.None)]     // katakana ka and the character for power
    [InlineData("土", "士", AttributeVerdict.Different, ComparisonReasons.None)]
    public void CompareTexts_UsualPolicy_GivesVerdictAndReasons(string one, string other, AttributeVerdict verdict, ComparisonReasons reasons) =>
        Assert.Equal(new AttributeComparison(verdict, reasons), Usual.CompareTexts(one, other));

    [Theory]
    [InlineData("渡邊", "渡辺", ComparisonReasons.OldAndNewForms)]
    [InlineData("渡邉", "渡辺", ComparisonReasons.Variants | ComparisonReasons.OldAndNewForms)]
    [InlineData("濵", "浜", ComparisonReasons.Variants | ComparisonReasons.OldAndNewForms)]
    public void CompareTexts_OldAndNewFormsConfigured_AreEquivalent(string one, string other, ComparisonReasons reasons) =>
        Assert.Equal(new AttributeComparison(AttributeVerdict.Equivalent, reasons), Everything.CompareTexts(one, other));

    [Theory]
    [InlineData("中里五丁目８４２番地", "中里5-842")]
    [InlineData("霞が関一丁目２番３号", "霞が関1-2-3")]
    [InlineData("霞が関１丁目２番地の３", "霞が関1ー2ー3")]
    [InlineData("霞が関十二丁目２番３号　第一ビル２０１号室", "霞が関12-2-3第一ビル201号室")]
    [InlineData("二十三丁目１", "23-1")]
    public void CompareTexts_AddressNotationConfigured_IsEquivalent(string one, string other) =>
        Assert.Equal(AttributeVerdict.Equivalent, Everything.CompareTexts(one, other, isAddress: true).Verdict);

    [Theory]
    [InlineData("三番町６番", "3番町6番")]
    [InlineData("麹町２０１号室", "麹町201室")]
    [InlineData("一丁目２番", "12")]
    [InlineData("一丁目２３番", "1丁目2-3")]
    public void CompareTexts_AddressNotationElsewhere_StaysDifferent(string one, string other) =>
        Assert.Equal(AttributeVerdict.Different, Everything.CompareTexts(one, other, isAddress: true).Verdict);

    [Fact]
    public void CompareTexts_AddressNotationNotConfigured_IsDifferent() =>
        Assert.Equal(AttributeVerdict.Different, Usual.CompareTexts("霞が関一丁目２番３号", "霞が関1-2-3", isAddress: true).Verdict);

    [Fact]
    public void CompareTexts_AddressNotationInAName_IsNotAName() => Assert.Equal(AttributeVerdict.Different, Everything.CompareTexts("一丁目", "1").Verdict);

    [Fact]
    public void CompareTexts_NoWellFormedText_IsUndecidable() => Assert.All(
        new[] { "\ud842田", "田\udfb7", "\udfb7\ud842", "\uffff田" },      // an attribute would not keep lone surrogates
        text => Assert.Equal(new AttributeComparison(AttributeVerdict.Undecidable, ComparisonReasons.Unreadable), Usual.CompareTexts("吉田", text)));

    [Fact]
    public void CompareTexts_TextOverTheLimit_IsUndecidable()
    {
        var longest = new string('山', BasicFourAttributes.MaxTextLength);

        Assert.Equal(AttributeVerdict.Different, Usual.CompareTexts("山", longest).Verdict);
        Assert.Equal(ComparisonReasons.Unreadable, Usual.CompareTexts("山", longest + "山").Reasons);
    }

    [Theory]
    [InlineData("𠮷田　花子", "10000", "吉田花子", AttributeVerdict.Undecidable)]
    [InlineData("𠮷田　花子", "10000", "𠮷田　花子", AttributeVerdict.Undecidable)]
    [InlineData("𠮷田　花子", "10000", "葛\U000E0100田花子", AttributeVerdict.Undecidable)]
    [InlineData("𠮷田　花子", "10000", "吉田花代", AttributeVerdict.Different)]
    [InlineData("𠮷田　花子", "10000", "田花子", AttributeVerdict.Different)]
    [InlineData("𠮷田　花子", "10000", "吉吉田花子", AttributeVerdict.Different)]
    [InlineData("𠮷田　花子", "00000", "吉田花子", AttributeVerdict.Equivalent)]
    [InlineData("𠮷田　花子", "1", "𠮷田　花子", AttributeVerdict.Undecidable)]
    [InlineData("𠮷田　花子", null, "山本　花子", AttributeVerdict.Undecidable)]
    public void Compare_SubstitutedCharacter_IsUndecidableThere(string name, string? flags, string stated, AttributeVerdict verdict) =>
        Assert.Equal(verdict, Usual.Compare(Certified(name, flags), new ApplicationForm { Name = stated }).Name.Verdict);

    [Theory]
    [InlineData("𠮷田　花子", AttributeVerdict.Equivalent, ComparisonReasons.Substituted)]
    [InlineData("𠮷田花子", AttributeVerdict.Equivalent, ComparisonReasons.Substituted | ComparisonReasons.Spaces)]
    [InlineData("葛田花子", AttributeVerdict.Undecidable, ComparisonReasons.Substituted)]
    public void Compare_RepeatedSubstituteAccepted_IsEquivalentAndSaysSo(string stated, AttributeVerdict verdict, ComparisonReasons reasons) => Assert.Equal(
        new AttributeComparison(verdict, reasons),
        new FormComparer(new() { AcceptRepeatedSubstitutes = true }).Compare(Certified("𠮷田　花子", "10000"), new ApplicationForm { Name = stated }).Name);

    [Fact]
    public void Compare_NothingStated_IsNoMatch()
    {
        var comparison = Usual.Compare(Certified("山田　太郎", "00000"), new ApplicationForm());

        Assert.False(comparison.IsMatch);
        Assert.False(comparison.IsComplete);
        Assert.False(comparison.IsDifferent);
    }

    [Fact]
    public void Compare_EverythingTheSame_IsAMatch()
    {
        var comparison = Usual.Compare(
            Certified("山田　太郎", "00000"),
            new ApplicationForm { Name = "山田　太郎", Address = "東京都清瀬市", Gender = JpkiGender.Female, BirthDate = new DateOnly(1980, 2, 17) });

        Assert.True(comparison.IsMatch);
        Assert.All([comparison.Name, comparison.Address, comparison.Gender, comparison.BirthDate], a => Assert.Equal(AttributeVerdict.Equal, a.Verdict));
    }

    [Theory]
    [InlineData("2", JpkiGender.Female, AttributeVerdict.Equal)]
    [InlineData("2", JpkiGender.Male, AttributeVerdict.Different)]
    [InlineData("9", JpkiGender.Male, AttributeVerdict.Undecidable)]
    [InlineData("2", JpkiGender.Unknown, AttributeVerdict.NotStated)]
    [InlineData("9", JpkiGender.Unknown, AttributeVerdict.NotStated)]
    public void Compare_Gender_GivesVerdict(string code, JpkiGender stated, AttributeVerdict verdict) =>
        Assert.Equal(verdict, Usual.Compare(Certified("山", "0", gender: code), new ApplicationForm { Gender = stated }).Gender.Verdict);

    [Theory]
    [InlineData("319800217", "1980-02-17", AttributeVerdict.Equal)]
    [InlineData("319800217", "1980-02-18", AttributeVerdict.Different)]
    [InlineData("319800200", "1980-02-17", AttributeVerdict.Undecidable)]
    [InlineData("319800200", "1980-03-01", AttributeVerdict.Different)]
    [InlineData("319800000", "1980-12-31", AttributeVerdict.Undecidable)]
    [InlineData("319800000", "1981-01-01", AttributeVerdict.Different)]
    [InlineData("000000000", "1980-02-17", AttributeVerdict.Undecidable)]
    public void Compare_BirthDate_GivesVerdict(string code, string stated, AttributeVerdict verdict) =>
        Assert.Equal(verdict, Usual.Compare(Certified("山", "0", birthDate: code), new ApplicationForm { BirthDate = DateOnly.Parse(stated, CultureInfo.InvariantCulture) }).BirthDate.Verdict);

    [Fact]
    public void Equivalences_SomethingElse_IsMisuse() => Assert.Throws<ArgumentException>(() => new ComparisonPolicy { Equivalences = ComparisonReasons.Substituted });

    private static BasicFourAttributes Certified(string name, string? flags, string gender = "2", string birthDate = "319800217") => BasicFourAttributes.Of(
        new() { Name = name, NameFlags = flags, Gender = gender, BirthDate = birthDate, Address = "東京都清瀬市", AddressFlags = "000000" }, "test").Value!;
}
