using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Consent;

/// <summary>Kantara Consent Receipt 1.1: what was agreed when; no state and no withdrawal.</summary>
internal static class Kantara
{
    private static readonly string[] RequiredOfReceipt = ["jurisdiction", "collectionMethod", "piiControllers", "services", "policyUrl", "sensitive", "spiCat"];
    private static readonly string[] RequiredOfPurpose = ["consentType", "purposeCategory", "piiCategory", "termination", "thirdPartyDisclosure"];
    private static readonly string[] RequiredOfController = ["contact", "address", "email", "phone"];

    public const string Section = "Kantara Consent Receipt 1.1";

    private const string Version = "KI-CR-v1.1.0";

    public static bool Recognises(JsonElement root) => root.TryGetProperty("consentReceiptID", out _);

    public static MedIdResult<ConsentArtefact> Read(JsonElement root)
    {
        var reading = new ArtefactReading(ArtefactFormat.KantaraReceipt, Section);
        var receipt = new JsonMembers(reading, root, string.Empty);
        if (receipt.Required("version") is { Length: > 0 } version && version != Version)
        {
            reading.NotSupported("/version");
        }

        var issued = receipt.Number("consentTimestamp");
        if (issued is null)
        {
            reading.Missing("/consentTimestamp");
        }
        else if (issued is < 0 or > 253_402_300_799)
        {
            reading.Invalid("/consentTimestamp");
            issued = null;
        }

        var special = receipt.Texts("spiCat").ToList();
        var used = new HashSet<string>(StringComparer.Ordinal);
        List<ConsentClause> clauses =
        [
            .. receipt.Objects("services").SelectMany(s => ReadService(reading, s, c =>
            {
                used.Add(c);
                return special.Contains(c);
            })),
        ];
        foreach (var category in special.Where(s => !used.Contains(s)))
        {
            reading.Keep("/spiCat/-", JsonValue.Create(category).ToJsonString());
        }

        var (recipient, basis) = (clauses.TrueForAll(c => c.Disclosed == true) ? Hoist.Common(clauses, c => c.Recipient) : null, Hoist.Common(clauses, c => c.LawBasis));
        clauses = clauses.ConvertAll(c => c with
        {
            Recipient = recipient is null ? c.Recipient : null,
            Disclosed = recipient is null ? c.Disclosed : null,
            LawBasis = basis is null ? c.LawBasis : null,
        });
        var controllers = receipt.Objects("piiControllers").Select(ReadController).ToList();
        var (policy, language) = (receipt.Filled("policyUrl"), receipt.Text("language"));
        var sensitive = receipt.Flag("sensitive");
        var artefact = new ConsentArtefact
        {
            Id = receipt.Required("consentReceiptID"),
            IssuedAt = issued is { } seconds ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null,
            Subject = new() { Id = receipt.Required("piiPrincipalId") },
            Provider = controllers.Count > 0 ? controllers[0] : null,
            Controllers = [.. controllers.Skip(1)],
            Recipient = recipient,
            Clauses = [.. clauses],
            LawBasis = basis,
            Jurisdiction = receipt.Filled("jurisdiction"),
            Notice = policy is null && language is null ? null : new(policy, null, language),
            CollectionMethod = receipt.Filled("collectionMethod"),
            Sensitive = sensitive,
        };
        foreach (var name in RequiredOfReceipt.Where(n => !receipt.Has(n)))
        {
            reading.Missing("/" + name);
        }

        receipt.End();
        return reading.Complete(() => artefact with { Aside = reading.Aside });
    }

    public static MedIdResult<ReadOnlyMemory<byte>> Write(ConsentArtefact artefact)
    {
        var writing = new ArtefactWriting(ArtefactFormat.KantaraReceipt, Section);
        if (artefact.PermitByDefault)
        {
            writing.NotExpressible("permit_by_default");
        }

        var issued = writing.Need("issued_at", artefact.IssuedAt);
        if (issued is { } at && at.ToUnixTimeSeconds() < 0)
        {
            writing.NotExpressible("issued_at");
        }

        // Nobody having said that data is not sensitive, a receipt says that it is.
        var special = artefact.Clauses.SelectMany(c => c.Data).Where(d => d.Special == true).Select(d => d.Code ?? d.Text).OfType<string>().Distinct(StringComparer.Ordinal).ToList();
        var root = new JsonObject()
            .With("version", Version)
            .With("jurisdiction", artefact.Jurisdiction ?? string.Empty)
            .With("consentTimestamp", issued?.ToUnixTimeSeconds())
            .With("collectionMethod", artefact.CollectionMethod ?? string.Empty)
            .With("consentReceiptID", artefact.Id)
            .With("language", artefact.Notice?.Language)
            .With("piiPrincipalId", writing.Need("subject", artefact.Subject?.Id))
            .WithArray("piiControllers", (artefact.Provider is { } first ? artefact.Controllers.Prepend(first) : artefact.Controllers).Select(WriteController))
            .With("policyUrl", artefact.Notice?.Uri ?? string.Empty)
            .WithArray("services", WriteServices(artefact))
            .With("sensitive", artefact.Sensitive ?? true)
            .WithArray("spiCat", JsonNodes.Texts(special));
        return writing.Complete(root, artefact);
    }

    private static List<ConsentClause> ReadService(ArtefactReading reading, JsonMembers service, Func<string, bool> isSpecial)
    {
        var name = service.Filled("service");
        var purposes = service.Objects("purposes");
        if (!service.Has("service") || !service.Has("purposes"))
        {
            reading.Missing(service.Place + (service.Has("service") ? "/purposes" : "/service"));
        }

        service.End();
        return purposes.Select(p => ReadPurpose(reading, p, isSpecial) with { Service = name }).ToList();
    }

    private static ConsentClause ReadPurpose(ArtefactReading reading, JsonMembers purpose, Func<string, bool> isSpecial)
    {
        var (text, categories) = (purpose.Text("purpose"), purpose.Texts("purposeCategory"));
        var disclosed = purpose.Flag("thirdPartyDisclosure");
        var third = purpose.Text("thirdPartyName");
        foreach (var name in RequiredOfPurpose.Where(n => !purpose.Has(n)))
        {
            reading.Missing(purpose.PlaceOf(name));
        }

        if (disclosed == true && third is null)
        {
            reading.Missing(purpose.PlaceOf("thirdPartyName"));
        }

        var clause = new ConsentClause
        {
            Purposes = categories.Count == 0
                ? text is null ? [] : [new(null, null, text)]
                : [.. categories.Select((c, i) => new ArtefactPurpose(null, c, i == 0 ? text : null))],
            Data = [.. purpose.Texts("piiCategory").Select(c => new ArtefactDataClass { Code = c, Special = isSpecial(c) })],
            LawBasis = purpose.Filled("consentType"),
            Retention = RetentionText.Read(purpose.Text("termination")),
            Primary = purpose.Flag("primaryPurpose"),
            Disclosed = disclosed,
            Recipient = string.IsNullOrEmpty(third) ? null : new() { Name = third },
        };
        purpose.End();
        return clause;
    }

    private static ArtefactParty ReadController(JsonMembers controller)
    {
        foreach (var name in RequiredOfController.Where(n => !controller.Has(n)))
        {
            controller.Reading.Missing(controller.PlaceOf(name));
        }

        var party = new ArtefactParty
        {
            Name = controller.Required("piiController"),
            OnBehalf = controller.Flag("onBehalf"),
            Contact = controller.Filled("contact"),
            Address = controller.ObjectText("address") is { } address && address != "{}" ? address : null,
            Email = controller.Filled("email"),
            Phone = controller.Filled("phone"),
            Url = controller.Text("piiControllerUrl"),
        };
        controller.End();
        return party;
    }

    private static JsonObject WriteController(ArtefactParty party)
    {
        var address = new JsonObject();
        if (party.Address is { } text)
        {
            address = TryObject(text) ?? new JsonObject().With("streetAddress", text);
        }

        return new JsonObject()
            .With("piiController", party.Name ?? party.Id)
            .With("onBehalf", party.OnBehalf)
            .With("contact", party.Contact ?? string.Empty)
            .With("address", address)
            .With("email", party.Email ?? string.Empty)
            .With("phone", party.Phone ?? string.Empty)
            .With("piiControllerUrl", party.Url);
    }

    private static JsonObject? TryObject(string text) =>
        text.StartsWith('{') && StrictJson.ParseObject(Encoding.UTF8.GetBytes(text), maxDepth: 8) is { Succeeded: true, Value: var json } ? JsonObject.Create(json) : null;

    private static IEnumerable<JsonNode?> WriteServices(ConsentArtefact artefact)
    {
        var at = 0;
        while (at < artefact.Clauses.Count)
        {
            var name = artefact.Clauses[at].Service;
            var group = artefact.Clauses.Skip(at).TakeWhile(c => c.Service == name).ToList();
            at += group.Count;
            yield return new JsonObject().With("service", name ?? string.Empty).WithArray("purposes", group.Select(c => WritePurpose(artefact, c)));
        }
    }

    private static JsonObject WritePurpose(ConsentArtefact artefact, ConsentClause clause)
    {
        var recipient = clause.Recipient ?? (clause.Disclosed == false ? null : artefact.Recipient);
        var disclosed = clause.Disclosed ?? recipient is not null;
        var name = recipient?.Name ?? recipient?.Id;
        return new JsonObject()
            .With("purpose", clause.Purposes.Count > 0 ? clause.Purposes[0].Text : null)
            .WithArray("purposeCategory", JsonNodes.Texts(clause.Purposes.Select(p => p.Code).OfType<string>()))
            .With("consentType", clause.LawBasis ?? artefact.LawBasis ?? string.Empty)
            .WithArray("piiCategory", JsonNodes.Texts(clause.Data.Select(d => d.Code ?? d.Text).OfType<string>()))
            .With("primaryPurpose", clause.Primary)
            .With("termination", RetentionText.Write(clause.Retention))
            .With("thirdPartyDisclosure", disclosed)
            .With("thirdPartyName", disclosed ? name ?? string.Empty : name);
    }
}
