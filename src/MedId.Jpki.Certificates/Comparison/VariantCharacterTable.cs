using System.Collections.Frozen;
using System.Text;
using MedId.Core;

namespace MedId.Jpki.Certificates;

/// <summary>Which characters people write for each other in names and addresses: dated data with a source per row, replaceable without a release.</summary>
/// <remarks>The table that comes along is small on purpose: compatibility ideographs, the old forms of the general-use table, and pairs met in names.</remarks>
public sealed class VariantCharacterTable
{
    private const int MaxRows = 20_000;

    private readonly FrozenDictionary<string, string>[] _representatives;

    private VariantCharacterTable(string edition, IReadOnlyList<VariantCharacterRow> rows)
    {
        Edition = edition;
        Rows = rows;
        _representatives =
        [
            FrozenDictionary<string, string>.Empty,
            Unite(rows.Where(r => !r.IsOldForm)),
            Unite(rows.Where(r => r.IsOldForm)),
            Unite(rows),
        ];
    }

    /// <summary>The table of this release.</summary>
    public static VariantCharacterTable Default { get; } = LoadDefault();

    /// <summary>The table's date.</summary>
    public string Edition { get; }

    /// <summary>Every pair.</summary>
    public IReadOnlyList<VariantCharacterRow> Rows { get; }

    /// <summary>Reads a table: lines of <c>edition</c>, <c>source</c>, and rows of set (<c>variant</c>, <c>oldnew</c>), two characters and source, with tabs between.</summary>
    /// <param name="text">The table; at most 20,000 rows.</param>
    public static MedIdResult<VariantCharacterTable> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string? edition = null;
        var sources = new Dictionary<string, DataCertainty>(StringComparer.Ordinal);
        var rows = new List<VariantCharacterRow>();
        foreach (var line in text.Split('\n').Where(l => l.Length > 0 && l[0] != '#'))
        {
            var parts = line.Split('\t');
            if (parts is ["edition", { Length: > 0 } stated] && edition is null)
            {
                edition = stated;
            }
            else if (parts is ["source", { Length: > 0 } id, var certainty, _] && Certainty(certainty) is { } known && sources.TryAdd(id, known))
            {
            }
            else if (parts is ["variant" or "oldnew", var one, var other, var source] && IsOneCharacter(one) && IsOneCharacter(other) && one != other
                && sources.TryGetValue(source, out var of) && rows.Count < MaxRows)
            {
                rows.Add(new(one, other, parts[0] == "oldnew", source, of));
            }
            else
            {
                return new MedIdError(JpkiErrorCodes.DataMalformed, ErrorCategory.Malformed, "MedIdSdk variant characters", "a line is not of this form");
            }
        }

        return edition is null
            ? new MedIdError(JpkiErrorCodes.DataMalformed, ErrorCategory.Malformed, "MedIdSdk variant characters", "no edition")
            : new VariantCharacterTable(edition, rows);
    }

    /// <summary>This table with another pair, for which the integrator answers.</summary>
    /// <param name="character">One character.</param>
    /// <param name="comparedAs">The one it is compared as.</param>
    /// <param name="isOldForm">Whether the pair is one of old and new forms.</param>
    /// <exception cref="ArgumentException">Not two different single characters.</exception>
    public VariantCharacterTable With(string character, string comparedAs, bool isOldForm = false) =>
        !IsOneCharacter(character) || !IsOneCharacter(comparedAs) || character == comparedAs
            ? throw new ArgumentException("A pair is two different characters of one code point each.", nameof(character))
            : new(Edition, [.. Rows, new(character, comparedAs, isOldForm, "integrator", DataCertainty.Configured)]);

    /// <summary>What stands for a character under the equivalences in use; itself where no row speaks of it.</summary>
    internal string Representative(string character, ComparisonReasons equivalences) =>
        _representatives[(equivalences.HasFlag(ComparisonReasons.Variants) ? 1 : 0) + (equivalences.HasFlag(ComparisonReasons.OldAndNewForms) ? 2 : 0)]
            .GetValueOrDefault(character, character);

    private static VariantCharacterTable LoadDefault()
    {
        using var stream = typeof(VariantCharacterTable).Assembly.GetManifestResourceStream("MedId.Jpki.Certificates.variant-characters.txt")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var table = Parse(reader.ReadToEnd());
        return table.Succeeded ? table.Value : throw new InvalidOperationException(table.Error.ToString());
    }

    private static DataCertainty? Certainty(string text) => text switch
    {
        "verified" => DataCertainty.Verified,
        "corroborated" => DataCertainty.Corroborated,
        "single-source" => DataCertainty.SingleSource,
        _ => null,
    };

    private static bool IsOneCharacter(string text) => Rune.DecodeFromUtf16(text, out var rune, out var length) == System.Buffers.OperationStatus.Done
        && length == text.Length && rune.Value > 0x7f;

    // Pairs that touch are one class; its smallest member stands for it, so that the order of rows decides nothing.
    private static FrozenDictionary<string, string> Unite(IEnumerable<VariantCharacterRow> rows)
    {
        var parents = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            var one = Root(parents, row.Character);
            var other = Root(parents, row.ComparedAs);
            var (small, large) = string.CompareOrdinal(one, other) <= 0 ? (one, other) : (other, one);
            parents[small] = small;
            parents[large] = small;
            parents.TryAdd(row.Character, small);
            parents.TryAdd(row.ComparedAs, small);
        }

        return parents.Keys.ToDictionary(k => k, k => Root(parents, k), StringComparer.Ordinal).ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static string Root(Dictionary<string, string> parents, string character)
    {
        while (parents.TryGetValue(character, out var parent) && parent != character)
        {
            character = parent;
        }

        return character;
    }
}
