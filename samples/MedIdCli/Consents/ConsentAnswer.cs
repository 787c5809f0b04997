using System.Text.Json;
using System.Text.Json.Nodes;
using MedId.Cli.Frame;
using MedId.Consent;

namespace MedId.Cli.Consents;

/// <summary>The neutral record as JSON: members without a value are left out.</summary>
internal static class ConsentAnswer
{
    public static void Write(Utf8JsonWriter writer, string name, ConsentArtefact artefact)
    {
        writer.WritePropertyName(name);
        Record(artefact).WriteTo(writer);
    }

    private static JsonObject Record(ConsentArtefact a) => Members(
        ("id", a.Id), ("requestId", a.RequestId), ("issuedAt", Time(a.IssuedAt)), ("validFrom", Time(a.ValidFrom)), ("expiresAt", Time(a.ExpiresAt)),
        ("status", a.Status is { } status ? JsonWriting.Name(status) : null), ("statusAt", Time(a.StatusAt)),
        ("history", List(a.History, e => Members(("at", Time(e.At)), ("status", JsonWriting.Name(e.Status))))),
        ("revocable", a.Revocable), ("revoker", Address(a.Revoker)),
        ("subject", a.Subject is not { } s ? null : Members(
            ("id", s.Id), ("idType", s.IdType), ("name", s.Name), ("issuer", s.Issuer), ("atProvider", s.AtProvider), ("atRecipient", s.AtRecipient), ("atCollector", s.AtCollector))),
        ("proxy", a.Proxy), ("provider", Party(a.Provider)), ("recipient", Party(a.Recipient)), ("collector", Party(a.Collector)),
        ("requester", a.Requester is not { } r ? null : Members(("name", r.Name), ("idType", r.IdType), ("id", r.Id), ("idSystem", r.IdSystem))),
        ("controllers", List(a.Controllers, Party)),
        ("careContexts", List(a.CareContexts, c => Members(("patientReference", c.PatientReference), ("careContextReference", c.CareContextReference)))),
        ("clauses", List(a.Clauses, Clause)), ("exceptions", List(a.Exceptions, Clause)), ("permitByDefault", a.PermitByDefault),
        ("scopesAsked", Texts(a.ScopesAsked)), ("scopesShown", Texts(a.ScopesShown)), ("scopesGranted", Texts(a.ScopesGranted)),
        ("notice", a.Notice is not { } n ? null : Members(("uri", n.Uri), ("version", n.Version), ("language", n.Language))),
        ("lawBasis", a.LawBasis), ("jurisdiction", a.Jurisdiction), ("acr", a.Acr), ("amr", Texts(a.Amr)), ("authTime", Time(a.AuthTime)), ("collectionMethod", a.CollectionMethod),
        ("sensitive", a.Sensitive), ("useLog", Address(a.UseLog)), ("accessLog", Address(a.AccessLog)),
        ("aside", List(a.Aside, x => Members(("place", x.Place), ("value", x.Value)))));

    private static JsonObject Clause(ConsentClause c) => Members(
        ("service", c.Service),
        ("purposes", List(c.Purposes, p => Members(("system", p.System), ("code", p.Code), ("text", p.Text)))),
        ("data", List(c.Data, d => Members(("system", d.System), ("code", d.Code), ("text", d.Text), ("optional", d.Optional), ("sensitive", d.Sensitive), ("special", d.Special)))),
        ("kinds", Texts(c.Kinds)), ("codes", List(c.Codes, Code)), ("labels", List(c.Labels, Code)),
        ("references", List(c.References, r => Members(("meaning", r.Meaning), ("reference", r.Reference)))),
        ("filters", List(c.Filters, f => Members(("type", f.Type), ("operator", f.Operator), ("value", f.Value)))),
        ("dataFrom", Time(c.DataFrom)), ("dataUntil", Time(c.DataUntil)), ("actions", Texts(c.Actions.Select(JsonWriting.Name))),
        ("frequency", c.Frequency is not { } f ? null : Members(("unit", JsonWriting.Name(f.Unit)), ("value", f.Value), ("repeats", f.Repeats))), ("oneTime", c.OneTime),
        ("retention", c.Retention is not { } k ? null : Members(("until", Time(k.Until)), ("unit", k.Unit is { } unit ? JsonWriting.Name(unit) : null), ("value", k.Value), ("text", k.Text))),
        ("validFrom", Time(c.ValidFrom)), ("validUntil", Time(c.ValidUntil)), ("recipient", Party(c.Recipient)), ("disclosed", c.Disclosed), ("lawBasis", c.LawBasis),
        ("jurisdiction", c.Jurisdiction), ("primary", c.Primary), ("storageLocations", Texts(c.StorageLocations)));

    private static JsonObject? Party(ArtefactParty? p) => p is null ? null : Members(
        ("id", p.Id), ("idType", p.IdType), ("name", p.Name), ("role", p.Role), ("onBehalf", p.OnBehalf), ("address", p.Address), ("contact", p.Contact), ("email", p.Email), ("phone", p.Phone),
        ("url", p.Url), ("notify", List(p.Notify, Address)));

    private static JsonObject? Address(ArtefactAddress? a) => a is null ? null : Members(("type", a.Type), ("value", a.Value));

    private static JsonObject Code(ArtefactCode c) => Members(("system", c.System), ("code", c.Code));

    private static JsonArray? List<T>(IEnumerable<T> items, Func<T, JsonObject?> write)
    {
        var array = new JsonArray([.. items.Select(write)]);
        return array.Count == 0 ? null : array;
    }

    private static JsonArray? Texts(IEnumerable<string> items)
    {
        var array = new JsonArray([.. items.Select(i => (JsonNode?)JsonValue.Create(i))]);
        return array.Count == 0 ? null : array;
    }

    private static JsonValue? Time(DateTimeOffset? time) => time is { } value ? JsonValue.Create(JsonWriting.Text(value)) : null;

    private static JsonObject Members(params ReadOnlySpan<(string Name, JsonNode? Value)> members)
    {
        var result = new JsonObject();
        foreach (var (name, value) in members)
        {
            if (value is not null)
            {
                result.Add(name, value);
            }
        }

        return result;
    }
}
