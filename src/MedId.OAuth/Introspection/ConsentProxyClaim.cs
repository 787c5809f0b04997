using System.Text.Json;

namespace MedId.OAuth;

/// <summary>Who consented for the subject of a token (<c>consent_proxy</c>, build/docs/walk.md). Personal data.</summary>
public sealed record ConsentProxyClaim
{
    /// <summary><c>sub</c>: who it was, by a name that serves this relation only and is no <c>sub</c> of a token.</summary>
    public required string Subject { get; init; }

    /// <summary><c>relationship</c>: <c>parent</c>, <c>guardian</c> or <c>agent</c>.</summary>
    public required string Relationship { get; init; }

    /// <summary><c>name</c>: the proxy's name as the relation has it.</summary>
    public required string Name { get; init; }

    /// <summary><c>patient_name</c>: the person's name as the relation has it.</summary>
    public required string PatientName { get; init; }

    /// <summary>The relationship; no name.</summary>
    public override string ToString() => Relationship;

    /// <summary>Reads the claim; a member that is missing or of another type is said to the members around it.</summary>
    internal static ConsentProxyClaim? Read(JsonMembers members)
    {
        if (members.Object(OAuthClaims.ConsentProxy) is not { } json)
        {
            return null;
        }

        var proxy = new JsonMembers(json);
        var claim = new ConsentProxyClaim
        {
            Subject = proxy.NeededString("sub"),
            Relationship = proxy.NeededString("relationship"),
            Name = proxy.NeededString("name"),
            PatientName = proxy.NeededString("patient_name"),
        };
        if (proxy.Wrong is not null)
        {
            members.Reject(OAuthClaims.ConsentProxy);
        }

        return claim;
    }
}
