using MedId.Core;

namespace MedId.Provider.Tests.Audit;

/// <summary>A trail of six entries as a store gives it. Synthetic.</summary>
internal static class TrailScene
{
    public static readonly DateTimeOffset Now = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

    public static readonly TenantId Tenant = new("clinic-a");

    public static IReadOnlyList<AuditEntry> Entries { get; } = Build(AuditHead.Empty(Tenant), [.. Enumerable.Range(0, 6).Select(Line)]);

    public static AuditHead Head { get; } = AuditHead.After(Entries[^1]);

    public static AuditLine Line(int number) => new()
    {
        Event = (AuditEventKind)number,
        At = Now.AddSeconds(number),
        Agents = [AuditAgent.Client($"client-{number}"), new() { Kind = AuditAgentKind.Practitioner, Issuer = "https://doctors.example", Id = "doctor", Role = "158965000", OrganizationId = "org-1" }],
        Subject = "account-a",
        ConsentId = "consent-1",
        RequestId = "request-1",
        Resource = "https://api.example/fhir",
        Scopes = ["patient/Patient.read"],
        Purpose = "TREAT",
    };

    /// <summary>A line in which everything is said.</summary>
    public static AuditLine Whole(AuditEventKind happened) => Line(0) with
    {
        Event = happened,
        Outcome = AuditOutcome.Refused,
        Agents = [.. Enum.GetValues<AuditAgentKind>().Select(kind => new AuditAgent { Kind = kind, Id = kind == AuditAgentKind.Op ? null : "id-" + kind, OrganizationId = kind == AuditAgentKind.Clerk ? "desk-1" : null })],
        ObjectId = "device-1",
        Reason = "report-lost",
        ErrorCode = "provider.device_lost",
    };

    public static IReadOnlyList<AuditEntry> Build(AuditHead head, params IEnumerable<AuditLine> lines)
    {
        var entries = new List<AuditEntry>();
        foreach (var line in lines)
        {
            entries.Add(head.Append(line));
            head = AuditHead.After(entries[^1]);
        }

        return entries;
    }

    public static List<StoredAuditEntry> Stored(IEnumerable<AuditEntry> entries) => [.. entries.Select(entry => new StoredAuditEntry(entry.Sequence, entry.ToBytes()))];
}
