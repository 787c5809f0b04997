using MedId.Pki;

namespace MedId.Jpki.Certificates;

/// <summary>The kinds of JPKI certificates, from the trust data or configured. Immutable.</summary>
public sealed class JpkiProfileTable
{
    /// <summary>The section of the trust data: rows with <c>kind</c> (sign, authenticate), <c>carrier</c> (card, phone), <c>hierarchy</c> (production, test), <c>policy?</c>, <c>issuer?</c> (RFC 4514).</summary>
    public const string Section = "jpki.profiles";

    private JpkiProfileTable(string edition, IReadOnlyList<JpkiCertificateProfile> profiles)
    {
        Edition = edition;
        Profiles = profiles;
    }

    /// <summary>The rows of this release. Phone certificates and the policy of authentication test cards are not published: their rows say so and grant nothing.</summary>
    public static JpkiProfileTable Default { get; } = FromTrustData(TrustDataBundle.Default);

    /// <summary>Which data.</summary>
    public string Edition { get; }

    /// <summary>Every row.</summary>
    public IReadOnlyList<JpkiCertificateProfile> Profiles { get; }

    /// <summary>Takes the rows of trust data. A withdrawn row, or one that is not of the section's form, is left out and so grants nothing.</summary>
    /// <param name="data">The trust data.</param>
    public static JpkiProfileTable FromTrustData(TrustDataBundle data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new(data.ToString(), [.. data.Find(Section).Where(r => r.Status != TrustDataStatus.Withdrawn).Select(Read).OfType<JpkiCertificateProfile>()]);
    }

    /// <summary>This table with a row for which the operator answers, in place of the one of its id: the phone's policies, a test hierarchy of one's own.</summary>
    /// <param name="profile">The row; complete. Its status becomes <see cref="TrustDataStatus.Confirmed"/>.</param>
    /// <exception cref="ArgumentException">Policy or issuer is missing.</exception>
    public JpkiProfileTable With(JpkiCertificateProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return profile.IsComplete
            ? new(Edition, [.. Profiles.Where(p => p.Id != profile.Id), profile with { Status = TrustDataStatus.Confirmed }])
            : throw new ArgumentException("A configured row names policy and issuer.", nameof(profile));
    }

    /// <summary>The row of an id; null when there is none.</summary>
    /// <param name="id">E.g. <c>authenticate-card-test</c>.</param>
    public JpkiCertificateProfile? Find(string id) => Profiles.FirstOrDefault(p => string.Equals(p.Id, id, StringComparison.Ordinal));

    private static JpkiCertificateProfile? Read(TrustDataRow row)
    {
        var issuer = row.Text("issuer") is { } text ? DistinguishedName.ParseRfc4514(text) : null;
        return row.Text("kind") is ("sign" or "authenticate") and var kind
            && row.Text("carrier") is ("card" or "phone") and var carrier
            && row.Text("hierarchy") is ("production" or "test") and var hierarchy
            && issuer is null or { Succeeded: true }
            ? new()
            {
                Id = row.Id,
                Kind = kind == "sign" ? JpkiCertificateKind.Sign : JpkiCertificateKind.Authenticate,
                Carrier = carrier == "card" ? JpkiCarrier.Card : JpkiCarrier.Phone,
                Hierarchy = hierarchy == "production" ? JpkiHierarchy.Production : JpkiHierarchy.Test,
                PolicyOid = row.Text("policy"),
                Issuer = issuer?.Value,
                Status = row.Status,
                Source = row.Source,
            }
            : null;
    }
}
