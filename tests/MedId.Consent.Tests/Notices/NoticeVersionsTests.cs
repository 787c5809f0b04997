namespace MedId.Consent.Tests;

public sealed class NoticeVersionsTests
{
    private static readonly DateTimeOffset T = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly NoticeVersion First = new()
    {
        NoticeId = "ehr",
        Version = 1,
        PublishedAt = T,
        Controllers = ["hospital-a"],
        Recipients = ["clinic-b"],
        Purposes = ["TREAT"],
        Data = ["AllergyIntolerance", "MedicationRequest"],
        Retention = ["P5Y"],
        Rights = ["withdraw"],
        Contacts = ["tel:+81-3-0000-0000"],
        States = ["notice_purpose", "notice_data_types"],
        Wordings = new Dictionary<string, string> { ["ja"] = "d1", ["en"] = "d2" },
    };

    public static TheoryData<NoticeField, bool> Changes => new()
    {
        { NoticeField.Controller, true }, { NoticeField.Recipient, true }, { NoticeField.Purpose, true }, { NoticeField.Data, true }, { NoticeField.Retention, true }, { NoticeField.ThirdParty, true },
        { NoticeField.Country, true }, { NoticeField.Rights, true }, { NoticeField.Contact, false }, { NoticeField.Wording, false }, { NoticeField.ImpactAssessment, false },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void FollowUp_OneChange_AsksAgainWhereItIsMaterial(NoticeField field, bool material)
    {
        var second = Change(field) with { Version = 2, PublishedAt = T.AddDays(1) };
        var versions = new NoticeVersions(First, second);
        var shown = versions.Show("ja", T).Value!;

        var changes = versions.ChangesSince(shown, T.AddDays(1)).Value!;

        Assert.Equal((field, material), (Assert.Single(changes).Field, changes[0].IsMaterial));
        Assert.Equal(material ? NoticeFollowUp.AskAgain : NoticeFollowUp.Tell, NoticeVersions.FollowUp(changes));
        Assert.Equal(NoticeFollowUp.None, NoticeVersions.FollowUp(versions.ChangesSince(shown, T.AddDays(1).AddTicks(-1)).Value!));
    }

    [Fact]
    public void Compare_LessData_IsMaterialToo_AndSaysWhatIsGone()
    {
        var change = Assert.Single(NoticeVersions.Compare(First, First with { Data = ["AllergyIntolerance"] }));

        Assert.True(change.IsMaterial);
        Assert.Empty(change.Added);
        Assert.Equal(["MedicationRequest"], change.Removed);
    }

    [Fact]
    public void Compare_NewLanguage_IsTold() =>
        Assert.Equal(NoticeFollowUp.Tell, NoticeVersions.FollowUp(NoticeVersions.Compare(First, First with { Wordings = new Dictionary<string, string>(First.Wordings) { ["pt"] = "d3" } })));

    // Someone who saw version 1 is asked again at version 3, though only version 2 changed what matters.
    [Fact]
    public void ChangesSince_TwoVersionsOn_CountsWhatLiesBetween()
    {
        var second = Change(NoticeField.Purpose) with { Version = 2, PublishedAt = T.AddDays(1) };
        var versions = new NoticeVersions(First, second, second with { Version = 3, PublishedAt = T.AddDays(2), Contacts = ["mailto:x@example"] });

        Assert.Equal(NoticeFollowUp.AskAgain, NoticeVersions.FollowUp(versions.ChangesSince(versions.Show("ja", T).Value!, T.AddDays(2)).Value!));
        Assert.Equal(NoticeFollowUp.Tell, NoticeVersions.FollowUp(versions.ChangesSince(versions.Show("ja", T.AddDays(1)).Value!, T.AddDays(2)).Value!));
    }

    [Fact]
    public void Show_Language_IsRecordedWithItsWording()
    {
        var shown = new NoticeVersions(First).Show("en", T.AddHours(1)).Value!;

        Assert.Equal(("ehr", 1, "en", "d2", T.AddHours(1)), (shown.NoticeId, shown.Version, shown.Language, shown.WordingDigest, shown.ShownAt));
    }

    [Fact]
    public void Show_LanguageWithoutWording_IsRefused() => Assert.Equal(ConsentErrorCodes.NoticeLanguage, new NoticeVersions(First).Show("fr", T).Error?.Code);

    [Fact]
    public void Show_BeforeTheFirstVersion_IsRefused() => Assert.Equal(ConsentErrorCodes.NoticeUnknown, new NoticeVersions(First).Show("ja", T.AddTicks(-1)).Error?.Code);

    [Fact]
    public void ChangesSince_WordingThatWasNeverShown_IsRefused()
    {
        var versions = new NoticeVersions(First);
        var shown = versions.Show("ja", T).Value!;

        Assert.Equal(ConsentErrorCodes.NoticeUnknown, versions.ChangesSince(shown with { WordingDigest = "forged" }, T).Error?.Code);
        Assert.Equal(ConsentErrorCodes.NoticeUnknown, versions.ChangesSince(shown with { Version = 7 }, T).Error?.Code);
        Assert.Equal(ConsentErrorCodes.NoticeUnknown, versions.ChangesSince(shown with { NoticeId = "other" }, T).Error?.Code);
    }

    [Fact]
    public void Missing_MinimumOfALaw_NamesWhatIsNotStated()
    {
        var ccpa = LawRules.Current.FindLaw(LawIds.Ccpa)!;

        Assert.Equal(["notice_sold_or_shared", "notice_retention"], First.Missing(ccpa));
        Assert.Empty((First with { States = ccpa.NoticeItems }).Missing(ccpa));
        Assert.All(LawRules.Current.Laws, law => Assert.NotEmpty(law.NoticeItems));
    }

    [Fact]
    public void NoticeVersions_NotRising_Throws()
    {
        Assert.Throws<ArgumentException>(() => new NoticeVersions());
        Assert.Throws<ArgumentException>(() => new NoticeVersions(First, First));
        Assert.Throws<ArgumentException>(() => new NoticeVersions(First, First with { NoticeId = "other", Version = 2 }));
    }

    private static NoticeVersion Change(NoticeField field) => field switch
    {
        NoticeField.Controller => First with { Controllers = ["hospital-z"] },
        NoticeField.Recipient => First with { Recipients = ["clinic-b", "clinic-c"] },
        NoticeField.Purpose => First with { Purposes = ["TREAT", "HRESCH"] },
        NoticeField.Data => First with { Data = [.. First.Data, "Observation"] },
        NoticeField.Retention => First with { Retention = ["P10Y"] },
        NoticeField.ThirdParty => First with { ThirdParties = ["cloud-x"] },
        NoticeField.Country => First with { Countries = ["US"] },
        NoticeField.Rights => First with { Rights = [] },
        NoticeField.Contact => First with { Contacts = ["mailto:privacy@hospital-a.example"] },
        NoticeField.Wording => First with { Wordings = new Dictionary<string, string> { ["ja"] = "d9", ["en"] = "d2" } },
        _ => First with { ImpactAssessment = "https://hospital-a.example/pia/1" },
    };
}
