using MedId.Pki;

namespace MedId.Jpki.Certificates;

/// <summary>What a question about revocation costs: dated data. This release knows no price for sure, so it has none by default; an operator confirms or configures them.</summary>
public sealed class JpkiPriceTable
{
    /// <summary>The section of the trust data: rows with <c>query</c> (ocsp, crl), <c>kind</c> (sign, authenticate), <c>yen?</c>.</summary>
    public const string Section = "jpki.prices";

    private readonly IReadOnlyList<TrustDataRow> _rows;

    private JpkiPriceTable(IReadOnlyList<TrustDataRow> rows) => _rows = rows;

    /// <summary>The rows of this release.</summary>
    public static JpkiPriceTable Default { get; } = FromTrustData(TrustDataBundle.Default);

    /// <summary>Takes the rows of trust data.</summary>
    /// <param name="data">The trust data; <see cref="TrustDataBundle.Confirm"/> makes a row count.</param>
    public static JpkiPriceTable FromTrustData(TrustDataBundle data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new(data.Find(Section));
    }

    /// <summary>The price of one question in yen; null where no granting row has one. Unknown is not free.</summary>
    /// <param name="query">What was asked.</param>
    /// <param name="kind">About which kind of certificate.</param>
    /// <param name="at">When.</param>
    public int? PriceOf(JpkiQuery query, JpkiCertificateKind kind, DateTimeOffset at)
    {
        var (asked, about) = (query == JpkiQuery.Ocsp ? "ocsp" : "crl", kind == JpkiCertificateKind.Sign ? "sign" : "authenticate");
        return _rows.FirstOrDefault(r => r.Text("query") == asked && r.Text("kind") == about && r.Grants(at))?.Number("yen");
    }
}
