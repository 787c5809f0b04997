using System.Text.Json;
using MedId.Core;

namespace MedId.Provider;

/// <summary>What a person is shown before agreeing beforehand, as data. Its canonical form is part of what the act signs.</summary>
public sealed record StandingNotice
{
    /// <summary>The version of this structure.</summary>
    public const string CurrentVersion = "1";

    /// <summary>How the consent is given.</summary>
    public required StandingConsentKind Kind { get; init; }

    /// <summary>Version of the texts.</summary>
    public required string TextsVersion { get; init; }

    /// <summary>BCP 47 language of every text.</summary>
    public required string Language { get; init; }

    /// <summary>The OP.</summary>
    public required string Issuer { get; init; }

    /// <summary>The consent's id.</summary>
    public required string ConsentId { get; init; }

    /// <summary>The resource whose data it opens.</summary>
    public required string Resource { get; init; }

    /// <summary>Heading.</summary>
    public required string Title { get; init; }

    /// <summary>The sentence that is agreed to.</summary>
    public required string Intro { get; init; }

    /// <summary>Who receives, by name; empty where <see cref="Anyone"/> says it.</summary>
    public required IReadOnlyList<ConsentParty> Recipients { get; init; }

    /// <summary>What is said about the recipients that are named, by client id: how long they keep the data, to whom it goes on. Empty where nothing is.</summary>
    public IReadOnlyDictionary<string, NoticeAbout> About { get; init; } = new Dictionary<string, NoticeAbout>(StringComparer.Ordinal);

    /// <summary>The trust framework whose vetted RPs receive, by name; null without one.</summary>
    public ConsentParty? TrustFramework { get; init; }

    /// <summary>Who receives in words, for a one-time code; null otherwise.</summary>
    public string? Anyone { get; init; }

    /// <summary>What may be read; never empty.</summary>
    public required IReadOnlyList<NoticeCategory> Categories { get; init; }

    /// <summary>Why.</summary>
    public required IReadOnlyList<ConsentPurpose> Purposes { get; init; }

    /// <summary>Its end; null for a one-time code, whose life <see cref="Often"/> says.</summary>
    public DateTimeOffset? ValidUntil { get; init; }

    /// <summary>How often, in words.</summary>
    public required string Often { get; init; }

    /// <summary>How long one use opens data, in seconds.</summary>
    public required long AccessSeconds { get; init; }

    /// <summary>The same in words.</summary>
    public required string Access { get; init; }

    /// <summary>That the device will not be asked each time.</summary>
    public required string NotAsked { get; init; }

    /// <summary>What was attested at a reception desk; null where a device signs.</summary>
    public DeskAttestation? Attested { get; init; }

    /// <summary>How to take it back.</summary>
    public required string Withdrawal { get; init; }

    /// <summary>Label of the confirmation box; never pre-ticked.</summary>
    public required string Confirmation { get; init; }

    /// <summary>Label of the refusing button.</summary>
    public required string Deny { get; init; }

    /// <summary>Label of the agreeing button.</summary>
    public required string Agree { get; init; }

    /// <summary>The canonical form (RFC 8785) that is sent to the device, digested and recorded.</summary>
    /// <returns>JSON text.</returns>
    public string ToCanonicalJson()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            Write(json);
        }

        return CanonicalJson.Of(buffer.GetBuffer().AsMemory(0, (int)buffer.Length));
    }

    /// <summary>The word by which the wire names a kind.</summary>
    internal static string WordOf(StandingConsentKind kind) => GroundProtocols.Of(StandingRules.GroundOf(kind));

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("version", CurrentVersion);
        json.WriteString("kind", WordOf(Kind));
        json.WriteString("texts", TextsVersion);
        json.WriteString("language", Language);
        json.WriteString("issuer", Issuer);
        json.WriteString("consent", ConsentId);
        json.WriteString("resource", Resource);
        json.WriteString("title", Title);
        json.WriteString("intro", Intro);
        json.WriteStartArray("recipients");
        foreach (var recipient in Recipients)
        {
            json.WriteStartObject();
            json.WriteString("client_id", recipient.ClientId);
            json.WriteString("name", recipient.Name);
            if (About.TryGetValue(recipient.ClientId, out var about))
            {
                about.Write(json);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (TrustFramework is not null)
        {
            json.WriteStartObject("trust_framework");
            json.WriteString("id", TrustFramework.ClientId);
            json.WriteString("name", TrustFramework.Name);
            json.WriteEndObject();
        }

        if (Anyone is not null)
        {
            json.WriteString("anyone", Anyone);
        }

        json.WriteStartArray("categories");
        foreach (var category in Categories)
        {
            json.WriteStartObject();
            json.WriteString("scope", category.Scope);
            json.WriteString("text", category.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("purposes");
        foreach (var purpose in Purposes)
        {
            json.WriteStartObject();
            json.WriteString("system", purpose.System);
            json.WriteString("code", purpose.Code);
            json.WriteString("text", purpose.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (ValidUntil is { } end)
        {
            json.WriteString("valid_until", ConsentNotice.FormatTime(end));
        }

        json.WriteString("often", Often);
        json.WriteNumber("access_seconds", AccessSeconds);
        json.WriteString("access", Access);
        json.WriteString("not_asked", NotAsked);
        Attested?.Write(json);
        json.WriteString("withdrawal", Withdrawal);
        json.WriteString("confirmation", Confirmation);
        json.WriteString("deny", Deny);
        json.WriteString("agree", Agree);
        json.WriteEndObject();
    }
}
