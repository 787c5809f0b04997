using System.Globalization;
using MedId.Pki;

namespace MedId.Hpki;

/// <summary>The certificate policies that are known, as dated data. A policy that is not in the table is unknown, never valid.</summary>
public sealed class HpkiPolicyTable
{
    private static readonly Lazy<HpkiPolicyTable> Shipped = new(() => From(TrustDataBundle.Default));

    private HpkiPolicyTable(IReadOnlyList<HpkiCertificatePolicy> policies) => Policies = policies;

    /// <summary>The table of <see cref="TrustDataBundle.Default"/>.</summary>
    public static HpkiPolicyTable Default => Shipped.Value;

    /// <summary>The policies.</summary>
    public IReadOnlyList<HpkiCertificatePolicy> Policies { get; }

    /// <summary>The table of some trust data. A row that contradicts its own OID is left out.</summary>
    /// <param name="data">The data; section <see cref="TrustDataSections.HpkiPolicies"/>.</param>
    public static HpkiPolicyTable From(TrustDataBundle data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new([.. data.Find(TrustDataSections.HpkiPolicies).Select(Read).OfType<HpkiCertificatePolicy>()]);
    }

    /// <summary>The policy of an OID; null when it is unknown.</summary>
    /// <param name="oid">The OID, dotted.</param>
    public HpkiCertificatePolicy? Classify(string oid) => Policies.FirstOrDefault(policy => string.Equals(policy.Oid, oid, StringComparison.Ordinal));

    private static HpkiCertificatePolicy? Read(TrustDataRow row)
    {
        HpkiUse? use = row.Text("use") switch
        {
            "sign" => HpkiUse.Signature,
            "authenticate" => HpkiUse.Authentication,
            "organisation" => HpkiUse.Organisation,
            _ => null,
        };
        if (use is null || row.Number("level") is not { } level || row.Number("version") is not { } version || row.Text("oid") is not { } oid)
        {
            return null;
        }

        var expected = string.Create(CultureInfo.InvariantCulture, $"{HpkiOids.CertificatePolicies}.{(int)use}.{level}.{version}");
        return string.Equals(oid, expected, StringComparison.Ordinal)
            ? new() { Oid = oid, Use = use.Value, Level = level, Version = version, Row = row }
            : null;
    }
}
