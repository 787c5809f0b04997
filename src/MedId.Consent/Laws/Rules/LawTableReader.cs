using System.Globalization;
using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Consent;

/// <summary>Reads tables of laws, strictly: an unknown member or a name that is no fact refuses the table, so that a typing error cannot weaken a rule.</summary>
internal static class LawTableReader
{
    private const int MaxRules = 1000;

    public static MedIdResult<LawRules> Read(ReadOnlyMemory<byte> utf8)
    {
        var json = StrictJson.ParseObject(utf8, maxBytes: LawRules.MaxBytes);
        if (!json.Succeeded)
        {
            return json.Error;
        }

        try
        {
            var table = new LawRow(json.Value, "table", "asOf", "laws", "rules");
            var laws = table.Rows("laws", "id", "name", "edition", "from", "places", "binding", "scope", "notice").ConvertAll(ReadLaw);
            var rules = table.Rows("rules", "id", "law", "section", "formerSection", "reading", "certainty", "draft", "outside", "from", "until", "applies", "holds", "judgement", "flags", "en", "ja")
                .ConvertAll(r => ReadRule(r, laws));
            return laws.DistinctBy(l => l.Law.Id, StringComparer.Ordinal).Count() != laws.Count || rules.DistinctBy(r => r.Id, StringComparer.Ordinal).Count() != rules.Count || rules.Count > MaxRules
                ? Refusal("an identifier twice, or too many rules")
                : new LawRules(table.Day("asOf"), laws.ConvertAll(l => l.Law), rules);
        }
        catch (FormatException problem)
        {
            return Refusal(problem.Message);
        }
    }

    private static (Law Law, DateOnly From) ReadLaw(LawRow row)
    {
        var name = row.Inner("name", "en", "ja");
        var places = row.Texts("places");
        var items = row.Texts("notice");
        if (places.Any(p => !LawPlaces.IsCode(p)) || items.Any(i => CaseFacts.Find(i) is not { Kind: FactKind.Flag } || !i.StartsWith("notice_", StringComparison.Ordinal)))
        {
            throw new FormatException($"{row.Name}: a place or an item of the notice is none");
        }

        return (new()
        {
            Id = row.Text("id"),
            Name = new(name.Text("en"), name.Text("ja")),
            Edition = row.Text("edition"),
            Places = places,
            IsBinding = row.Flag("binding", otherwise: true),
            NoticeItems = items,
            Scope = row.Condition("scope", otherwise: "always"),
        }, row.Day("from"));
    }

    private static LawRule ReadRule(LawRow row, List<(Law Law, DateOnly From)> laws)
    {
        var (law, from) = laws.Find(l => string.Equals(l.Law.Id, row.Text("law"), StringComparison.Ordinal));
        if (law is null)
        {
            throw new FormatException($"{row.Name}: no such law");
        }

        var judgement = row.Flag("judgement", otherwise: false);
        return new()
        {
            Id = row.Text("id"),
            Law = law,
            Section = row.Text("section"),
            FormerSection = row.OptionalText("formerSection"),
            Reading = row.OptionalText("reading"),
            Certainty = row.Text("certainty") switch
            {
                "sure" => LawCertainty.Sure,
                "read-there" => LawCertainty.ReadThere,
                "unverified" => LawCertainty.Unverified,
                _ => throw new FormatException($"{row.Name}: certainty"),
            },
            IsBinding = law.IsBinding && !row.Flag("draft", otherwise: false),
            From = row.OptionalDay("from") ?? from,
            Until = row.OptionalDay("until"),
            Text = new(row.Text("en"), row.Text("ja")),
            NeedsJudgement = judgement,
            IsOutsideScope = row.Flag("outside", otherwise: false),
            Flags = row.Rows("flags", "code", "when", "en", "ja").ConvertAll(f => new LawFlag(f.Text("code"), new(f.Text("en"), f.Text("ja"))) { When = f.Condition("when") }),
            Applies = row.Condition("applies", otherwise: "always"),
            Holds = row.Condition("holds", otherwise: judgement ? "always" : null),
        };
    }

    private static MedIdError Refusal(string detail) => new(ConsentErrorCodes.LawTable, ErrorCategory.Malformed, "MedIdSdk table of laws", detail);

    /// <summary>One object of the table; what is not of its form is a <see cref="FormatException"/>, which does not leave the reader.</summary>
    private sealed class LawRow
    {
        private readonly JsonElement _json;

        public LawRow(JsonElement json, string name, params ReadOnlySpan<string> members)
        {
            (_json, Name) = (json, name);
            if (json.ValueKind != JsonValueKind.Object)
            {
                throw new FormatException($"{name}: not an object");
            }

            foreach (var member in json.EnumerateObject())
            {
                if (!members.Contains(member.Name))
                {
                    throw new FormatException($"{name}: a member that is not known");
                }
            }
        }

        public string Name { get; }

        public string Text(string member) => OptionalText(member) ?? throw new FormatException($"{Name}: {member} is missing");

        public string? OptionalText(string member) => !_json.TryGetProperty(member, out var value) ? null
            : value.ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(value.GetString()) ? value.GetString() : throw new FormatException($"{Name}: {member} is no text");

        public bool Flag(string member, bool otherwise) => !_json.TryGetProperty(member, out var value) ? otherwise
            : value.ValueKind is JsonValueKind.True or JsonValueKind.False ? value.GetBoolean() : throw new FormatException($"{Name}: {member} is not true or false");

        public DateOnly Day(string member) => OptionalDay(member) ?? throw new FormatException($"{Name}: {member} is missing");

        public DateOnly? OptionalDay(string member) => OptionalText(member) is not { } text ? null
            : DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : throw new FormatException($"{Name}: {member} is no date");

        public IReadOnlyList<string> Texts(string member) => [.. Items(member).Select(i => i.ValueKind == JsonValueKind.String ? i.GetString()! : throw new FormatException($"{Name}: {member} is no list of texts"))];

        public LawRow Inner(string member, params ReadOnlySpan<string> members) =>
            _json.TryGetProperty(member, out var value) ? new(value, $"{Name}.{member}", members) : throw new FormatException($"{Name}: {member} is missing");

        public List<LawRow> Rows(string member, params string[] members) => [.. Items(member).Select((item, i) => new LawRow(item, $"{Name}.{member}[{i}]", members))];

        public LawCondition Condition(string member, string? otherwise = null) => ConditionParser.TryParse(OptionalText(member) ?? otherwise ?? Text(member), out var condition)
            ? condition : throw new FormatException($"{Name}: {member} is no condition");

        private JsonElement.ArrayEnumerator Items(string member) => !_json.TryGetProperty(member, out var value) ? default
            : value.ValueKind == JsonValueKind.Array ? value.EnumerateArray() : throw new FormatException($"{Name}: {member} is no list");
    }
}
