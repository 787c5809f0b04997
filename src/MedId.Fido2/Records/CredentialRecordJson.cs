using System.Globalization;
using MedId.Core;

namespace MedId.Fido2;

/// <summary>A record as one JSON object. Our own format, not one of the standard; a member that it does not know is damage.</summary>
internal static class CredentialRecordJson
{
    private const string Section = "MedIdSdk credential records";
    private const int LargestPart = 128 * 1024;

    public static string Write(CredentialRecord record) => Fido2Json.Write(writer =>
    {
        writer.WriteBytes("id", record.Id);
        writer.WriteBytes("publicKey", record.PublicKey);
        writer.WriteNumber("algorithm", record.Algorithm);
        writer.WriteNumber("signCount", record.SignCount);
        writer.WriteBoolean("uvInitialized", record.UvInitialized);
        writer.WriteTexts("transports", record.Transports);
        writer.WriteFlag("backupEligible", record.BackupEligible);
        writer.WriteBoolean("backupState", record.BackupState);
        writer.WriteBytes("userHandle", record.UserHandle);
        writer.WriteText("rpId", record.RpId);
        writer.WriteString("aaguid", record.Aaguid);
        writer.WriteText("attestationFormat", record.AttestationFormat);
        writer.WriteText("attestationType", record.AttestationType is { } type ? NameOf(type) : null);
        writer.WriteText("trustAnchor", record.TrustAnchor);
        writer.WriteBytes("attestationObject", record.AttestationObject);
        writer.WriteBytes("attestationClientDataJSON", record.AttestationClientDataJson);
        writer.WriteText("registeredAt", record.RegisteredAt?.ToString("O", CultureInfo.InvariantCulture));
    });

    public static MedIdResult<CredentialRecord> Parse(string json) => Fido2Json.Read(json, Fido2ErrorCodes.RecordMalformed, Section, Read).Then(Judge);

    private static CredentialRecord Read(JsonMembers members)
    {
        var record = new CredentialRecord
        {
            Id = members.Bytes("id", 1, ResponseLimits.CredentialIdBytes),
            PublicKey = members.Bytes("publicKey", 1, LargestPart),
            Algorithm = members.Number("algorithm", int.MinValue, int.MaxValue),
            SignCount = (uint)members.Number("signCount", 0, uint.MaxValue),
            UvInitialized = members.Flag("uvInitialized"),
            Transports = members.OptionalTexts("transports") ?? [],
            BackupEligible = members.OptionalFlag("backupEligible"),
            BackupState = members.Flag("backupState"),
            UserHandle = members.OptionalBytes("userHandle", 1, UserEntity.MaximumIdBytes),
            RpId = members.OptionalText("rpId"),
            Aaguid = members.Guid("aaguid"),
            AttestationFormat = members.OptionalText("attestationFormat"),
            AttestationType = members.OptionalName<AttestationType>("attestationType", TryRead),
            TrustAnchor = members.OptionalText("trustAnchor"),
            AttestationObject = members.OptionalBytes("attestationObject", 1, LargestPart),
            AttestationClientDataJson = members.OptionalBytes("attestationClientDataJSON", 1, LargestPart),
            RegisteredAt = members.OptionalTime("registeredAt"),
        };
        members.NothingElse();
        return record;
    }

    private static MedIdResult<CredentialRecord> Judge(CredentialRecord record) =>
        record.BackupState && record.BackupEligible == false ? Damaged("backed up and not eligible") : record;

    private static string NameOf(AttestationType type) => type switch
    {
        AttestationType.None => "none",
        AttestationType.Self => "self",
        AttestationType.Basic => "basic",
        AttestationType.AttCa => "attca",
        AttestationType.AnonCa => "anonca",
        _ => throw new ArgumentOutOfRangeException(nameof(type)),
    };

    private static bool TryRead(string name, out AttestationType type)
    {
        foreach (var candidate in Enum.GetValues<AttestationType>())
        {
            if (string.Equals(NameOf(candidate), name, StringComparison.Ordinal))
            {
                type = candidate;
                return true;
            }
        }

        type = default;
        return false;
    }

    private static MedIdError Damaged(string detail) => new(Fido2ErrorCodes.RecordMalformed, ErrorCategory.Malformed, Section, detail);
}
