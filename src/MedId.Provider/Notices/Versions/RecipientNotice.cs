using System.Security.Cryptography;
using System.Text;
using MedId.Consent;
using MedId.Cryptography;

namespace MedId.Provider;

/// <summary>
/// One version of what patients are told about a recipient: its content in stable codes, so that versions can be compared, and statements in words, which stand in the notice and are
/// signed with it. Versions are kept as long as consents that were given under them: what is not there cannot be compared and asks again.
/// </summary>
public sealed record RecipientNotice
{
    /// <summary>The recipient's client id.</summary>
    public required string ClientId { get; init; }

    /// <summary>The version, from 1 on; higher is later.</summary>
    public required int Version { get; init; }

    /// <summary>From when on it is shown; may be in the future.</summary>
    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>Who is responsible for the data at the recipient, by identifier.</summary>
    public required IReadOnlyCollection<string> Controllers { get; init; }

    /// <summary>Purposes, by code of v3-ActReason. A request for another one is refused.</summary>
    public required IReadOnlyCollection<string> Purposes { get; init; }

    /// <summary>FHIR resource types, or <c>*</c> for any. A request for another one is refused.</summary>
    public required IReadOnlyCollection<string> Data { get; init; }

    /// <summary>How long the recipient keeps it, by ISO 8601 duration.</summary>
    public required IReadOnlyCollection<string> Retention { get; init; }

    /// <summary>Third parties to which it goes on, by identifier.</summary>
    public IReadOnlyCollection<string> ThirdParties { get; init; } = [];

    /// <summary>Countries to which it goes, by ISO 3166 code.</summary>
    public IReadOnlyCollection<string> Countries { get; init; } = [];

    /// <summary>Rights, by code.</summary>
    public IReadOnlyCollection<string> Rights { get; init; } = [];

    /// <summary>How to reach who is responsible.</summary>
    public IReadOnlyCollection<string> Contacts { get; init; } = [];

    /// <summary>Where the impact assessment is found.</summary>
    public string? ImpactAssessment { get; init; }

    /// <summary>What the notice says beside the recipient's name, the categories, the purpose and how to take the consent back, which it always says.</summary>
    public IReadOnlyList<NoticeStatement> Statements { get; init; } = [];

    /// <summary>What every notice of this OP states, whatever is said about the recipient.</summary>
    internal static IReadOnlyList<string> AlwaysStated { get; } = ["notice_purpose", "notice_data_types", "notice_recipients", "notice_withdrawal"];

    /// <summary>What it states, as facts.</summary>
    internal IReadOnlyCollection<string> States => [.. AlwaysStated.Concat(Statements.Select(statement => statement.Fact)).Distinct(StringComparer.Ordinal)];

    /// <summary>The same as a version of a notice, for comparing and for the laws.</summary>
    /// <returns>The version; its wordings are digests over the statements in each language.</returns>
    public NoticeVersion ToVersion() => new()
    {
        NoticeId = ClientId,
        Version = Version,
        PublishedAt = PublishedAt,
        Controllers = Controllers,
        Recipients = [ClientId],
        Purposes = Purposes,
        Data = Data,
        Retention = Retention,
        ThirdParties = ThirdParties,
        Countries = Countries,
        Rights = Rights,
        Contacts = Contacts,
        ImpactAssessment = ImpactAssessment,
        States = States,
        Wordings = new Dictionary<string, string>(StringComparer.Ordinal) { ["ja"] = Digest("ja"), ["en"] = Digest("en") },
    };

    private string Digest(string language) =>
        StrictBase64Url.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', Statements.Select(statement => $"{statement.Fact} {statement.In(language)}")))));
}
