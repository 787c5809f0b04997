namespace MedId.Consent;

/// <summary>The parties of a 27560 record, found by their identifiers.</summary>
internal sealed class Iso27560Parties
{
    private readonly List<(JsonMembers Members, string? Type, ArtefactParty Party)> _parties = [];
    private readonly HashSet<string> _placed = new(StringComparer.Ordinal);
    private readonly ArtefactReading _reading;

    public Iso27560Parties(ArtefactReading reading, IReadOnlyList<JsonMembers> parties)
    {
        _reading = reading;
        foreach (var party in parties)
        {
            var value = new ArtefactParty
            {
                Id = party.Required("party_id"),
                Name = party.Filled("party_name"),
                Role = party.Text("party_role"),
                Address = party.Filled("party_address"),
                Contact = party.Filled("party_contact"),
                Email = party.Text("party_email"),
                Phone = party.Text("party_phone"),
                Url = party.Text("party_url"),
            };
            if (_parties.Exists(p => p.Party.Id == value.Id))
            {
                reading.Invalid(party.PlaceOf("party_id"));
            }

            _parties.Add((party, party.Filled("party_type"), value));
        }

        Exporter = OfType("exporter");
        Collector = OfType("collector");
    }

    public ArtefactParty? Exporter { get; }

    public ArtefactParty? Collector { get; }

    /// <summary>The one third party that receives; more than one has no place in the model.</summary>
    public ArtefactParty? ReadRecipient(JsonMembers purpose)
    {
        var ids = purpose.Texts("recipient_third_parties");
        if (ids.Count > 1)
        {
            _reading.NotSupported(purpose.PlaceOf("recipient_third_parties"));
        }

        return ids.Count == 1 ? Find(ids[0], "recipient") : null;
    }

    /// <summary>The controllers of all purposes; those that are the exporter alone are said by it.</summary>
    public ArtefactList<ArtefactParty> ReadControllers(IReadOnlyList<JsonMembers> purposes)
    {
        var lists = purposes.Select(p => p.Texts("pii_controllers")).Distinct().ToList();
        if (lists.Count != 1)
        {
            foreach (var purpose in purposes)
            {
                purpose.Leave("pii_controllers");
            }

            return [];
        }

        return lists[0] is [var only] && only == Exporter?.Id ? [] : [.. lists[0].Select(id => Find(id, "controller"))];
    }

    /// <summary>Keeps aside the parties that have no place, and what is left of the others.</summary>
    public void End()
    {
        foreach (var (members, type, party) in _parties)
        {
            if (!_placed.Contains(party.Id!))
            {
                members.KeepWhole("/party_identification/-");
                continue;
            }

            if (type is not ("exporter" or "collector" or "recipient" or "controller"))
            {
                members.Leave("party_type");
            }

            members.End();
        }
    }

    private ArtefactParty? OfType(string type)
    {
        var found = _parties.Find(p => p.Type == type);
        if (found.Party is not null)
        {
            _placed.Add(found.Party.Id!);
        }

        return found.Party;
    }

    private ArtefactParty Find(string id, string type)
    {
        var found = _parties.Find(p => p.Party.Id == id);
        _placed.Add(id);
        _ = type;
        return found.Party ?? new ArtefactParty { Id = id };
    }
}
