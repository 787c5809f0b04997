using MedId.Core;

namespace MedId.Provider;

/// <summary>The OP's policy about proxies (row A14). The age lines and terms are policy, not law: the defaults are for Japan and say where they come from.</summary>
public sealed class ProxyOptions
{
    /// <summary>The longest term that any relation may have, whatever is configured: a relation is looked at again.</summary>
    public static readonly TimeSpan LongestTerm = TimeSpan.FromDays(5 * 366);

    /// <summary>Who is asked.</summary>
    /// <value><see cref="ProxyAsking.PersonElseProxies"/>.</value>
    public ProxyAsking Asking { get; set; } = ProxyAsking.PersonElseProxies;

    /// <summary>The relationships that take the person's place: while one of them stands the person's own device is not asked, because the person's judgement is what is lacking.</summary>
    /// <value>Guardian.</value>
    public ISet<ProxyRelationship> InPlaceOfThePerson { get; } = new HashSet<ProxyRelationship> { ProxyRelationship.Guardian };

    /// <summary>The relationships that the person may end alone. A parent's ends so from the day on which the person decides alone.</summary>
    /// <value>Agent and parent.</value>
    public ISet<ProxyRelationship> EndedByThePerson { get; } = new HashSet<ProxyRelationship> { ProxyRelationship.Agent, ProxyRelationship.Parent };

    /// <summary>The longest term by relationship; a longer one is refused.</summary>
    /// <value>Parent 3 years, guardian 2 years, agent 1 year.</value>
    public IDictionary<ProxyRelationship, TimeSpan> Longest { get; } = new Dictionary<ProxyRelationship, TimeSpan>
    {
        [ProxyRelationship.Parent] = TimeSpan.FromDays(3 * 366),
        [ProxyRelationship.Guardian] = TimeSpan.FromDays(2 * 366),
        [ProxyRelationship.Agent] = TimeSpan.FromDays(366),
    };

    /// <summary>The age at which a person comes of age, in years.</summary>
    /// <value>18 (Japan, Civil Code article 4).</value>
    public int MajorityAge { get; set; } = 18;

    /// <summary>The age from which a minor decides alone about their data, in years. Japan's guidance says about 12 to 15; the GDPR's line is 13 to 16 by state, California's 13 and 16.</summary>
    /// <value>15.</value>
    public int ConsentAge { get; set; } = 15;

    /// <summary>The offset of the place whose day begins an age.</summary>
    /// <value>Nine hours: Japan.</value>
    public TimeSpan UtcOffset { get; set; } = TimeSpan.FromHours(9);

    /// <summary>The kinds of evidence that a desk may accept, and for what.</summary>
    public IList<ProxyTerm> EvidenceKinds { get; } =
    [
        new("family-register", "戸籍謄本（全部事項証明書）", "Family register", ProxyRelationship.Parent, ProxyRelationship.Guardian),
        new("residence-record", "住民票の写し", "Residence record", ProxyRelationship.Parent),
        new("health-insurance-card", "健康保険の資格確認書", "Health insurance card", ProxyRelationship.Parent),
        new("court-order", "家庭裁判所の審判書", "Family court order", ProxyRelationship.Guardian),
        new("registration-certificate", "登記事項証明書（成年後見登記）", "Certificate of guardianship registration", ProxyRelationship.Guardian),
        new("power-of-attorney", "委任状", "Power of attorney", ProxyRelationship.Agent),
        new(PaperConsent, "本人の同意書", "The person's own consent on paper", ProxyRelationship.Agent),
    ];

    /// <summary>The legal bases, and for what.</summary>
    public IList<ProxyTerm> LegalBases { get; } =
    [
        new("parental-authority", "親権（民法第818条）", "Parental authority (Civil Code, article 818)", ProxyRelationship.Parent) { OfMinors = true },
        new("guardian-of-minor", "未成年後見（民法第838条）", "Guardianship of a minor (Civil Code, article 838)", ProxyRelationship.Guardian) { OfMinors = true },
        new("guardian-of-adult", "成年後見（民法第838条）", "Guardianship of an adult (Civil Code, article 838)", ProxyRelationship.Guardian),
        new("voluntary-guardian", "任意後見契約（任意後見契約に関する法律第2条）", "Voluntary guardianship contract (Act on Voluntary Guardianship Contract, article 2)", ProxyRelationship.Guardian),
        new("mandate", "委任（民法第643条）", "Mandate (Civil Code, article 643)", ProxyRelationship.Agent),
    ];

    /// <summary>The evidence that stands for an agent's appointment without an act of the person's device: the scan of what they signed at the desk.</summary>
    public const string PaperConsent = "paper-consent";

    /// <summary>The desks; none by default.</summary>
    public IList<ProxyDeskClient> Desks { get; } = [];

    /// <summary>Relations that end when the person comes of age: a parent's always; a guardian's by a legal basis that is there for minors.</summary>
    internal bool IsOfMinors(ProxyRelationship relationship, string legalBasis) => relationship == ProxyRelationship.Parent || FindBasis(legalBasis, relationship) is { OfMinors: true };

    internal ProxyTerm? FindEvidence(string code, ProxyRelationship relationship) => Find(EvidenceKinds, code, relationship);

    internal ProxyTerm? FindBasis(string code, ProxyRelationship relationship) => Find(LegalBases, code, relationship);

    /// <summary>The instant at which a person has an age: the beginning of the birthday, and of 1 March where there is no 29 February (Act on Calculation of Ages; Civil Code article 143).</summary>
    internal DateTimeOffset ReachedAt(DateOnly bornOn, int years)
    {
        var day = bornOn is { Month: 2, Day: 29 } && !DateTime.IsLeapYear(bornOn.Year + years) ? new(bornOn.Year + years, 3, 1) : bornOn.AddYears(years);
        return new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), UtcOffset).ToUniversalTime();
    }

    internal IEnumerable<(bool Holds, string Message)> Rules()
    {
        yield return (MajorityAge is > 0 and <= 30 && ConsentAge is > 0 && ConsentAge <= MajorityAge, "Proxies: ConsentAge is at most MajorityAge, and both are ages.");
        yield return (UtcOffset.Duration() <= TimeSpan.FromHours(14), "Proxies: UtcOffset is at most 14 hours.");
        foreach (var relationship in Enum.GetValues<ProxyRelationship>())
        {
            yield return (Longest.TryGetValue(relationship, out var term) && term > TimeSpan.Zero && term <= LongestTerm, $"Proxies: Longest[{relationship}] is more than zero and at most five years; an unlimited relation is refused.");
        }

        yield return (EvidenceKinds.Concat(LegalBases).All(static term => term is { Code.Length: > 0, Ja.Length: > 0, En.Length: > 0, For.Count: > 0 }), "Proxies: evidence kinds and legal bases have a code, words in ja and en, and relationships.");
        yield return (Distinct(EvidenceKinds.Select(static term => term.Code)) && Distinct(LegalBases.Select(static term => term.Code)), "Proxies: a code stands once.");
        yield return (Desks.All(static desk => desk is { ClientId.Length: > 0, InstitutionId.Length: > 0 }) && Distinct(Desks.Select(static desk => desk.ClientId)), "Proxies: a desk has a client id of its own and an institution.");
    }

    private static ProxyTerm? Find(IEnumerable<ProxyTerm> terms, string code, ProxyRelationship relationship) =>
        terms.FirstOrDefault(term => string.Equals(term.Code, code, StringComparison.Ordinal) && term.For.Contains(relationship));

    private static bool Distinct(IEnumerable<string> codes)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return codes.All(seen.Add);
    }
}
