using MedId.Core;
using MedId.Cryptography;

namespace MedId.Provider;

/// <summary>
/// LABORATORIES ONLY: the doctor whom an OP assumes where a request for health data carries no evidence, so that clients which know nothing of evidence can be tried. Nobody signed this, and every notice,
/// record and token that comes of it says LAB. An OP that sets it has no row A15; the start check warns of it in the log.
/// </summary>
public sealed class DangerouslyAssumedPractitioner
{
    private const string Mark = "LAB";
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(1);

    /// <summary>The purpose of use (HL7 v3 ActReason).</summary>
    /// <value><c>TREAT</c>.</value>
    public string Purpose { get; init; } = "TREAT";

    internal PractitionerEvidence ToEvidence(string issuer, DateTimeOffset now)
    {
        var subject = Mark.ToLowerInvariant() + "-practitioner";
        var role = new CodedValue("urn:medid:lab", Mark, Mark + " role, nobody signed it");
        var purpose = new CodedValue(NoticeFactory.ActReason, Purpose, Purpose);
        const string Name = Mark + " practitioner (no evidence)";
        const string Organization = Mark + " organization (no evidence)";
        return new()
        {
            Issuer = issuer,
            Subject = subject,
            Name = Name,
            Organization = Organization,
            OrganizationId = Mark,
            Role = role,
            Purpose = purpose,
            Digest = SecretDigest.Compute(Mark, issuer),
            Actor = PractitionerActor.Write(issuer, subject, Name, Organization, Mark, role, purpose),
            ReplayKey = new("practitioner-evidence " + Mark, SecretGenerator.Base64Url(), now + Remembered),
        };
    }
}
