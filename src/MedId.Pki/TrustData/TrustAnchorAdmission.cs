using MedId.Core;

namespace MedId.Pki;

/// <summary>Turns root certificates that an operator brings into anchors: only by the fingerprint of a granting row, never by name.</summary>
public static class TrustAnchorAdmission
{
    private const string Section = "MedIdSdk trust data, roots";

    /// <summary>Admits a root.</summary>
    /// <param name="der">The root certificate in DER.</param>
    /// <param name="purpose">What it is to be trusted for, e.g. <see cref="TrustPurposes.Hpki"/>.</param>
    /// <param name="data">The trust data.</param>
    /// <param name="at">The reference time: a root that has ended may still anchor what was signed in its time.</param>
    /// <returns>The anchor, labelled with the row's id; or why it is none.</returns>
    public static MedIdResult<TrustAnchor> Admit(ReadOnlyMemory<byte> der, string purpose, TrustDataBundle data, DateTimeOffset at)
    {
        ArgumentException.ThrowIfNullOrEmpty(purpose);
        ArgumentNullException.ThrowIfNull(data);
        var certificate = Certificate.Parse(der);
        if (!certificate.Succeeded)
        {
            return certificate.Error;
        }

        // 1. The fingerprint, for this purpose.
        var root = data.Roots.FirstOrDefault(row => string.Equals(row.Sha256, certificate.Value.Sha256, StringComparison.Ordinal) && string.Equals(row.Purpose, purpose, StringComparison.Ordinal));
        if (root is null)
        {
            return Refuse(PkiErrorCodes.TrustAnchorUnknown, "no row has this fingerprint for this purpose");
        }

        // 2. The row's status and time.
        if (root.Row.Status == TrustDataStatus.Withdrawn)
        {
            return Refuse(PkiErrorCodes.TrustAnchorWithdrawn, root.Row.Id);
        }

        if (root.Row.Status == TrustDataStatus.Unverified)
        {
            return Refuse(PkiErrorCodes.TrustAnchorNotVerified, root.Row.Id);
        }

        return root.Row.Grants(at) && certificate.Value.IsValidAt(at)
            ? TrustAnchor.FromCertificate(certificate.Value, root.Row.Id)
            : Refuse(PkiErrorCodes.TrustAnchorNotInTime, root.Row.Id);
    }

    private static MedIdError Refuse(string code, string detail) => new(code, ErrorCategory.Untrusted, Section, detail);
}
