using MedId.Core;

namespace MedId.Consent;

/// <summary>A dated table of laws and their rules. It is data: a newer table replaces it without a release.</summary>
public sealed class LawRules
{
    /// <summary>The largest table that is read, in bytes.</summary>
    public const int MaxBytes = 1 << 20;

    private static readonly Lazy<LawRules> Embedded = new(ReadEmbedded);

    internal LawRules(DateOnly asOf, IReadOnlyList<Law> laws, IReadOnlyList<LawRule> rules) => (AsOf, Laws, Rules) = (asOf, laws, rules);

    /// <summary>The table of this version of the package.</summary>
    public static LawRules Current => Embedded.Value;

    /// <summary>The day on which the table was put together.</summary>
    public DateOnly AsOf { get; }

    /// <summary>The laws.</summary>
    public IReadOnlyList<Law> Laws { get; }

    /// <summary>The rules, law by law.</summary>
    public IReadOnlyList<LawRule> Rules { get; }

    /// <summary>Reads a table: JSON with <c>asOf</c>, <c>laws</c> and <c>rules</c>, every member known, every condition readable.</summary>
    /// <param name="utf8">The text. Who may hand it in is the operator's affair; the table is not signed.</param>
    /// <returns>The table; <c>consent.law_table</c> where it is not one.</returns>
    public static MedIdResult<LawRules> Parse(ReadOnlyMemory<byte> utf8) => LawTableReader.Read(utf8);

    /// <summary>A law by its identifier.</summary>
    /// <param name="id">Such as <see cref="LawIds.Appi"/>.</param>
    /// <returns>Null where there is none.</returns>
    public Law? FindLaw(string id) => Laws.FirstOrDefault(l => string.Equals(l.Id, id, StringComparison.Ordinal));

    /// <summary>A rule by its identifier.</summary>
    /// <param name="id">Such as <c>JP-1</c>.</param>
    /// <returns>Null where there is none.</returns>
    public LawRule? FindRule(string id) => Rules.FirstOrDefault(r => string.Equals(r.Id, id, StringComparison.Ordinal));

    private static LawRules ReadEmbedded()
    {
        using var stream = typeof(LawRules).Assembly.GetManifestResourceStream("laws.json") ?? throw new InvalidOperationException("The table of laws is not in the assembly.");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var table = Parse(bytes);
        return table.Succeeded ? table.Value : throw new InvalidOperationException($"The table of laws in the assembly is not readable: {table.Error}");
    }
}
