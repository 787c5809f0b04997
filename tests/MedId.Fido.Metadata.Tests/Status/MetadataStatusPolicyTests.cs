using MedId.Core;
using MedId.Pki;
using MedId.Testing;

namespace MedId.Fido.Metadata.Tests;

public sealed class MetadataStatusPolicyTests
{
    private static readonly TestAuthority Root = TestAuthority.CreateRoot(TestName.Common("LAB attestation root"));

    private static readonly Certificate Leaf = MetadataWorld.Read(Root.Issue(TestName.Common("LAB key")));

    public static TheoryData<AuthenticatorStatus, string> Bad => new()
    {
        { AuthenticatorStatus.Revoked, MetadataErrorCodes.StatusRevoked },
        { AuthenticatorStatus.UserVerificationBypass, MetadataErrorCodes.StatusUserVerificationBypass },
        { AuthenticatorStatus.AttestationKeyCompromise, MetadataErrorCodes.StatusAttestationKeyCompromise },
        { AuthenticatorStatus.UserKeyRemoteCompromise, MetadataErrorCodes.StatusUserKeyCompromise },
        { AuthenticatorStatus.UserKeyPhysicalCompromise, MetadataErrorCodes.StatusUserKeyCompromise },
    };

    public static TheoryData<AuthenticatorStatus> NotBad =>
        [.. Enum.GetValues<AuthenticatorStatus>().Where(status => status != AuthenticatorStatus.Unknown && !MetadataStatusPolicy.Default.Refused.Contains(status))];

    [Theory]
    [MemberData(nameof(Bad))]
    public void Judge_BadStatus_IsRefusedFromItsFirstDayOn(AuthenticatorStatus status, string code)
    {
        var entry = Entry(Report(AuthenticatorStatus.FidoCertifiedL1, "2020-01-01"), Report(status, "2026-04-01"));

        Assert.True(Judge(entry, at: MetadataWorld.Now.AddTicks(-1)).IsAccepted);
        var decision = Judge(entry);
        Assert.Equal((VerificationOutcome.Refused, code, status), (decision.Outcome, decision.Error?.Code, decision.Report?.Status));
    }

    [Theory]
    [MemberData(nameof(NotBad))]
    public void Judge_OtherStatus_IsAccepted(AuthenticatorStatus status) => Assert.True(Judge(Entry(Report(status, "2020-01-01"))).IsAccepted);

    [Fact]
    public void Judge_NothingReported_IsAccepted() => Assert.True(Judge(Entry()).IsAccepted);

    [Fact]
    public void Judge_RevokedAndLaterCertified_StaysRefused() =>
        Assert.Equal(
            MetadataErrorCodes.StatusRevoked,
            Judge(Entry(Report(AuthenticatorStatus.Revoked, "2024-01-01"), Report(AuthenticatorStatus.FidoCertifiedL3, "2025-01-01"))).Error?.Code);

    [Fact]
    public void Judge_StatusRefusedByThisInstallation_HasACodeOfItsOwn()
    {
        var policy = new MetadataStatusPolicy { Refused = [AuthenticatorStatus.Retired] };
        Assert.Equal(MetadataErrorCodes.StatusRefused, policy.Judge(Entry(Report(AuthenticatorStatus.Retired, "2020-01-01")), Leaf, MetadataWorld.Now).Error?.Code);
        Assert.True(policy.Judge(Entry(Report(AuthenticatorStatus.Revoked, "2020-01-01")), Leaf, MetadataWorld.Now).IsAccepted);
    }

    [Fact]
    public void Judge_CompromiseOfANamedCertificate_IsAboutThatOneOnly()
    {
        var other = MetadataWorld.Read(TestAuthority.CreateRoot(TestName.Common("LAB other root")).Issue(TestName.Common("LAB other key")));
        var entry = Entry(Report(AuthenticatorStatus.AttestationKeyCompromise, "2020-01-01") with { Certificate = Leaf.RawData });

        Assert.Equal(MetadataErrorCodes.StatusAttestationKeyCompromise, Judge(entry).Error?.Code);
        Assert.True(Judge(entry, other).IsAccepted);
        var unknown = MetadataStatusPolicy.Default.Judge(entry, null, MetadataWorld.Now);
        Assert.Equal((VerificationOutcome.Undetermined, MetadataErrorCodes.StatusCertificateUnknown), (unknown.Outcome, unknown.Error?.Code));
    }

    [Fact]
    public void Judge_CompromiseOfTheAuthorityAbove_IsAboutEverythingBelow()
    {
        var root = MetadataWorld.Read(Root.Certificate);
        var entry = Entry(Report(AuthenticatorStatus.AttestationKeyCompromise, "2020-01-01") with { Certificate = root.RawData });
        var below = MetadataWorld.Read(Root.CreateSubordinate(TestName.Common("LAB sub")).Issue(TestName.Common("LAB key below")));

        Assert.Equal(MetadataErrorCodes.StatusAttestationKeyCompromise, Judge(entry).Error?.Code);
        Assert.Equal(MetadataErrorCodes.StatusAttestationKeyCompromise, MetadataStatusPolicy.Default.Judge(entry, below, MetadataWorld.Now, attestationPath: [root]).Error?.Code);
    }

    [Fact]
    public void Judge_CompromiseOfACertificateThatCannotBeRead_IsAboutAll() =>
        Assert.Equal(
            MetadataErrorCodes.StatusAttestationKeyCompromise,
            Judge(Entry(Report(AuthenticatorStatus.AttestationKeyCompromise, "2020-01-01") with { Certificate = new byte[] { 1 } })).Error?.Code);

    [Theory]
    [InlineData(3UL, null)]
    [InlineData(2UL, MetadataErrorCodes.StatusUserVerificationBypass)]
    [InlineData(null, MetadataErrorCodes.UpdateUnknown)]
    public void Judge_MendedByAnUpdate_CountsWhereTheUpdateIsMissing(ulong? version, string? expected)
    {
        var entry = Entry(Report(AuthenticatorStatus.UserVerificationBypass, "2024-01-01"), Report(AuthenticatorStatus.UpdateAvailable, "2024-02-01") with { AuthenticatorVersion = 3 });
        var decision = MetadataStatusPolicy.Default.Judge(entry, Leaf, MetadataWorld.Now, version);

        Assert.Equal(expected, decision.Error?.Code);
        Assert.Equal(expected == MetadataErrorCodes.UpdateUnknown ? VerificationOutcome.Undetermined : expected is null ? VerificationOutcome.Accepted : VerificationOutcome.Refused, decision.Outcome);
        Assert.Equal(version is null or < 3, decision.UpdateAvailable);
    }

    [Fact]
    public void Judge_UpdateBeforeTheFinding_MendsNothing()
    {
        var entry = Entry(Report(AuthenticatorStatus.UpdateAvailable, "2024-01-01") with { AuthenticatorVersion = 3 }, Report(AuthenticatorStatus.UserVerificationBypass, "2024-02-01"));
        Assert.Equal(MetadataErrorCodes.StatusUserVerificationBypass, MetadataStatusPolicy.Default.Judge(entry, Leaf, MetadataWorld.Now, 9).Error?.Code);
    }

    [Fact]
    public void Judge_UpdateAfterACompromisedAttestationKey_MendsNothing()
    {
        var entry = Entry(Report(AuthenticatorStatus.AttestationKeyCompromise, "2024-01-01"), Report(AuthenticatorStatus.UpdateAvailable, "2024-02-01") with { AuthenticatorVersion = 3 });
        Assert.Equal(MetadataErrorCodes.StatusAttestationKeyCompromise, MetadataStatusPolicy.Default.Judge(entry, Leaf, MetadataWorld.Now, 9).Error?.Code);
    }

    [Theory]
    [InlineData(3UL, null)]
    [InlineData(2UL, MetadataErrorCodes.UpdateRequired)]
    [InlineData(null, MetadataErrorCodes.UpdateUnknown)]
    public void Judge_UpdatesRequired_RefusesTheOlderFirmware(ulong? version, string? expected)
    {
        var entry = Entry(Report(AuthenticatorStatus.UpdateAvailable, "2024-02-01") with { AuthenticatorVersion = 3 });
        Assert.Equal(expected, (MetadataStatusPolicy.Default with { RequireUpdates = true }).Judge(entry, Leaf, MetadataWorld.Now, version).Error?.Code);
        Assert.True(MetadataStatusPolicy.Default.Judge(entry, Leaf, MetadataWorld.Now, version).IsAccepted);
    }

    [Fact]
    public void Judge_UnknownStatus_IsListedAndRefusedOnlyByPolicy()
    {
        var entry = Entry(Report(AuthenticatorStatus.Unknown, "2024-02-01") with { StatusText = "STATUS_OF_2030" });
        var ignoring = Judge(entry);

        Assert.True(ignoring.IsAccepted);
        Assert.Equal("STATUS_OF_2030", Assert.Single(ignoring.Unknown).StatusText);
        Assert.Equal(MetadataErrorCodes.StatusUnknown, (MetadataStatusPolicy.Default with { UnknownStatus = UnknownStatusRule.Refuse }).Judge(entry, Leaf, MetadataWorld.Now).Error?.Code);
    }

    [Theory]
    [InlineData(CertificationLevel.None, CertificationLevel.L2)]
    [InlineData(CertificationLevel.L2, CertificationLevel.L2)]
    [InlineData(CertificationLevel.L2Plus, CertificationLevel.L2)]
    public void Judge_MinimumCertification_IsTheLowestAccepted(CertificationLevel minimum, CertificationLevel reported)
    {
        var entry = Entry(Report(AuthenticatorStatus.FidoCertifiedL1, "2023-01-01"), Report(AuthenticatorStatus.FidoCertifiedL2, "2024-01-01"));
        var decision = (MetadataStatusPolicy.Default with { MinimumCertification = minimum }).Judge(entry, Leaf, MetadataWorld.Now);

        Assert.Equal(reported, decision.Certification);
        Assert.Equal(minimum > reported ? MetadataErrorCodes.CertificationTooLow : null, decision.Error?.Code);
    }

    [Fact]
    public void Judge_Certification_IsTheLatestInForce()
    {
        Assert.Equal(CertificationLevel.L1, Judge(Entry(Report(AuthenticatorStatus.FidoCertifiedL2, "2023-01-01"), Report(AuthenticatorStatus.FidoCertifiedL1, "2024-01-01"))).Certification);
        Assert.Equal(CertificationLevel.L2, Judge(Entry(Report(AuthenticatorStatus.FidoCertifiedL2, "2024-01-01"), Report(AuthenticatorStatus.FidoCertifiedL1, "2023-01-01"))).Certification);
        Assert.Equal(CertificationLevel.L1, Judge(Entry(Report(AuthenticatorStatus.FidoCertifiedL1, "2024-01-01"), Report(AuthenticatorStatus.FidoCertifiedL2, "2026-04-02"))).Certification);
        Assert.Equal(CertificationLevel.None, Judge(Entry(Report(AuthenticatorStatus.FidoCertifiedL2, "2024-01-01"), Report(AuthenticatorStatus.NotFidoCertified, null))).Certification);
    }

    [Fact]
    public void Judge_CertificationOfALaterFirmware_IsNoneOfTheOlder()
    {
        var entry = Entry(Report(AuthenticatorStatus.FidoCertifiedL1, "2023-01-01"), Report(AuthenticatorStatus.FidoCertifiedL2, "2024-01-01") with { AuthenticatorVersion = 5 });
        Assert.Equal(CertificationLevel.L1, MetadataStatusPolicy.Default.Judge(entry, Leaf, MetadataWorld.Now, 4).Certification);
        Assert.Equal(CertificationLevel.L2, MetadataStatusPolicy.Default.Judge(entry, Leaf, MetadataWorld.Now, 5).Certification);
    }

    [Fact]
    public void Read_EveryWordOfTheStandard_IsKnown()
    {
        string[] words =
        [
            "NOT_FIDO_CERTIFIED", "FIDO_CERTIFIED", "USER_VERIFICATION_BYPASS", "ATTESTATION_KEY_COMPROMISE", "USER_KEY_REMOTE_COMPROMISE", "USER_KEY_PHYSICAL_COMPROMISE",
            "UPDATE_AVAILABLE", "RETIRED", "REVOKED", "SELF_ASSERTION_SUBMITTED", "FIDO_CERTIFIED_L1", "FIDO_CERTIFIED_L1plus", "FIDO_CERTIFIED_L2", "FIDO_CERTIFIED_L2plus",
            "FIDO_CERTIFIED_L3", "FIDO_CERTIFIED_L3plus",
        ];
        Assert.Equal(words.Length, words.Select(StatusWords.Read).Where(status => status != AuthenticatorStatus.Unknown).Distinct().Count());
        Assert.Equal(AuthenticatorStatus.Unknown, StatusWords.Read("revoked"));
    }

    private static StatusReport Report(AuthenticatorStatus status, string? date) =>
        new() { Status = status, StatusText = status.ToString(), EffectiveDate = date is null ? null : DateOnly.ParseExact(date, "yyyy-MM-dd") };

    private static MetadataEntry Entry(params StatusReport[] reports) => new() { Aaguid = MetadataWorld.Model, StatusReports = reports };

    private static MetadataStatusDecision Judge(MetadataEntry entry, Certificate? certificate = null, DateTimeOffset? at = null) =>
        MetadataStatusPolicy.Default.Judge(entry, certificate ?? Leaf, at ?? MetadataWorld.Now);
}
