using System.Globalization;
using MedId.Core;

namespace MedId.Jpki.Certificates;

/// <summary>Answers questions about a person without handing the attributes out. What the attributes leave open is refused, not guessed.</summary>
public static class DerivedClaims
{
    /// <summary>That the person has completed so many years on a day.</summary>
    /// <param name="evidence">An accepted signing certificate.</param>
    /// <param name="years">1 to 150.</param>
    /// <param name="on">The day, in Japan.</param>
    /// <returns>The claim, or <c>jpki.claim_not_proven</c>; the refusal does not say that the person is younger.</returns>
    public static MedIdResult<DerivedClaim> AgeOver(JpkiEvidence evidence, int years, DateOnly on)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        return Claim(evidence, string.Create(CultureInfo.InvariantCulture, $"age_over_{years}"), evidence.BasicFour?.BirthDate.IsProvenAtLeast(years, on) == true ? "true" : null, on);
    }

    /// <summary>That the person has not completed so many years on a day.</summary>
    /// <param name="evidence">An accepted signing certificate.</param>
    /// <param name="years">1 to 150.</param>
    /// <param name="on">The day, in Japan.</param>
    public static MedIdResult<DerivedClaim> AgeUnder(JpkiEvidence evidence, int years, DateOnly on)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        return Claim(evidence, string.Create(CultureInfo.InvariantCulture, $"age_under_{years}"), evidence.BasicFour?.BirthDate.IsProvenYoungerThan(years, on) == true ? "true" : null, on);
    }

    /// <summary>In which prefecture the person is registered: the name that the address begins with, none of its characters a stand-in.</summary>
    /// <param name="evidence">An accepted signing certificate.</param>
    public static MedIdResult<DerivedClaim> Prefecture(JpkiEvidence evidence)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        var address = evidence.BasicFour?.Address;
        var name = address is null or { IsUndetermined: true } ? null : Prefectures.All.FirstOrDefault(p => address.Text.StartsWith(p, StringComparison.Ordinal));
        return Claim(evidence, "prefecture", name is not null && address!.Substituted.Any(s => s.Start < name.Length) ? null : name, asOf: null);
    }

    /// <summary>That the person is the one of an account.</summary>
    /// <param name="evidence">An accepted certificate of either kind.</param>
    /// <param name="resolution">What <see cref="JpkiAccountResolver"/> found for it.</param>
    /// <param name="account">The account in question.</param>
    public static MedIdResult<DerivedClaim> SamePerson(JpkiEvidence evidence, JpkiAccountResolution resolution, string account)
    {
        ArgumentNullException.ThrowIfNull(evidence);
        ArgumentNullException.ThrowIfNull(resolution);
        ArgumentException.ThrowIfNullOrEmpty(account);
        return Claim(evidence, "same_person", string.Equals(resolution.Account, account, StringComparison.Ordinal) ? "true" : null, asOf: null);
    }

    private static MedIdResult<DerivedClaim> Claim(JpkiEvidence evidence, string name, string? value, DateOnly? asOf) => value is null
        ? new MedIdError(JpkiErrorCodes.ClaimNotProven, ErrorCategory.State, JpkiSections.Minimisation, name)
        : new DerivedClaim(name, value, asOf, evidence.Standing, evidence.At);
}
