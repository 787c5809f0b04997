using MedId.Pki;

namespace MedId.Hpki;

/// <summary>Which texts stand for which roles: 27 national qualifications and 5 administrators, as dated data with a source and a status for each row. Immutable.</summary>
/// <remarks>A row that is neither verified nor confirmed grants nothing; two rows of the shipped data are verified (physician, pharmacist).</remarks>
public sealed class RoleTable
{
    private static readonly Lazy<RoleTable> Shipped = new(() => From(TrustDataBundle.Default));

    private RoleTable(IReadOnlyList<RoleRow> rows) => Rows = rows;

    /// <summary>The table of <see cref="TrustDataBundle.Default"/>.</summary>
    public static RoleTable Default => Shipped.Value;

    /// <summary>The rows: qualifications first.</summary>
    public IReadOnlyList<RoleRow> Rows { get; }

    /// <summary>The table of some trust data. A row that cannot be read as a role is left out, so it grants nothing.</summary>
    /// <param name="data">The data; section <see cref="TrustDataSections.HpkiRoles"/>.</param>
    public static RoleTable From(TrustDataBundle data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new([.. data.Find(TrustDataSections.HpkiRoles).Select(RoleRow.Read).OfType<RoleRow>()]);
    }

    /// <summary>
    /// This table with one row for which the operator answers: from then on certificates with its text have the role. Loud on purpose; the row keeps
    /// <see cref="TrustDataStatus.Confirmed"/>, and results show it.
    /// </summary>
    /// <param name="id">The row.</param>
    /// <param name="source">What the operator relies on, e.g. the certificate policy, version and page.</param>
    /// <param name="text">The text in certificates, where the operator's source spells it otherwise or the row has none; null to keep the row's.</param>
    /// <exception cref="ArgumentException">There is no such row, no text, or the text stands for another row.</exception>
    /// <exception cref="InvalidOperationException">The row is withdrawn.</exception>
    public RoleTable Confirm(string id, string source, string? text = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(source);
        var rows = Rows.ToList();
        var index = rows.FindIndex(row => string.Equals(row.Id, id, StringComparison.Ordinal));
        if (index < 0)
        {
            throw new ArgumentException($"No role {id}.", nameof(id));
        }

        var row = rows[index];
        if (row.Status == TrustDataStatus.Withdrawn)
        {
            throw new InvalidOperationException($"The role {id} is withdrawn and cannot be confirmed.");
        }

        text ??= row.Text;
        if (string.IsNullOrEmpty(text) || rows.Exists(other => other != row && string.Equals(other.Text, text, StringComparison.Ordinal)))
        {
            throw new ArgumentException($"The role {id} needs a text of its own.", nameof(text));
        }

        var isVerified = row.Status == TrustDataStatus.Verified && string.Equals(row.Text, text, StringComparison.Ordinal);
        rows[index] = isVerified ? row : row with { Text = text, Status = TrustDataStatus.Confirmed, Source = source };
        return new(rows);
    }

    /// <summary>Says what the table knows of the actors of a certificate.</summary>
    /// <param name="actors">The actors, from <see cref="HcRoleAttribute.Read"/>.</param>
    /// <param name="at">The reference time.</param>
    /// <returns>One role for each actor, unknown ones among them.</returns>
    public IReadOnlyList<HpkiRole> Read(IReadOnlyList<HcActor> actors, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(actors);
        return [.. actors.Select(actor => Find(actor) is { } row ? new HpkiRole(actor, row, row.Grants(at)) : new HpkiRole(actor, null, isGranted: false))];
    }

    // The scheme first: the same text under another OID is another thing. Then the bytes: ASCII texts in the two string types whose bytes are ASCII.
    private RoleRow? Find(HcActor actor) =>
        string.Equals(actor.CodingScheme, HpkiOids.NationalQualifications, StringComparison.Ordinal) && actor.TextType is HcTextType.Utf8 or HcTextType.Printable
            ? Rows.FirstOrDefault(row => string.Equals(row.Text, actor.Text, StringComparison.Ordinal))
            : null;
}
