using MedId.Pki;

namespace MedId.Jpki.Certificates;

/// <summary>Which certificate may be used for which procedure (mission row E9): dated data.</summary>
public sealed class ProcedureMatrix
{
    /// <summary>The section of the trust data: rows with <c>procedure</c>, <c>jurisdiction</c>, <c>token</c>, <c>use</c> (sign, authenticate), <c>answer</c> (yes, no, limited, n/a).</summary>
    public const string Section = "jpki.procedures";

    private ProcedureMatrix(IReadOnlyList<ProcedureRow> rows) => Rows = rows;

    /// <summary>The matrix of this release: the Estonian table of the 2021 proposal, and for Japan what the texts that were read say.</summary>
    public static ProcedureMatrix Default { get; } = FromTrustData(TrustDataBundle.Default);

    /// <summary>Every row.</summary>
    public IReadOnlyList<ProcedureRow> Rows { get; }

    /// <summary>Takes the rows of trust data; one that is not of the section's form is left out.</summary>
    /// <param name="data">The trust data.</param>
    public static ProcedureMatrix FromTrustData(TrustDataBundle data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new([.. data.Find(Section).Select(Read).OfType<ProcedureRow>()]);
    }

    /// <summary>Whether a token may be used, by the granting rows of that time. Where no row speaks, unknown; where a row is not verified, unknown too.</summary>
    /// <param name="jurisdiction">Where.</param>
    /// <param name="procedure">The procedure.</param>
    /// <param name="token">With what.</param>
    /// <param name="use">For what act.</param>
    /// <param name="at">When.</param>
    public ProcedureAnswer Ask(string jurisdiction, string procedure, string token, JpkiCertificateKind use, DateTimeOffset at) => Rows
        .FirstOrDefault(r => r.Jurisdiction == jurisdiction && r.Procedure == procedure && r.Token == token && r.Use == use && r.Row.Grants(at))?.Answer ?? ProcedureAnswer.Unknown;

    private static ProcedureRow? Read(TrustDataRow row) =>
        row.Text("procedure") is { } procedure && row.Text("jurisdiction") is { } jurisdiction && row.Text("token") is { } token
        && row.Text("use") is ("sign" or "authenticate") and var use && Answer(row.Text("answer")) is { } answer
            ? new()
            {
                Id = row.Id,
                Procedure = procedure,
                Jurisdiction = jurisdiction,
                Token = token,
                Use = use == "sign" ? JpkiCertificateKind.Sign : JpkiCertificateKind.Authenticate,
                Answer = answer,
                Row = row,
            }
            : null;

    private static ProcedureAnswer? Answer(string? text) => text switch
    {
        "yes" => ProcedureAnswer.Yes,
        "no" => ProcedureAnswer.No,
        "limited" => ProcedureAnswer.Limited,
        "n/a" => ProcedureAnswer.NotApplicable,
        _ => null,
    };
}
