using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using MedId.Consent;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Provider;

/// <summary>Holds notices and consents against the laws of the policy.</summary>
internal static class LawCheck
{
    /// <summary>What would fail for every consent to this recipient, in words that name rule and field.</summary>
    public static IEnumerable<string> Static(LawPolicy policy, string clientId, RecipientNotice? notice, DateOnly on)
    {
        if (policy.OffBecause is not null || policy.Mistakes().Any())
        {
            yield break;
        }

        var facts = LawCase.AtBest(policy, clientId, notice);
        var stated = LawCase.StatedBy(notice);
        var name = notice is null ? $"the notice about {clientId}" : $"the notice about {clientId}, version {notice.Version},";
        foreach (var law in ConsentLaws.Choose(policy.Rules, facts).Laws.Where(law => law.IsBinding))
        {
            foreach (var item in law.NoticeItems.Where(item => !stated.Contains(item, StringComparer.Ordinal)))
            {
                yield return $"Laws: {law.Id}: {name} does not state {item}.";
            }
        }

        foreach (var finding in Stopping(policy, ConsentLaws.Evaluate(policy.Rules, facts, on)))
        {
            yield return $"Laws: {finding.Rule.Id} ({finding.Rule.Law.Id} {finding.Rule.Section}) fails for every consent under {name} because of {string.Join(", ", finding.DecidedBy)}.";
        }
    }

    /// <summary>Judges a consent before it is given effect.</summary>
    /// <returns>What to keep beside it; null when nothing is checked. <see cref="ProviderErrorCodes.LawNotMet"/> and <see cref="ProviderErrorCodes.LawUndecided"/> with the rules in the detail.</returns>
    public static MedIdResult<ConsentRecord> Judge(LawPolicy policy, ConsentRecord consent, RecipientNotice? notice)
    {
        if (policy.OffBecause is not null)
        {
            return consent;
        }

        var report = ConsentLaws.Evaluate(policy.Rules, LawCase.Of(policy, consent, notice), DateOnly.FromDateTime(consent.GivenAt.UtcDateTime));
        if (Stopping(policy, report).ToList() is { Count: > 0 } broken)
        {
            return Refuse(ProviderErrorCodes.LawNotMet, broken);
        }

        if (report.Findings.Where(finding => finding.Verdict == LawVerdict.Undecidable && policy.MustBeDecided.Contains(finding.Rule.Id, StringComparer.Ordinal)).ToList() is { Count: > 0 } open)
        {
            return Refuse(ProviderErrorCodes.LawUndecided, open);
        }

        return consent with { Laws = Summary(policy, report) };
    }

    private static IEnumerable<LawFinding> Stopping(LawPolicy policy, LawReport report) =>
        report.Findings.Where(finding => finding is { Verdict: LawVerdict.Fail, Rule.IsBinding: true } && !policy.OnlyRecorded.Contains(finding.Rule.Id, StringComparer.Ordinal));

    private static MedIdError Refuse(string code, List<LawFinding> because) => new(
        code, ErrorCategory.Policy, $"{because[0].Rule.Law.Id} {because[0].Rule.Section}", string.Join(", ", because.Select(finding => finding.Rule.Id)));

    private static ConsentLawCheck Summary(LawPolicy policy, LawReport report) => new()
    {
        Table = policy.Rules.AsOf.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture),
        Laws = [.. report.Findings.Select(finding => finding.Rule.Law.Id).Distinct(StringComparer.Ordinal)],
        Verdict = Word(report.Overall),
        NotMet = Of(report, LawVerdict.Fail),
        Undecided = Of(report, LawVerdict.Undecidable),
        Digest = StrictBase64Url.Encode(SHA256.HashData(Canonical(report))),
    };

    private static List<string> Of(LawReport report, LawVerdict verdict) => [.. report.Findings.Where(finding => finding.Verdict == verdict).Select(finding => finding.Rule.Id)];

    private static string Word(LawVerdict verdict) => AuditJson.NameOf(verdict);

    private static byte[] Canonical(LawReport report)
    {
        var buffer = new ArrayBufferWriter<byte>(report.Findings.Count * 128);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            foreach (var finding in report.Findings)
            {
                json.WriteStartObject();
                Write(json, "decided_by", finding.DecidedBy);
                Write(json, "missing", finding.Missing);
                json.WriteString("rule", finding.Rule.Id);
                json.WriteString("verdict", Word(finding.Verdict));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return CanonicalJson.OfSorted(buffer.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<string> facts)
    {
        json.WriteStartArray(name);
        foreach (var fact in facts)
        {
            json.WriteStringValue(fact);
        }

        json.WriteEndArray();
    }
}
