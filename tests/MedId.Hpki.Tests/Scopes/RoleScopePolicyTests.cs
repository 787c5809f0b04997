using MedId.Hpki;

namespace MedId.Hpki.Tests;

public class RoleScopePolicyTests
{
    private const string Read = "patient/MedicationRequest.read";
    private const string Write = "patient/MedicationRequest.write";
    private static readonly DateTimeOffset At = new(2026, 11, 22, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Decide_Nothing_GrantsNothing() => Assert.Equal(HpkiErrorCodes.ScopeNotGranted, RoleScopePolicy.Nothing.Decide(Roles("Medical Doctor"), [Read]).Error?.Code);

    [Fact]
    public void Decide_AllowedRole_GrantsExactlyItsScopes()
    {
        var policy = RoleScopePolicy.Nothing.Allow(RoleIds.Physician, Read);

        Assert.Equal(RoleIds.Physician, Assert.Single(policy.Decide(Roles("Medical Doctor"), [Read]).Value!).Row!.Id);
        Assert.Equal(HpkiErrorCodes.ScopeNotGranted, policy.Decide(Roles("Medical Doctor"), [Read, Write]).Error?.Code);
        Assert.Equal(HpkiErrorCodes.ScopeNotGranted, policy.Decide(Roles("Medical Doctor"), [Read.ToUpperInvariant()]).Error?.Code);
        Assert.Equal(HpkiErrorCodes.ScopeNotGranted, policy.Decide(Roles("Pharmacist"), [Read]).Error?.Code);
        Assert.Equal(HpkiErrorCodes.ScopeNotGranted, policy.Decide([], [Read]).Error?.Code);
    }

    [Fact]
    public void Decide_NoScope_GrantsNothing() =>
        Assert.Equal(HpkiErrorCodes.ScopeNotGranted, RoleScopePolicy.Nothing.Allow(RoleIds.Physician, _ => true).Decide(Roles("Medical Doctor"), []).Error?.Code);

    [Fact]
    public void Decide_RoleNotVerified_GrantsNothing() =>
        Assert.Equal(HpkiErrorCodes.ScopeNotGranted, RoleScopePolicy.Nothing.Allow(RoleIds.Dentist, _ => true).Decide(Roles("Dentist"), [Read]).Error?.Code);

    [Fact]
    public void Decide_TwoRoles_MayAddUp()
    {
        var policy = RoleScopePolicy.Nothing.Allow(RoleIds.Physician, Read).Allow(RoleIds.Pharmacist, scope => scope == Write);

        Assert.Equal(2, policy.Decide(Roles("Medical Doctor", "Pharmacist"), [Read, Write]).Value!.Count);
    }

    [Fact]
    public void Decide_Administrator_HasOnlyWhatIsAllowedToAdministrators()
    {
        var table = RoleTable.Default.Confirm("director-of-hospital", "a synthetic source");
        var director = table.Read([new() { CodingScheme = HpkiOids.NationalQualifications, Text = "Director of Hospital" }], At);

        Assert.Equal(HpkiErrorCodes.ScopeNotGranted, RoleScopePolicy.Nothing.Allow("director-of-hospital", _ => true).Decide(director, [Read]).Error?.Code);
        Assert.Null(RoleScopePolicy.Nothing.AllowAdministrator("director-of-hospital", scope => scope == Read).Decide(director, [Read]).Error);
        Assert.Equal(HpkiErrorCodes.ScopeNotGranted, RoleScopePolicy.Nothing.AllowAdministrator(RoleIds.Physician, _ => true).Decide(Roles("Medical Doctor"), [Read]).Error?.Code);
    }

    [Fact]
    public void Allow_NoScope_IsMisuse() => Assert.Throws<ArgumentException>(() => RoleScopePolicy.Nothing.Allow(RoleIds.Physician, Array.Empty<string>()));

    private static IReadOnlyList<HpkiRole> Roles(params string[] texts) =>
        RoleTable.Default.Read([.. texts.Select(text => new HcActor { CodingScheme = HpkiOids.NationalQualifications, Text = text })], At);
}
