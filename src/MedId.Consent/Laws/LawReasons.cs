using System.Runtime.CompilerServices;

namespace MedId.Consent;

/// <summary>Why a rule says what it says, in words. One case after another is mostly decided alike, so the last words of each rule are kept.</summary>
internal static class LawReasons
{
    private static readonly ConditionalWeakTable<LawRule, Said> Last = [];

    public static LawText Of(LawRule rule, LawVerdict verdict, IReadOnlyList<string> because)
    {
        if (Last.TryGetValue(rule, out var said) && said.Verdict == verdict && said.Because.SequenceEqual(because, StringComparer.Ordinal))
        {
            return said.Text;
        }

        var list = string.Join(", ", because);
        var text = verdict switch
        {
            LawVerdict.Pass => Say(rule, $"Met: {rule.Text.En}", $"満たしています：{rule.Text.Ja}"),
            LawVerdict.Fail => Say(rule, $"Not met because of {list}: {rule.Text.En}", $"{list}により満たしていません：{rule.Text.Ja}"),
            LawVerdict.Undecidable when rule.NeedsJudgement => Say(rule, $"Only a person can judge: {rule.Text.En}", $"人による判断が必要です：{rule.Text.Ja}"),
            LawVerdict.Undecidable => Say(rule, $"Cannot be decided without {list}: {rule.Text.En}", $"{list}が分からないため判断できません：{rule.Text.Ja}"),
            _ => Say(rule, $"Does not ask anything of this case ({list}): {rule.Text.En}", $"この事案には適用されません（{list}）：{rule.Text.Ja}"),
        };
        Last.AddOrUpdate(rule, new(verdict, [.. because], text));
        return text;
    }

    /// <summary>An unverified row says so in its reason too, because reasons travel without their rows.</summary>
    public static LawText Say(LawRule rule, string en, string ja) => rule.Certainty == LawCertainty.Unverified
        ? new(en + " (This reading is not verified in the primary text.)", ja + "（この解釈は一次資料で確認されていません。）")
        : new(en, ja);

    private sealed record Said(LawVerdict Verdict, IReadOnlyList<string> Because, LawText Text);
}
