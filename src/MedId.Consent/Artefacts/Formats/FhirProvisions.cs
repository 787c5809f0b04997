namespace MedId.Consent;

/// <summary>Reads Consent.provision: permits become clauses, denies exceptions; what narrows a rule and is not understood refuses the whole.</summary>
internal sealed class FhirProvisions(ArtefactReading reading, string? extensionBase)
{
    public List<ConsentClause> Clauses { get; } = [];

    public List<ConsentClause> Exceptions { get; } = [];

    public DateTimeOffset? From { get; private set; }

    public DateTimeOffset? Until { get; private set; }

    public ArtefactParty? Recipient { get; private set; }

    public void ReadRoot(JsonMembers? root)
    {
        if (root is null)
        {
            return;
        }

        // R4 §6.2.7: the root is the base rule; some writers put a rule of its own there.
        var type = root.Text("type");
        var nested = root.Objects("provision");
        var period = (From: (DateTimeOffset?)null, Until: (DateTimeOffset?)null);
        if (type is null)
        {
            period = ReadPeriod(root, "period");
            foreach (var name in Fhir.RuleElements)
            {
                root.Refuse(name);
            }

            root.Refuse("modifierExtension");
        }
        else if (type is "permit" or "deny")
        {
            if (Fhir.RuleElements.Any(root.Has))
            {
                Take(root, type);
            }
            else
            {
                period = ReadPeriod(root, "period");
            }
        }
        else
        {
            reading.Invalid(root.PlaceOf("type"));
        }

        foreach (var rule in nested)
        {
            Take(rule, rule.Required("type"));
            rule.Refuse("provision");
            rule.End();
        }

        root.End();
        Settle(period);
    }

    private void Take(JsonMembers rule, string type)
    {
        rule.Refuse("modifierExtension");
        var extensions = new FhirExtensions(reading, extensionBase, rule);
        var (from, until) = ReadPeriod(rule, "period");
        var (dataFrom, dataNext) = ReadPeriod(rule, "dataPeriod");
        var clause = new ConsentClause
        {
            ValidFrom = from,
            ValidUntil = until,
            DataFrom = dataFrom,
            DataUntil = dataNext is { } next ? next.AddTicks(-1) : null,
            Recipient = ReadActor(rule),
            Actions = [.. rule.Objects("action").Select(ReadAction).OfType<ArtefactAction>()],
            Labels = [.. rule.Objects("securityLabel").Select(c => ReadCode(c)).OfType<ArtefactCode>()],
            Purposes = [.. rule.Objects("purpose").Select(ReadPurpose)],
            Data = [.. rule.Objects("class").Select(ReadClass)],
            Codes = [.. rule.Objects("code").Select(ReadConcept).OfType<ArtefactCode>()],
            References = [.. rule.Objects("data").Select(ReadData)],
            Frequency = extensions.One("frequency") is { } frequency ? Fhir.ReadFrequency(frequency) : null,
            Retention = RetentionText.Read(extensions.One("retention")),
            OneTime = extensions.One("one-time") switch { "true" => true, "false" => false, _ => null },
            Kinds = extensions.Many("data-kind"),
        };
        extensions.End();
        switch (type)
        {
            case "permit":
                Clauses.Add(clause);
                break;
            case "deny":
                Exceptions.Add(clause);
                break;
            default:
                reading.Invalid(rule.PlaceOf("type"));
                break;
        }
    }

    // What all permits say alike is the consent's.
    private void Settle((DateTimeOffset? From, DateTimeOffset? Until) root)
    {
        Recipient = Hoist.Common(Clauses, c => c.Recipient);
        (From, Until) = root is (null, null) ? (Hoist.Common(Clauses, c => c.ValidFrom), Hoist.Common(Clauses, c => c.ValidUntil)) : root;
        var common = root is (null, null);
        for (var index = 0; index < Clauses.Count; index++)
        {
            var clause = Clauses[index];
            Clauses[index] = clause with
            {
                Recipient = Recipient is null ? clause.Recipient : null,
                ValidFrom = common && From is not null ? null : clause.ValidFrom,
                ValidUntil = common && Until is not null ? null : clause.ValidUntil,
            };
        }
    }

    private (DateTimeOffset? From, DateTimeOffset? Until) ReadPeriod(JsonMembers owner, string name)
    {
        if (owner.OptionalObject(name) is not { } period)
        {
            return (null, null);
        }

        var (start, end) = (period.Text("start"), period.Text("end"));
        DateTimeOffset from = default, next = default;
        if ((start is not null && !FhirTime.TryParse(start, out from, out _)) || (end is not null && !FhirTime.TryParse(end, out _, out next)))
        {
            reading.Invalid(period.Place);
            return (null, null);
        }

        period.End();
        return (start is null ? null : from, end is null ? null : next);
    }

    private ArtefactParty? ReadActor(JsonMembers rule)
    {
        var actors = rule.Objects("actor");
        if (actors.Count > 1)
        {
            reading.NotSupported(rule.PlaceOf("actor"));
        }

        if (actors.Count != 1)
        {
            return null;
        }

        var role = ReadConcept(actors[0].Object("role"));
        if (role is not null && role is not { System: Fhir.ParticipationType, Code: "IRCP" })
        {
            reading.NotSupported(actors[0].PlaceOf("role"));
        }

        var party = FhirReference.Read(actors[0].Object("reference"), out _);
        actors[0].End();
        return party;
    }

    private ArtefactAction? ReadAction(JsonMembers concept)
    {
        var code = ReadConcept(concept);
        if (code is { System: Fhir.ConsentAction } && Fhir.Actions.TryFind(code.Code, out var action))
        {
            return action;
        }

        reading.NotSupported(concept.Place);
        return null;
    }

    // One coding says what is meant; several could be read as any of them.
    private ArtefactCode? ReadConcept(JsonMembers concept)
    {
        var codings = concept.Objects("coding");
        if (codings.Count != 1)
        {
            reading.NotSupported(concept.Place);
            return null;
        }

        var code = ReadCode(codings[0]);
        concept.End();
        return code;
    }

    private static ArtefactCode ReadCode(JsonMembers coding)
    {
        var code = new ArtefactCode(coding.Text("system"), coding.Required("code"));
        coding.End();
        return code;
    }

    private static ArtefactPurpose ReadPurpose(JsonMembers coding)
    {
        var purpose = new ArtefactPurpose(coding.Text("system"), coding.Text("code"), coding.Text("display"));
        if (purpose is { Code: null, Text: null })
        {
            coding.Reading.Missing(coding.PlaceOf("code"));
        }

        coding.End();
        return purpose;
    }

    private static ArtefactDataClass ReadClass(JsonMembers coding)
    {
        var data = new ArtefactDataClass { System = coding.Text("system"), Code = coding.Text("code"), Text = coding.Text("display") };
        if (data is { Code: null, Text: null })
        {
            coding.Reading.Missing(coding.PlaceOf("code"));
        }

        coding.End();
        return data;
    }

    private static ArtefactDataReference ReadData(JsonMembers data)
    {
        var meaning = data.Required("meaning");
        var reference = data.Object("reference");
        var value = new ArtefactDataReference(meaning, reference.Required("reference"));
        reference.End();
        data.End();
        return value;
    }
}
