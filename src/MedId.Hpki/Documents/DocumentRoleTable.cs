using MedId.Core;
using MedId.Pki;

namespace MedId.Hpki;

/// <summary>Which qualification signs which document, as dated data: a row names a document type and a row of the role table. A row that is not verified or confirmed lets nobody sign. Immutable.</summary>
public sealed class DocumentRoleTable
{
    private static readonly Lazy<DocumentRoleTable> Shipped = new(() => From(TrustDataBundle.Default));

    private DocumentRoleTable(IReadOnlyList<TrustDataRow> rows) => Rows = rows;

    /// <summary>The table of <see cref="TrustDataBundle.Default"/>: physicians sign prescriptions, pharmacists dispensing results; dentists' row is not verified.</summary>
    public static DocumentRoleTable Default => Shipped.Value;

    /// <summary>The rows; <c>document</c> and <c>role</c> are their members.</summary>
    public IReadOnlyList<TrustDataRow> Rows { get; }

    /// <summary>The table of some trust data.</summary>
    /// <param name="data">The data; section <see cref="TrustDataSections.HpkiDocuments"/>. The operator confirms rows by <see cref="TrustDataBundle.Confirm"/>.</param>
    public static DocumentRoleTable From(TrustDataBundle data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new(data.Find(TrustDataSections.HpkiDocuments));
    }

    /// <summary>Whether a signer may sign a document of a type.</summary>
    /// <param name="documentType">The type, e.g. <see cref="HpkiDocumentTypes.Prescription"/>.</param>
    /// <param name="signer">The signer.</param>
    /// <param name="at">The time at which it was signed.</param>
    /// <returns>The role by which the signer may; or <see cref="HpkiErrorCodes.DocumentRole"/>.</returns>
    public MedIdResult<HpkiRole> Decide(string documentType, HpkiEvidence signer, DateTimeOffset at)
    {
        ArgumentException.ThrowIfNullOrEmpty(documentType);
        ArgumentNullException.ThrowIfNull(signer);
        foreach (var row in Rows.Where(row => string.Equals(row.Text("document"), documentType, StringComparison.Ordinal) && row.Grants(at)))
        {
            if (row.Text("role") is { } id && signer.Roles.FirstOrDefault(role => role.IsQualification(id)) is { } role)
            {
                return role;
            }
        }

        return new MedIdError(HpkiErrorCodes.DocumentRole, ErrorCategory.Policy, "MedIdSdk document roles", "no granted qualification of the signer signs documents of this type");
    }
}
