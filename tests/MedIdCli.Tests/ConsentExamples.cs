using System.Text.Json.Nodes;

namespace MedId.Cli.Tests;

/// <summary>Inputs of the consent verbs. Synthetic.</summary>
internal static class ConsentExamples
{
    /// <summary>A referral within Japan by explicit consent.</summary>
    public static JsonObject Check() => new()
    {
        ["id"] = "example",
        ["at"] = "2026-04-01T00:00:00Z",
        ["artefact"] = Cryptography.StrictBase64Url.Encode(Artefact()),
        ["format"] = "iso-27560",
        ["laws"] = new JsonArray("appi"),
        ["access"] = new JsonObject
        {
            ["at"] = "2026-04-01T00:00:00Z",
            ["acceptUnverified"] = false,
            ["facts"] = new JsonObject
            {
                ["basis"] = "explicit",
                ["special_care_data"] = true,
                ["transfer_to_other"] = true,
                ["consent_exists"] = true,
                ["consent_active"] = true,
                ["consent_given_at"] = "2026-03-31T23:59:00Z",
                ["recipient_kind"] = "medical-institution",
                ["recipient_abroad"] = false,
                ["regional_network"] = false,
                ["acr_meets_policy"] = true,
                ["subject_age"] = 45,
                ["subject_capable"] = true,
                ["use_within_purpose"] = true,
                ["collects_data"] = true,
                ["acquisition_route"] = "from-third-party",
                ["source_checked"] = true,
                ["purpose_on_notice"] = true,
                ["record_of_transfer"] = true,
                ["record_has_consent"] = true,
                ["record_has_recipient"] = true,
                ["record_has_person"] = true,
                ["record_has_items"] = true,
                ["record_kept_years"] = 3,
                ["record_is_contract"] = false,
            },
        },
    };

    private static byte[] Artefact()
    {
        var written = Consent.ConsentArtefacts.Write(Consent.ArtefactFormat.Iso27560, new()
        {
            Id = "record-1",
            IssuedAt = new(2026, 3, 31, 23, 59, 0, TimeSpan.Zero),
            Status = Consent.ArtefactStatus.Given,
            Subject = new() { Id = "patient-1" },
            Notice = new("https://hospital.example/notice/1", null, "ja"),
            Jurisdiction = "JP",
            Controllers = [new() { Id = "hospital-a", Name = "Hospital A" }],
            Recipient = new() { Id = "clinic-b", Name = "Clinic B" },
            Clauses = [new() { Purposes = [new(null, "TREAT", "care")], Data = [new() { Code = "AllergyIntolerance" }] }],
        });
        return written.Succeeded ? written.Value.Bytes.ToArray() : throw new InvalidOperationException(written.Error.ToString());
    }
}
