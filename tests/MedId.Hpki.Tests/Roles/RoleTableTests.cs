using MedId.Hpki;
using MedId.Pki;

namespace MedId.Hpki.Tests;

public class RoleTableTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Default_Rows_AreTwentySevenQualificationsAndFiveAdministrators()
    {
        Assert.Equal(27, RoleTable.Default.Rows.Count(row => row.Kind == HpkiRoleKind.Qualification));
        Assert.Equal(5, RoleTable.Default.Rows.Count(row => row.Kind == HpkiRoleKind.Administrator));
        Assert.Equal([RoleIds.Physician, RoleIds.Pharmacist], RoleTable.Default.Rows.Where(row => row.Status == TrustDataStatus.Verified).Select(row => row.Id));
        Assert.Equal(4, RoleTable.Default.Rows.Count(row => row.Text is null));
    }

    [Theory]
    [InlineData("Medical Doctor", RoleIds.Physician)]
    [InlineData("Pharmacist", RoleIds.Pharmacist)]
    public void Read_VerifiedRow_IsGranted(string text, string id)
    {
        var role = Read(RoleTable.Default, text);

        Assert.True(role.IsQualification(id));
        Assert.Equal(TrustDataStatus.Verified, role.Status);
    }

    [Theory]
    [InlineData("Dentist", RoleIds.Dentist)]
    [InlineData("General Nurse", RoleIds.Nurse)]
    public void Read_UnverifiedRow_GrantsNothingUntilConfirmed(string text, string id)
    {
        var unverified = Read(RoleTable.Default, text);
        var confirmed = Read(RoleTable.Default.Confirm(id, "a synthetic source"), text);

        Assert.False(unverified.IsGranted);
        Assert.Equal(TrustDataStatus.Unverified, unverified.Status);
        Assert.True(confirmed.IsQualification(id));
        Assert.Equal(TrustDataStatus.Confirmed, confirmed.Status);
        Assert.Equal("a synthetic source", confirmed.Row!.Source);
    }

    [Theory]
    [InlineData("medical doctor")]
    [InlineData("Medical Doctor ")]
    [InlineData(" Medical Doctor")]
    [InlineData("Medical  Doctor")]
    [InlineData("Ｍedical Doctor")]
    [InlineData("Medical Doctor\0")]
    [InlineData("医師")]
    public void Read_AnotherText_IsUnknownAndKeptApart(string text)
    {
        var role = Read(RoleTable.Default, text);

        Assert.Null(role.Row);
        Assert.False(role.IsGranted);
        Assert.Equal(HpkiRoleKind.Unknown, role.Kind);
        Assert.Equal(text, role.Code);
    }

    [Theory]
    [InlineData("1.2.392.100495.1.6.2.1")]
    [InlineData("1.2.392.100495.1.6.1.2")]
    [InlineData("2.999.1")]
    public void Read_SameTextUnderAnotherScheme_IsUnknown(string scheme)
    {
        var role = Assert.Single(RoleTable.Default.Read([new() { CodingScheme = scheme, Text = "Medical Doctor" }], At));

        Assert.Null(role.Row);
        Assert.False(role.IsQualification(RoleIds.Physician));
    }

    [Theory]
    [InlineData(HcTextType.Printable, true)]
    [InlineData(HcTextType.Teletex, false)]
    [InlineData(HcTextType.Bmp, false)]
    [InlineData(HcTextType.Universal, false)]
    public void Read_OtherStringTypes_AreComparedOnlyWhereTheBytesAreAscii(HcTextType type, bool granted) =>
        Assert.Equal(granted, Assert.Single(RoleTable.Default.Read([new() { CodingScheme = HpkiOids.NationalQualifications, Text = "Medical Doctor", TextType = type }], At)).IsGranted);

    [Fact]
    public void IsQualification_AdministratorConfirmed_IsNoQualification()
    {
        var role = Read(RoleTable.Default.Confirm("director-of-hospital", "a synthetic source"), "Director of Hospital");

        Assert.True(role.IsGranted);
        Assert.Equal(HpkiRoleKind.Administrator, role.Kind);
        Assert.False(role.IsAnyQualification);
        Assert.False(role.IsQualification("director-of-hospital"));
        Assert.False(role.IsQualification(RoleIds.Physician));
    }

    [Fact]
    public void Confirm_RowWithoutText_NeedsOne()
    {
        Assert.Throws<ArgumentException>(() => RoleTable.Default.Confirm("judo-therapist", "a synthetic source"));
        Assert.True(Read(RoleTable.Default.Confirm("judo-therapist", "a synthetic source", "Synthetic Text"), "Synthetic Text").IsQualification("judo-therapist"));
    }

    [Fact]
    public void Confirm_TextOfAnotherRow_IsRefused() =>
        Assert.Throws<ArgumentException>(() => RoleTable.Default.Confirm("judo-therapist", "a synthetic source", "Medical Doctor"));

    [Fact]
    public void Confirm_NoSuchRow_IsRefused() => Assert.Throws<ArgumentException>(() => RoleTable.Default.Confirm("wizard", "a synthetic source"));

    [Fact]
    public void Confirm_TheDefault_LeavesTheDefaultAsItWas()
    {
        _ = RoleTable.Default.Confirm(RoleIds.Dentist, "a synthetic source");

        Assert.False(Read(RoleTable.Default, "Dentist").IsGranted);
    }

    private static HpkiRole Read(RoleTable table, string text) => Assert.Single(table.Read([new() { CodingScheme = HpkiOids.NationalQualifications, Text = text }], At));
}
