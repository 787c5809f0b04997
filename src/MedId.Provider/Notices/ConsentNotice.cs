using System.Globalization;
using System.Text;
using System.Text.Json;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Provider;

/// <summary>What the patient is shown before the last act, as data (row A6). Its canonical form is part of what that act signs.</summary>
public sealed record ConsentNotice
{
    /// <summary>The version of this structure.</summary>
    public const string CurrentVersion = "1";

    /// <summary>Version of the texts.</summary>
    public required string TextsVersion { get; init; }

    /// <summary>BCP 47 language of every text.</summary>
    public required string Language { get; init; }

    /// <summary>The OP that asks.</summary>
    public required string Issuer { get; init; }

    /// <summary>The request's opaque id.</summary>
    public required string RequestId { get; init; }

    /// <summary>The receiving service.</summary>
    public required ConsentParty Recipient { get; init; }

    /// <summary>The doctor; null where no health data is asked for.</summary>
    public ConsentPractitioner? Practitioner { get; init; }

    /// <summary>Heading.</summary>
    public required string Title { get; init; }

    /// <summary>The sentence that is agreed to.</summary>
    public required string Intro { get; init; }

    /// <summary>What would be read; never empty.</summary>
    public required IReadOnlyList<NoticeCategory> Categories { get; init; }

    /// <summary>Why.</summary>
    public required ConsentPurpose Purpose { get; init; }

    /// <summary>The end of the access.</summary>
    public required DateTimeOffset AccessUntil { get; init; }

    /// <summary>How often the agreement serves until then; null in the notice of a consent that is given beforehand.</summary>
    public NoticeReuse? Reuse { get; init; }

    /// <summary>What is said about the recipient, where something is; null for the OP's own texts only.</summary>
    public NoticeAbout? About { get; init; }

    /// <summary>The binding message; null when the RP sent none.</summary>
    public string? BindingMessage { get; init; }

    /// <summary>Why nobody was asked, as it was given; null where the person is asked.</summary>
    public string? Reason { get; init; }

    /// <summary>The operator's words for why that is lawful; null where consent was given.</summary>
    public string? LegalBasis { get; init; }

    /// <summary>For whom and by what right somebody else decides; null when the person does.</summary>
    public NoticeProxy? Proxy { get; init; }

    /// <summary>How to take the consent back.</summary>
    public required string Withdrawal { get; init; }

    /// <summary>Label of the confirmation box; never pre-ticked.</summary>
    public required string Confirmation { get; init; }

    /// <summary>Label of the refusing button.</summary>
    public required string Deny { get; init; }

    /// <summary>Label of the agreeing button.</summary>
    public required string Agree { get; init; }

    /// <summary>The notice as somebody who decides for another reads it.</summary>
    internal ConsentNotice For(NoticeProxy proxy) => this with
    {
        Proxy = proxy,
        Title = ProxyTexts.Get("Title", Language),
        Intro = ProxyTexts.Say("Intro", Language, proxy.PatientName),
        Withdrawal = ProxyTexts.Get("Withdrawal", Language),
    };

    /// <summary>The canonical form (RFC 8785) that is sent to the phone, digested and recorded.</summary>
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

    /// <summary>A time as notices write it: RFC 3339, UTC, whole seconds.</summary>
    /// <param name="time">The time; fractions of a second are cut off.</param>
    /// <returns>E.g. <c>2026-11-21T09:00:00Z</c>.</returns>
    public static string FormatTime(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("version", CurrentVersion);
        json.WriteString("texts", TextsVersion);
        json.WriteString("language", Language);
        json.WriteString("issuer", Issuer);
        json.WriteString("request", RequestId);
        json.WriteStartObject("recipient");
        json.WriteString("client_id", Recipient.ClientId);
        json.WriteString("name", Recipient.Name);
        json.WriteEndObject();
        if (Practitioner is not null)
        {
            json.WriteStartObject("practitioner");
            json.WriteString("issuer", Practitioner.Issuer);
            json.WriteString("subject", Practitioner.Subject);
            json.WriteString("name", Practitioner.Name);
            json.WriteString("role", Practitioner.Role);
            json.WriteString("organization", Practitioner.Organization);
            json.WriteString("organization_id", Practitioner.OrganizationId);
            json.WriteString("evidence", Practitioner.EvidenceDigest);
            json.WriteEndObject();
        }

        json.WriteString("title", Title);
        json.WriteString("intro", Intro);
        json.WriteStartArray("categories");
        foreach (var category in Categories)
        {
            json.WriteStartObject();
            json.WriteString("scope", category.Scope);
            json.WriteString("text", category.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartObject("purpose");
        json.WriteString("system", Purpose.System);
        json.WriteString("code", Purpose.Code);
        json.WriteString("text", Purpose.Text);
        json.WriteEndObject();
        json.WriteString("access_until", FormatTime(AccessUntil));
        if (Reuse is not null)
        {
            json.WriteStartObject("reuse");
            json.WriteString("variant", NoticeReuse.WordOf(Reuse.Variant));
            json.WriteString("text", Reuse.Text);
            json.WriteEndObject();
        }

        About?.Write(json);
        if (Proxy is not null)
        {
            json.WriteStartObject("proxy");
            json.WriteString("patient_name", Proxy.PatientName);
            json.WriteString("name", Proxy.Name);
            json.WriteString("relationship", ProxyClaim.Word(Proxy.Relationship));
            json.WriteString("relationship_text", Proxy.RelationshipText);
            json.WriteString("legal_basis", Proxy.LegalBasis);
            json.WriteString("legal_basis_text", Proxy.LegalBasisText);
            json.WriteString("text", Proxy.Text);
            json.WriteEndObject();
        }

        if (BindingMessage is not null)
        {
            json.WriteString("binding_message", BindingMessage);
        }

        if (Reason is not null)
        {
            json.WriteString("reason", Reason);
        }

        if (LegalBasis is not null)
        {
            json.WriteString("legal_basis", LegalBasis);
        }

        json.WriteString("withdrawal", Withdrawal);
        json.WriteString("confirmation", Confirmation);
        json.WriteString("deny", Deny);
        json.WriteString("agree", Agree);
        json.WriteEndObject();
    }
}
