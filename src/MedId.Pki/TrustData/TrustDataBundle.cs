using System.Security.Cryptography;
using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Pki;

/// <summary>
/// Trust as dated data: roots, algorithms, tables of roles and policies, each row with source and status. A version, an issue date and an end; signed, replaceable without a release.
/// Immutable.
/// </summary>
/// <remarks>
/// A bundle is a compact JWS of type <see cref="Type"/> over one JSON object: <c>version</c>, <c>issued_at</c>, <c>expires_at</c>, <c>sections</c> (name → array of rows). Times are RFC 3339
/// in UTC with <c>Z</c>.
/// </remarks>
public sealed class TrustDataBundle
{
    /// <summary>The <c>typ</c> of a signed bundle.</summary>
    public const string Type = "trust-data+jws";

    /// <summary>The longest bundle that is read, in bytes of JSON.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>The most rows over all sections.</summary>
    public const int MaxRows = 10_000;

    private const string Section = "MedIdSdk trust data";
    private static readonly Lazy<TrustDataBundle> Shipped = new(ReadShipped);
    private readonly Dictionary<string, IReadOnlyList<TrustDataRow>> _sections;

    private TrustDataBundle(
        long version, DateTimeOffset issuedAt, DateTimeOffset expiresAt, string sha256, bool isShipped, Dictionary<string, IReadOnlyList<TrustDataRow>> sections, IReadOnlyList<TrustRoot> roots)
    {
        Version = version;
        IssuedAt = issuedAt;
        ExpiresAt = expiresAt;
        Sha256 = sha256;
        IsShipped = isShipped;
        _sections = sections;
        Roots = roots;
    }

    /// <summary>
    /// The data that this assembly carries. It is not signed by itself: whoever trusts the package trusts it. A bundle with a lower version never replaces it.
    /// </summary>
    public static TrustDataBundle Default => Shipped.Value;

    /// <summary>Grows with every issue.</summary>
    public long Version { get; }

    /// <summary>When it was issued.</summary>
    public DateTimeOffset IssuedAt { get; }

    /// <summary>From when on it is stale: still used, and the host is degraded until a newer one comes.</summary>
    public DateTimeOffset ExpiresAt { get; }

    /// <summary>SHA-256 of the JSON as it was signed or shipped, lower hex.</summary>
    public string Sha256 { get; }

    /// <summary>Whether it is the assembly's own data rather than a signed bundle.</summary>
    public bool IsShipped { get; }

    /// <summary>The rows of <see cref="TrustDataSections.Roots"/>.</summary>
    public IReadOnlyList<TrustRoot> Roots { get; }

    /// <summary>The names of the sections.</summary>
    public IReadOnlyCollection<string> Sections => _sections.Keys;

    /// <summary>Verifies a signed bundle.</summary>
    /// <param name="jws">The compact JWS.</param>
    /// <param name="signers">The keys that may sign trust data for this installation.</param>
    /// <param name="algorithms">The policy; <see cref="SignatureUse.TrustData"/> is asked.</param>
    /// <param name="at">Now.</param>
    /// <param name="current">What is in use: a lower version, or the same version with other content, is refused. Start with <see cref="Default"/>.</param>
    /// <returns>The bundle, also when it is stale; or <c>trust.malformed</c>, <c>trust.signature</c>, <c>trust.not_yet_valid</c>, <c>trust.rollback</c>.</returns>
    public static MedIdResult<TrustDataBundle> Verify(string jws, JsonWebKeySet signers, AlgorithmPolicy algorithms, DateTimeOffset at, TrustDataBundle current)
    {
        ArgumentNullException.ThrowIfNull(signers);
        ArgumentNullException.ThrowIfNull(algorithms);
        ArgumentNullException.ThrowIfNull(current);

        // 1. Form.
        var parsed = CompactJws.Parse(jws, MaxBytes * 4 / 3 + CompactJws.DefaultMaxLength);
        if (!parsed.Succeeded)
        {
            return Malformed(parsed.Error.Code);
        }

        // 2. Signature by a key of this installation, and of this kind: no other JWS of the same key is trust data.
        var signer = parsed.Value.Verify(signers, algorithms.For(SignatureUse.TrustData, at));
        if (!signer.Succeeded || !string.Equals(parsed.Value.Header.Type, Type, StringComparison.Ordinal))
        {
            return new MedIdError(PkiErrorCodes.TrustDataSignature, ErrorCategory.Untrusted, Section, signer.Error?.Code ?? "typ");
        }

        // 3. Content.
        var bundle = Read(parsed.Value.Payload, isShipped: false);
        if (!bundle.Succeeded)
        {
            return bundle;
        }

        // 4. Not from the future.
        if (bundle.Value.IssuedAt > at)
        {
            return new MedIdError(PkiErrorCodes.TrustDataNotYetValid, ErrorCategory.State, Section);
        }

        // 5. Never backwards. A version says one thing only.
        return bundle.Value.Version < current.Version || (bundle.Value.Version == current.Version && !string.Equals(bundle.Value.Sha256, current.Sha256, StringComparison.Ordinal))
            ? new MedIdError(PkiErrorCodes.TrustDataRollback, ErrorCategory.State, Section, "the version is not above the one in use")
            : bundle;
    }

    /// <summary>Whether the data is past its end.</summary>
    /// <param name="at">Now.</param>
    public bool IsStale(DateTimeOffset at) => at >= ExpiresAt;

    /// <summary>The rows of a section; empty when there is none of that name.</summary>
    /// <param name="section">The name, e.g. one of <see cref="TrustDataSections"/>.</param>
    public IReadOnlyList<TrustDataRow> Find(string section) => _sections.TryGetValue(section, out var rows) ? rows : [];

    /// <summary>
    /// This data with one unverified row for which the operator of this installation answers. Loud on purpose: it names the row and says on what the operator relies, and the row keeps
    /// the status <see cref="TrustDataStatus.Confirmed"/>, so that results show it.
    /// </summary>
    /// <param name="section">The section.</param>
    /// <param name="id">The row.</param>
    /// <param name="source">What the operator relies on, e.g. the document and its page.</param>
    /// <exception cref="ArgumentException">There is no such row, or the row is a root without fingerprint.</exception>
    /// <exception cref="InvalidOperationException">The row is withdrawn.</exception>
    public TrustDataBundle Confirm(string section, string id, string source)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(source);
        var rows = Find(section).ToList();
        var index = rows.FindIndex(row => string.Equals(row.Id, id, StringComparison.Ordinal));
        if (index < 0)
        {
            throw new ArgumentException($"No row {id} in section {section}.", nameof(id));
        }

        rows[index] = rows[index].ConfirmedBy(source);
        var roots = string.Equals(section, TrustDataSections.Roots, StringComparison.Ordinal) ? ReadRoots(rows) : Roots;
        return roots is null
            ? throw new ArgumentException($"Nobody has written down the fingerprint of {id}.", nameof(id))
            : new(Version, IssuedAt, ExpiresAt, Sha256, IsShipped, new(_sections, StringComparer.Ordinal) { [section] = rows }, roots);
    }

    internal bool CanConfirm(string section, string id) => Find(section).FirstOrDefault(row => string.Equals(row.Id, id, StringComparison.Ordinal)) is { } row
        && row.Status != TrustDataStatus.Withdrawn
        && (!string.Equals(section, TrustDataSections.Roots, StringComparison.Ordinal) || row.Text("sha256") is not null);

    /// <inheritdoc/>
    public override string ToString() => $"trust data {Version}";

    internal static MedIdResult<TrustDataBundle> Read(ReadOnlyMemory<byte> utf8, bool isShipped)
    {
        var parsed = StrictJson.ParseObject(utf8, maxDepth: 8, maxBytes: MaxBytes);
        if (!parsed.Succeeded)
        {
            return Malformed(parsed.Error.Code);
        }

        var root = parsed.Value;
        if (!root.TryGetProperty("version", out var versionElement) || versionElement.ValueKind != JsonValueKind.Number || !versionElement.TryGetInt64(out var version) || version <= 0
            || TimeOf(root, "issued_at") is not { } issued
            || TimeOf(root, "expires_at") is not { } expires
            || expires <= issued
            || !root.TryGetProperty("sections", out var sectionsElement) || sectionsElement.ValueKind != JsonValueKind.Object)
        {
            return Malformed("version, issued_at, expires_at and sections are needed");
        }

        var sections = new Dictionary<string, IReadOnlyList<TrustDataRow>>(StringComparer.Ordinal);
        var count = 0;
        foreach (var section in sectionsElement.EnumerateObject())
        {
            if (section.Value.ValueKind != JsonValueKind.Array || (count += section.Value.GetArrayLength()) > MaxRows)
            {
                return Malformed($"a section is an array, and there are at most {MaxRows} rows");
            }

            var rows = new List<TrustDataRow>(section.Value.GetArrayLength());
            foreach (var element in section.Value.EnumerateArray())
            {
                var row = TrustDataRow.Read(element);
                if (!row.Succeeded)
                {
                    return row.Error;
                }

                rows.Add(row.Value);
            }

            if (rows.DistinctBy(row => row.Id, StringComparer.Ordinal).Count() != rows.Count)
            {
                return Malformed("an id stands twice in a section");
            }

            sections.Add(section.Name, rows);
        }

        return ReadRoots(sections.GetValueOrDefault(TrustDataSections.Roots, [])) is { } roots
            ? new TrustDataBundle(version, issued, expires, Convert.ToHexStringLower(SHA256.HashData(utf8.Span)), isShipped, sections, roots)
            : Malformed("a root has a purpose and, unless unverified, its sha256; digests and numbers in lower hex");
    }

    internal static MedIdError Malformed(string detail) => new(PkiErrorCodes.TrustDataMalformed, ErrorCategory.Malformed, Section, detail);

    private static List<TrustRoot>? ReadRoots(IReadOnlyList<TrustDataRow> rows)
    {
        var roots = new List<TrustRoot>(rows.Count);
        foreach (var row in rows)
        {
            if (TrustRoot.Read(row) is not { } root)
            {
                return null;
            }

            roots.Add(root);
        }

        return roots;
    }

    private static DateTimeOffset? TimeOf(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? TrustDataRow.ReadTime(value.GetString()) : null;

    private static TrustDataBundle ReadShipped()
    {
        using var stream = typeof(TrustDataBundle).Assembly.GetManifestResourceStream("trust-data.json") ?? throw new InvalidOperationException("The assembly lacks its trust data.");
        var utf8 = new byte[stream.Length];
        stream.ReadExactly(utf8);
        var bundle = Read(utf8, isShipped: true);
        return bundle.Succeeded ? bundle.Value : throw new InvalidOperationException($"The assembly's trust data: {bundle.Error}");
    }
}
