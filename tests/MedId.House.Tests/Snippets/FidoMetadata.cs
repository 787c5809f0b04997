using MedId.Core;
using MedId.Fido.Metadata;
using MedId.Pki;

namespace MedId.House.Tests.Snippets;

internal static class FidoMetadata
{
    public static async Task<IMetadataSource> Service(HttpClient client, EvidenceGatherer gatherer, byte[] rootR3, byte[] rootR46, TimeProvider time, Action<string> alarm)
    {
        #region FidoMetadata_Service
        // The root of before by the shipped row; the one of now only because this operator answers for its fingerprint.
        var data = TrustDataBundle.Default.Confirm(TrustDataSections.Roots, "globalsign-r46", "compared with the FIDO Alliance's announcement, ticket 1234");
        var roots = new[] { rootR3, rootR46 }
            .Select(der => MetadataRoot.Admit(der, data, time.GetUtcNow()))
            .Where(root => root.Succeeded)
            .Select(root => root.Value!)
            .ToList();

        var service = new MetadataService(client, new() { Roots = roots, File = "/var/lib/op/fido-metadata.jwt" }, gatherer, time);
        await service.LoadAsync();                                        // the last good BLOB, verified again
        var refresh = await service.RefreshAsync();                       // from a timer; asks nobody before nextUpdate
        if (refresh.Outcome == MetadataRefreshOutcome.Failed)
        {
            alarm(refresh.Error!.Code);                                   // metadata.rollback, metadata.signer_untrusted …; what was in use stays in use
        }

        foreach (var change in refresh.Decision?.Changes ?? [])
        {
            alarm($"{change.Entry}: {string.Join(' ', change.Added.Select(report => report.StatusText))}");
        }

        var (own, _) = await LocalMetadata.ReadAsync("/etc/op/fido-statements");
        return new CompositeMetadataSource(own, service);                 // the operator's statements first; what either reports counts
        #endregion
    }

    public static MetadataStatusDecision Status(IMetadataSource source, Guid aaguid, Certificate attestationCertificate, DateTimeOffset at)
    {
        #region FidoMetadata_Status
        var policy = MetadataStatusPolicy.Default with { MinimumCertification = CertificationLevel.L1 };
        var decision = source.FindByAaguid(aaguid) is { } entry
            ? policy.Judge(entry, attestationCertificate, at)
            : throw new InvalidOperationException("An unknown model: nothing is known of it, so nothing counts.");
        //// decision.Outcome: Accepted, Refused (metadata.status_revoked …), Undetermined (metadata.update_unknown …)
        #endregion
        return decision;
    }

    public static string Level(MetadataEntry entry, MetadataStatusDecision status, bool userVerified, bool backupEligible, bool attestationTrusted)
    {
        #region FidoMetadata_Level
        var assurance = FidoAssurance.Of(new()
        {
            Protocol = FidoProtocol.Fido2,
            UserPresent = true,
            UserVerified = userVerified,
            BackupEligible = backupEligible,
            AttestationTrusted = attestationTrusted,
            Metadata = entry,
            Status = status,
        });
        var decision = assurance.Evaluate(AssuranceEdition.Nist80063Rev4);
        return $"{decision.Level}: {decision.Reason} ({decision.Clause})";
        //// a synced passkey: "Aal2: the key may be exported or synced: the credential can be backed up and synced (BE) (SP 800-63B-4 §2.3)"
        #endregion
    }
}
