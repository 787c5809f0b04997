using MedId.Core;

namespace MedId.Consent.Tests;

public sealed class DataKindsTests
{
    [Theory]
    [InlineData(DataKind.NonSharable, false, true, OnwardSharing.Barred)]
    [InlineData(DataKind.Personal, true, true, OnwardSharing.Limited)]
    [InlineData(DataKind.Generated, true, true, OnwardSharing.Restricted)]
    [InlineData(DataKind.Derived, true, true, OnwardSharing.Barred)]
    [InlineData(DataKind.Anonymous, true, false, OnwardSharing.Barred)]
    [InlineData(DataKind.Public, true, false, OnwardSharing.Free)]
    public void Of_Kind_IsTheRowOfTheTable(DataKind kind, bool canBeShared, bool needsConsent, OnwardSharing onward)
    {
        var rule = DataKinds.Of(kind);

        Assert.Equal((kind, canBeShared, needsConsent, onward, LawCertainty.ReadThere), (rule.Kind, rule.CanBeShared, rule.NeedsConsent, rule.Onward, rule.Certainty));
    }

    [Theory]
    [InlineData(DataKind.NonSharable, true, "consent.kind_not_sharable")]
    [InlineData(DataKind.Personal, true, null)]
    [InlineData(DataKind.Personal, false, "consent.kind_needs_consent")]
    [InlineData(DataKind.Derived, true, null)]
    [InlineData(DataKind.Derived, false, "consent.kind_needs_consent")]
    [InlineData(DataKind.Anonymous, false, null)]
    [InlineData(DataKind.Public, false, null)]
    public void Decide_ByTheHolder_AsksForConsentWhereTheKindDoes(DataKind kind, bool consent, string? code) =>
        Assert.Equal(code, DataKinds.Decide(new() { Kinds = [kind], IsOnward = false, ConsentStands = consent }).Error?.Code);

    [Theory]
    [InlineData(DataKind.Personal, true, true, false, null)]
    [InlineData(DataKind.Personal, false, true, true, "consent.kind_onward_limited")]
    [InlineData(DataKind.Personal, true, false, true, "consent.kind_onward_limited")]
    [InlineData(DataKind.Generated, true, true, false, "consent.kind_onward_restricted")]
    [InlineData(DataKind.Generated, false, false, true, null)]
    [InlineData(DataKind.Derived, true, true, true, "consent.kind_onward_barred")]
    [InlineData(DataKind.Anonymous, true, true, true, "consent.kind_onward_barred")]
    [InlineData(DataKind.Public, false, false, false, null)]
    public void Decide_Onward_IsLimitedRestrictedOrBarred(DataKind kind, bool named, bool within, bool further, string? code) => Assert.Equal(
        code,
        DataKinds.Decide(new() { Kinds = [kind], IsOnward = true, ConsentStands = true, RecipientNamed = named, WithinPurpose = within, OnwardConsentStands = further }).Error?.Code);

    [Fact]
    public void Decide_Unknown_NamesWhatIsMissing()
    {
        var decision = DataKinds.Decide(new() { Kinds = [DataKind.Personal, DataKind.Generated], IsOnward = true, ConsentStands = true });

        Assert.Equal((VerificationOutcome.Undetermined, ConsentErrorCodes.KindUndetermined), (decision.Outcome, decision.Error?.Code));
        Assert.Equal(["recipient_named", "within_purpose", "onward_consent_stands"], decision.Missing);
        Assert.Equal(["kinds"], DataKinds.Decide(new() { Kinds = [] }).Missing);
        Assert.Equal(["consent_stands", "is_onward"], DataKinds.Decide(new() { Kinds = [DataKind.Personal] }).Missing);
        Assert.Equal(VerificationOutcome.Accepted, DataKinds.Decide(new() { Kinds = [DataKind.Public] }).Outcome);
    }

    [Fact]
    public void Decide_SeveralKinds_TheStrictestDecides()
    {
        var sharing = new DataSharing { Kinds = [DataKind.Public, DataKind.Personal], IsOnward = true, ConsentStands = true, RecipientNamed = true, WithinPurpose = true };

        Assert.Equal(VerificationOutcome.Accepted, DataKinds.Decide(sharing).Outcome);
        Assert.Equal(ConsentErrorCodes.KindOnwardBarred, DataKinds.Decide(sharing with { Kinds = [.. sharing.Kinds, DataKind.Derived] }).Error?.Code);
    }

    // Every combination of yes, no and not known: what is refused or accepted stays so when one more becomes known.
    [Fact]
    public void Decide_OneFactMore_NeverChangesWhatWasDecided()
    {
        bool?[] values = [null, false, true];
        foreach (var kind in Enum.GetValues<DataKind>())
        {
            foreach (var sharing in from o in values from c in values from r in values from w in values from f in values select new DataSharing { Kinds = [kind], IsOnward = o, ConsentStands = c, RecipientNamed = r, WithinPurpose = w, OnwardConsentStands = f })
            {
                var decision = DataKinds.Decide(sharing);
                Assert.All(More(sharing), more => Assert.True(decision.Outcome == VerificationOutcome.Undetermined || DataKinds.Decide(more).Outcome == decision.Outcome, $"{sharing} → {more}"));
                Assert.Equal(decision.Outcome == VerificationOutcome.Undetermined, decision.Missing.Count > 0);
            }
        }
    }

    private static IEnumerable<DataSharing> More(DataSharing s)
    {
        foreach (var value in new[] { false, true })
        {
            if (s.IsOnward is null)
            {
                yield return s with { IsOnward = value };
            }

            if (s.ConsentStands is null)
            {
                yield return s with { ConsentStands = value };
            }

            if (s.RecipientNamed is null)
            {
                yield return s with { RecipientNamed = value };
            }

            if (s.WithinPurpose is null)
            {
                yield return s with { WithinPurpose = value };
            }

            if (s.OnwardConsentStands is null)
            {
                yield return s with { OnwardConsentStands = value };
            }
        }
    }
}
