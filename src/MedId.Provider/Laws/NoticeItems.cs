using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using System.Text.Json;
using MedId.Consent;

namespace MedId.Provider;

/// <summary>What a notice states and does not state, of all that the laws of a table ask notices for. The same for every consent under the notice, so it is put together once.</summary>
/// <param name="Rules">The table.</param>
/// <param name="Stated">What is stated.</param>
/// <param name="Facts">Every item as a fact: stated or not.</param>
internal sealed record NoticeItems(LawRules Rules, FrozenSet<string> Stated, JsonElement Facts)
{
    private static readonly ConditionalWeakTable<object, NoticeItems> Known = [];

    public static NoticeItems Of(LawRules rules, RecipientNotice? notice)
    {
        // Where nothing is said about the recipient, what every notice states depends on the table only.
        var key = (object?)notice ?? rules;
        if (Known.TryGetValue(key, out var known) && ReferenceEquals(known.Rules, rules))
        {
            return known;
        }

        var stated = LawCase.StatedBy(notice).ToFrozenSet(StringComparer.Ordinal);
        var items = LawCase.Items(rules).Concat(stated).Distinct(StringComparer.Ordinal).ToDictionary(item => item, stated.Contains, StringComparer.Ordinal);
        known = new(rules, stated, JsonSerializer.SerializeToElement(items, FactJsonContext.Default.DictionaryStringBoolean));
        Known.AddOrUpdate(key, known);
        return known;
    }

    public void Deconstruct(out FrozenSet<string> stated, out JsonElement facts) => (stated, facts) = (Stated, Facts);
}
