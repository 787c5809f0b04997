using System.Text.Json.Nodes;

namespace MedId.Consent;

/// <summary>Writes each party of a 27560 record once and gives its identifier.</summary>
internal sealed class Iso27560PartyWriter
{
    private readonly Dictionary<string, JsonObject> _parties = new(StringComparer.Ordinal);

    public IEnumerable<JsonNode?> Written => _parties.Values;

    /// <summary>The identifier by which others name the party; null for no party.</summary>
    /// <param name="party">The party.</param>
    /// <param name="type">Its part; the first part that a party is added with is written.</param>
    public string? Add(ArtefactParty? party, string type)
    {
        if (party is null || (party.Id ?? party.Name) is not { Length: > 0 } id)
        {
            return null;
        }

        _parties.TryAdd(id, new JsonObject()
            .With("party_id", id)
            .With("party_address", party.Address ?? string.Empty)
            .With("party_email", party.Email)
            .With("party_url", party.Url)
            .With("party_phone", party.Phone)
            .With("party_name", party.Name ?? string.Empty)
            .With("party_role", party.Role)
            .With("party_contact", party.Contact ?? string.Empty)
            .With("party_type", type));
        return id;
    }
}
