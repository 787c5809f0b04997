using System.Text;
using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Provider;

/// <summary>What this OP keeps beside a backchannel request: what will be shown, and what the consent and the tokens will be made of.</summary>
internal sealed record AccessContext
{
    private static readonly RecentlyRead<AccessContext> Known = new(Parse);

    public required string Notice { get; init; }

    public required string TextsVersion { get; init; }

    public required string Language { get; init; }

    public required ConsentParty Recipient { get; init; }

    /// <summary>The doctor; null where the person signs in to the service only.</summary>
    public ConsentPractitioner? Practitioner { get; init; }

    public required ConsentPurpose Purpose { get; init; }

    public string? Actor { get; init; }

    public string? Patient { get; init; }

    public required DateTimeOffset AccessUntil { get; init; }

    public required IReadOnlyList<string> Shown { get; init; }

    public ConsentReuse Reuse { get; init; }

    /// <summary>The version of what the notice says about the recipient; null for none.</summary>
    public int? RecipientVersion { get; init; }

    /// <summary>The identifier that the consent will have when it is given; the person's history names it from the asking on.</summary>
    public string ConsentId { get; init; } = SecretGenerator.Base64Url();

    /// <summary>What was decided when the request came, without asking a device; null: the person is asked.</summary>
    public AccessDecision? Decision { get; init; }

    /// <summary>Whether the person's own devices are asked.</summary>
    public bool AsksPerson { get; init; } = true;

    /// <summary>The proxies whose devices are asked, each with what is shown to them.</summary>
    public IReadOnlyList<AskedView> Proxies { get; init; } = [];

    public string ToJson()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            Write(json);
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>Reads what this package stored. A record that cannot be read is broken storage, so the exception passes.</summary>
    public static AccessContext FromJson(string text) => Known.Of(text);

    private static AccessContext Parse(string text)
    {
        using var document = JsonDocument.Parse(text);
        return Read(document.RootElement);
    }

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("notice", Notice);
        json.WriteString("texts", TextsVersion);
        json.WriteString("language", Language);
        json.WriteString("client_id", Recipient.ClientId);
        json.WriteString("client_name", Recipient.Name);
        if (Practitioner is not null)
        {
            json.WriteString("issuer", Practitioner.Issuer);
            json.WriteString("subject", Practitioner.Subject);
            json.WriteString("name", Practitioner.Name);
            json.WriteString("role", Practitioner.Role);
            json.WriteString("organization", Practitioner.Organization);
            json.WriteString("organization_id", Practitioner.OrganizationId);
            json.WriteString("evidence", Practitioner.EvidenceDigest);
        }

        json.WriteString("purpose_system", Purpose.System);
        json.WriteString("purpose", Purpose.Code);
        json.WriteString("purpose_text", Purpose.Text);
        if (Actor is not null)
        {
            json.WriteString("actor", Actor);
        }

        if (Patient is not null)
        {
            json.WriteString("patient", Patient);
        }

        json.WriteString("access_until", AccessUntil);
        json.WriteString("consent_id", ConsentId);
        json.WriteStartArray("shown");
        foreach (var scope in Shown)
        {
            json.WriteStringValue(scope);
        }

        json.WriteEndArray();
        json.WriteString("reuse", NoticeReuse.WordOf(Reuse));
        if (RecipientVersion is { } version)
        {
            json.WriteNumber("recipient_version", version);
        }

        if (Decision is not null)
        {
            json.WritePropertyName("decision");
            JsonSerializer.Serialize(json, Decision, RecordJson.Context.AccessDecision);
        }

        if (!AsksPerson)
        {
            json.WriteBoolean("asks_person", false);
        }

        if (Proxies.Count > 0)
        {
            json.WriteStartArray("proxies");
            foreach (var view in Proxies)
            {
                json.WriteStartObject();
                json.WritePropertyName("proxy");
                JsonSerializer.Serialize(json, view.Proxy!, RecordJson.Context.ConsentProxy);
                json.WritePropertyName("context");
                view.Context.Write(json);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static AccessContext Read(JsonElement root)
    {
        return new()
        {
            AsksPerson = !root.TryGetProperty("asks_person", out var asks) || asks.GetBoolean(),
            Proxies = root.TryGetProperty("proxies", out var proxies)
                ? [.. proxies.EnumerateArray().Select(view => new AskedView(Read(view.GetProperty("context")), view.GetProperty("proxy").Deserialize(RecordJson.Context.ConsentProxy)))]
                : [],
            Notice = Text("notice"),
            TextsVersion = Text("texts"),
            Language = Text("language"),
            Recipient = new(Text("client_id"), Text("client_name")),
            Practitioner = !root.TryGetProperty("evidence", out _) ? null : new()
            {
                Issuer = Text("issuer"),
                Subject = Text("subject"),
                Name = Text("name"),
                Role = Text("role"),
                Organization = Text("organization"),
                OrganizationId = Text("organization_id"),
                EvidenceDigest = Text("evidence"),
            },
            Purpose = new(Text("purpose_system"), Text("purpose"), Text("purpose_text")),
            Actor = root.TryGetProperty("actor", out var actor) ? actor.GetString() : null,
            Patient = root.TryGetProperty("patient", out var patient) ? patient.GetString() : null,
            AccessUntil = root.GetProperty("access_until").GetDateTimeOffset(),
            Shown = [.. root.GetProperty("shown").EnumerateArray().Select(scope => scope.GetString()!)],
            Reuse = root.TryGetProperty("reuse", out var reuse) ? NoticeReuse.Parse(reuse.GetString()!) : ConsentReuse.EachTime,
            RecipientVersion = root.TryGetProperty("recipient_version", out var version) ? version.GetInt32() : null,
            // A request of before the history is given its identifier here.
            ConsentId = root.TryGetProperty("consent_id", out var consent) && consent.GetString() is { } id ? id : SecretGenerator.Base64Url(),
            Decision = root.TryGetProperty("decision", out var decision) ? decision.Deserialize(RecordJson.Context.AccessDecision) : null,
        };

        string Text(string name) => root.GetProperty(name).GetString() ?? throw new JsonException($"{name} is not there.");
    }
}
