using MedId.Consent;
using MedId.Core;

namespace MedId.Provider;

/// <summary>The facts of a consent at this OP, for the laws: what the record proves, what the OP is built to do, what the notice states, what the operator adds.</summary>
internal static class LawCase
{
    private static readonly string[] Abroad = ["notice_country", "notice_country_regime", "notice_recipient_measures", "notice_abroad_reason"];

    public static ConsentCase Of(LawPolicy policy, ConsentRecord record, RecipientNotice? notice)
    {
        var known = ConsentCase.From(record, record.GivenAt) with
        {
            ConsentActive = record.Status == ConsentStatus.Given && record.GivenAt < record.AccessUntil,
            PurposeCount = 1,
            AcrMeetsPolicy = record.Ground is null ? true : null,
            ConsentByRepresentative = record.Proxy is null ? null : true,
        };
        known = record.Ground?.Kind switch
        {
            // Nobody agreed: to save life and body (APPI 27(1) ii), while agreement is hard to get.
            ConsentGroundKind.BreakGlass => known with
            {
                ConsentExists = false,
                Basis = ConsentBasis.Exception,
                Exception = AppiException.LifeBodyProperty,
                ConsentHardToGet = true,
                ConsentAct = null,
                GdprBasis = GdprBasis.VitalInterest,
                GdprArticle9 = GdprArticle9Case.VitalInterest,
            },
            ConsentGroundKind.Paper => known with { ConsentAct = ConsentActKind.Written },
            ConsentGroundKind.Oral => known with { ConsentAct = ConsentActKind.Oral },
            ConsentGroundKind.OneTimeCode => known with { ConsentAct = ConsentActKind.CodeTold },
            _ => known,
        };
        return Complete(policy, record, record.Recipient.ClientId, notice, known);
    }

    /// <summary>A consent for which everything is right that depends on a person: what fails here fails always.</summary>
    public static ConsentCase AtBest(LawPolicy policy, string clientId, RecipientNotice? notice) => Complete(policy, record: null, clientId, notice, new()
    {
        ConsentExists = true,
        ConsentActive = true,
        ConsentGivenAt = DateTimeOffset.UnixEpoch,
        TransferAt = DateTimeOffset.UnixEpoch,
        Basis = ConsentBasis.Explicit,
        ConsentAct = ConsentActKind.Signature,
        AcrMeetsPolicy = true,
        PurposeCount = 1,
        RecordShowsPerson = true,
        RecordShowsTime = true,
        RecordShowsNotice = true,
        RecordShowsAct = true,
        NoticeGiven = true,
        NoticeBefore = true,
        NoticeFindableLater = true,
    });

    /// <summary>What a notice has to state under any law of the table, whether or not it does.</summary>
    public static IEnumerable<string> Items(LawRules rules) => rules.Laws.SelectMany(law => law.NoticeItems).Concat(Abroad).Distinct(StringComparer.Ordinal);

    public static IReadOnlyCollection<string> StatedBy(RecipientNotice? notice) => notice is null ? [.. RecipientNotice.AlwaysStated] : notice.States;

    private static ConsentCase Complete(LawPolicy policy, ConsentRecord? record, string clientId, RecipientNotice? notice, ConsentCase known)
    {
        var recipient = policy.JurisdictionOf(clientId);
        var (stated, items) = NoticeItems.Of(policy.Rules, notice);
        var isAbroad = !IsIn("JP", recipient);
        known = known with
        {
            SubjectJurisdiction = policy.SubjectJurisdiction,
            ProviderJurisdiction = policy.ProviderJurisdiction,
            RecipientJurisdiction = recipient,
            SpecialCareData = true,
            SpecialCategoryData = true,
            SensitiveData = true,
            TransferToOther = true,
            RecipientAbroad = isAbroad,

            // Equal countries are data of the rule itself; whether a recipient has an equal system only the operator knows.
            AbroadEquivalence = isAbroad && (IsIn("GB", recipient) || IsEuropean(policy, recipient)) ? AbroadEquivalence.Country : null,

            // The notice that names the country is what was signed.
            ConsentToAbroad = isAbroad ? stated.Contains("notice_country") || stated.Contains("notice_abroad_reason") : null,
            TransferOutsideEea = IsEuropean(policy, policy.ProviderJurisdiction) ? !IsEuropean(policy, recipient) : null,
            BoxPreticked = false,
            RequestSeparate = true,
            WithdrawalAnyTime = true,
            GdprBasis = known.GdprBasis ?? GdprBasis.Consent,
            GdprArticle9 = known.GdprArticle9 ?? GdprArticle9Case.ExplicitConsent,
        };
        known = ConsentCaseJson.Read(items, known).Value ?? throw new InvalidOperationException("An item of a notice is no fact.");
        return policy.Complete is null ? known : policy.Complete(record, known);
    }

    private static bool IsEuropean(LawPolicy policy, string place) => policy.Rules.FindLaw(LawIds.Gdpr)?.Places.Any(within => IsIn(within, place)) == true;

    private static bool IsIn(string within, string place) => place.StartsWith(within, StringComparison.Ordinal) && (place.Length == within.Length || place[within.Length] == '-');
}
