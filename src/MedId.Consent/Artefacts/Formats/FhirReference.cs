using System.Buffers;
using System.Text.Json.Nodes;

namespace MedId.Consent;

/// <summary>FHIR Reference: a literal reference where the identifier has the form of one, else a logical one.</summary>
internal static class FhirReference
{
    private static readonly SearchValues<char> TypeCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
    private static readonly SearchValues<char> IdCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.");

    public static ArtefactParty? Read(JsonMembers members, out string? system)
    {
        system = null;
        var (reference, display) = (members.Text("reference"), members.Text("display"));
        if (reference is null && members.OptionalObject("identifier") is { } identifier)
        {
            reference = identifier.Text("value");
            system = identifier.Text("system");
            identifier.End();
        }
        else if (reference is not null && !IsLiteral(reference))
        {
            members.Reading.Invalid(members.PlaceOf("reference"));
        }

        members.End();
        if (reference is null && display is null)
        {
            members.Reading.Missing(members.PlaceOf("reference"));
        }

        return reference is null && display is null ? null : new() { Id = reference, Name = display };
    }

    public static JsonObject? Write(ArtefactParty? party, string? system = null)
    {
        if (party is not { } p || (p.Id ?? p.Name) is null)
        {
            return null;
        }

        system = Fhir.Uri(system);
        var isLiteral = p.Id is { } id && system is null && IsLiteral(id);
        return new JsonObject()
            .With("reference", isLiteral ? p.Id : null)
            .With("identifier", isLiteral || p.Id is null ? null : new JsonObject().With("system", system).With("value", p.Id))
            .With("display", p.Name);
    }

    // Type/id, an absolute URL, a UUID or an OID, or a contained resource (R4 §2.3.0.1).
    private static bool IsLiteral(string text)
    {
        if (text.StartsWith("https://", StringComparison.Ordinal) || text.StartsWith("http://", StringComparison.Ordinal)
            || text.StartsWith("urn:uuid:", StringComparison.Ordinal) || text.StartsWith("urn:oid:", StringComparison.Ordinal) || text is ['#', _, ..])
        {
            return true;
        }

        var slash = text.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && char.IsAsciiLetterUpper(text[0]) && !text.AsSpan(0, slash).ContainsAnyExcept(TypeCharacters)
            && text.Length - slash is > 1 and < 66 && !text.AsSpan(slash + 1).ContainsAnyExcept(IdCharacters);
    }
}
