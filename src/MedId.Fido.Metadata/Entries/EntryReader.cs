using System.Text.Json;
using MedId.Core;

namespace MedId.Fido.Metadata;

/// <summary>Entries of the BLOB on the wire. FIDO MDS 3.0 §3.1.1.</summary>
internal static class EntryReader
{
    /// <summary>Reads an entry. What can not be read besides its names becomes its problem: one vendor's slip does not take the metadata of all others.</summary>
    /// <returns>The entry; or why nobody can tell which model it is about.</returns>
    public static MedIdResult<MetadataEntry> Read(JsonElement element)
    {
        var naming = new JsonProblem();
        var identity = ModelIdentity.Read(new MetadataJson(element, "entries", naming));
        if (!identity.IsNamed)
        {
            naming.Add("entries", "names no model");
        }

        if (naming.First is not null)
        {
            return naming.ToError(MetadataErrorCodes.EntryMalformed, MetadataSections.Entry);
        }

        var problem = new JsonProblem();
        var members = new MetadataJson(element, "entries", problem);
        var entry = new MetadataEntry
        {
            Aaguid = identity.Aaguid,
            Aaid = identity.Aaid,
            AttestationCertificateKeyIdentifiers = identity.KeyIdentifiers,
            StatusReports = members.List("statusReports", ReadReport),
            BiometricStatusReports = members.List("biometricStatusReports", ReadBiometric),
            TimeOfLastStatusChange = members.Date("timeOfLastStatusChange"),
            RogueListUrl = members.Text("rogueListURL"),
            RogueListHash = members.Text("rogueListHash"),
        };
        if (entry.StatusReports.Count == 0 || entry.TimeOfLastStatusChange is null)
        {
            problem.Add("entries", "statusReports and timeOfLastStatusChange are required");
        }

        if (problem.First is not null)
        {
            return entry with { Problem = problem.ToError(MetadataErrorCodes.EntryMalformed, MetadataSections.Entry) };
        }

        if (!members.TryGet("metadataStatement", out var statement))
        {
            return entry;
        }

        var read = StatementReader.Read(statement);
        if (!read.Succeeded)
        {
            return entry with { Problem = read.Error };
        }

        return read.Value.Aaguid == entry.Aaguid && string.Equals(read.Value.Aaid, entry.Aaid, StringComparison.Ordinal)
            ? entry with { Statement = read.Value }
            : entry with { Problem = new MedIdError(MetadataErrorCodes.EntryMalformed, ErrorCategory.Malformed, MetadataSections.Entry, "the statement names another model") };
    }

    public static StatusReport ReadReport(JsonElement element, JsonProblem problem)
    {
        var report = new MetadataJson(element, "statusReports", problem);
        var text = report.RequiredText("status");
        ReadOnlyMemory<byte> certificate = default;
        if (report.Text("certificate", MetadataLimits.LongText) is { } base64)
        {
            var bytes = new byte[base64.Length];
            if (Convert.TryFromBase64String(base64, bytes, out var length))
            {
                certificate = bytes.AsMemory(0, length);
            }
            else
            {
                problem.Add("certificate", "must be base64 of DER");
            }
        }

        return new StatusReport
        {
            Status = StatusWords.Read(text),
            StatusText = text,
            EffectiveDate = report.Date("effectiveDate"),
            AuthenticatorVersion = report.Number("authenticatorVersion"),
            Certificate = certificate,
            Url = report.Text("url"),
            CertificationDescriptor = report.Text("certificationDescriptor"),
            CertificateNumber = report.Text("certificateNumber"),
            CertificationPolicyVersion = report.Text("certificationPolicyVersion"),
            CertificationRequirementsVersion = report.Text("certificationRequirementsVersion"),
        };
    }

    private static BiometricStatusReport ReadBiometric(JsonElement element, JsonProblem problem)
    {
        var report = new MetadataJson(element, "biometricStatusReports", problem);
        return new(
            (ushort)report.RequiredNumber("certLevel", ushort.MaxValue),
            report.RequiredText("modality"),
            report.Date("effectiveDate"),
            report.Text("certificationDescriptor"),
            report.Text("certificateNumber"));
    }
}
