using System.Globalization;

namespace MedId.Jpki.Certificates.Tests.Attributes;

public sealed class JpkiBirthDateTests
{
    [Theory]
    [InlineData("319800217", JpkiEra.Showa, BirthDatePrecision.Day)]
    [InlineData("319800200", JpkiEra.Showa, BirthDatePrecision.Month)]
    [InlineData("319800000", JpkiEra.Showa, BirthDatePrecision.Year)]
    [InlineData("000000000", JpkiEra.Unknown, BirthDatePrecision.Unknown)]
    [InlineData("019800217", JpkiEra.Unknown, BirthDatePrecision.Day)]
    [InlineData("520190501", JpkiEra.Reiwa, BirthDatePrecision.Day)]
    public void Read_Date_KeepsWhatIsKnown(string code, JpkiEra era, BirthDatePrecision precision)
    {
        var date = JpkiBirthDate.Read(code)!;

        Assert.Equal((era, precision, code, AttributeWarnings.None), (date.Era, date.Precision, date.Code, date.Warnings));
    }

    [Theory]
    [InlineData("319890107", false)]
    [InlineData("319890108", true)]
    [InlineData("419890107", true)]
    [InlineData("419890108", false)]
    [InlineData("420190430", false)]
    [InlineData("420190501", true)]
    [InlineData("219121225", false)]
    [InlineData("119120730", false)]
    [InlineData("219120730", false)]
    [InlineData("119120731", true)]
    [InlineData("319890000", false)]
    [InlineData("419890000", false)]
    [InlineData("519890000", true)]
    [InlineData("719890101", true)]
    public void Read_EraAndDate_WarnsWhereTheyDoNotFit(string code, bool warns) =>
        Assert.Equal(warns, JpkiBirthDate.Read(code)!.Warnings.HasFlag(AttributeWarnings.EraMismatch));

    [Theory]
    [InlineData("319801317", BirthDatePrecision.Year)]
    [InlineData("319800230", BirthDatePrecision.Month)]
    [InlineData("319810229", BirthDatePrecision.Month)]
    [InlineData("319800017", BirthDatePrecision.Year)]
    [InlineData("000000217", BirthDatePrecision.Unknown)]
    public void Read_ImpossibleDate_WarnsAndKeepsWhatStandsBefore(string code, BirthDatePrecision precision)
    {
        var date = JpkiBirthDate.Read(code)!;

        Assert.True(date.Warnings.HasFlag(AttributeWarnings.BirthDateImpossible));
        Assert.Equal(precision, date.Precision);
    }

    [Theory]
    [InlineData("")]
    [InlineData("19800217")]
    [InlineData("3198002170")]
    [InlineData("３19800217")]
    [InlineData("3 9800217")]
    public void Read_NotNineDigits_IsNothing(string code) => Assert.Null(JpkiBirthDate.Read(code));

    [Theory]
    [InlineData("420060401", "2026-03-31", false)]
    [InlineData("420060401", "2026-04-01", true)]
    [InlineData("420080229", "2028-02-28", false)]
    [InlineData("420080229", "2028-02-29", true)]
    [InlineData("420060400", "2026-04-29", false)]
    [InlineData("420060400", "2026-04-30", true)]
    [InlineData("420060000", "2026-12-30", false)]
    [InlineData("420060000", "2026-12-31", true)]
    [InlineData("000000000", "2026-12-31", false)]
    public void IsProvenAtLeast_TwentyYears_FailsClosed(string code, string on, bool proven) =>
        Assert.Equal(proven, JpkiBirthDate.Read(code)!.IsProvenAtLeast(20, DateOnly.Parse(on, CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("2027-02-28", false)]
    [InlineData("2027-03-01", true)]
    public void IsProvenAtLeast_BornOnALeapDay_CompletesOnTheFirstOfMarch(string on, bool proven) =>
        Assert.Equal(proven, JpkiBirthDate.Read("420080229")!.IsProvenAtLeast(19, DateOnly.Parse(on, CultureInfo.InvariantCulture)));

    [Theory]
    [InlineData("420060401", "2026-03-30", true)]
    [InlineData("420060401", "2026-03-31", false)]       // the law counts the year as completed at the end of this day
    [InlineData("420060400", "2026-03-30", true)]
    [InlineData("420060400", "2026-04-15", false)]
    [InlineData("000000000", "2006-04-15", false)]
    public void IsProvenYoungerThan_TwentyYears_FailsClosed(string code, string on, bool proven) =>
        Assert.Equal(proven, JpkiBirthDate.Read(code)!.IsProvenYoungerThan(20, DateOnly.Parse(on, CultureInfo.InvariantCulture)));

    [Fact]
    public void AgeQuestions_EveryDateAndDay_NeverBothProven()
    {
        foreach (var code in new[] { "420060401", "420060400", "420060000", "420080229", "000000000" })
        {
            var date = JpkiBirthDate.Read(code)!;
            for (var on = new DateOnly(2024, 1, 1); on < new DateOnly(2029, 1, 1); on = on.AddDays(1))
            {
                Assert.False(date.IsProvenAtLeast(20, on) && date.IsProvenYoungerThan(20, on));
            }
        }
    }

    [Fact]
    public void IsProvenAtLeast_NoNumberOfYears_IsMisuse() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => JpkiBirthDate.Read("420060401")!.IsProvenAtLeast(0, new DateOnly(2026, 1, 1)));

    [Fact]
    public void ToString_Date_IsNotShown() => Assert.DoesNotContain("2006", JpkiBirthDate.Read("420060401")!.ToString(), StringComparison.Ordinal);
}
