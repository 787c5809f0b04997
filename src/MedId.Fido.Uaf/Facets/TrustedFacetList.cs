using System.Collections.Frozen;

namespace MedId.Fido.Uaf;

/// <summary>The facets that may speak for an application: what the server publishes at its appID, and checks again in every answer.</summary>
/// <remarks>
/// UAF 1.1 appid-and-facets §3.1. Serve it to everybody alike, over https, with <see cref="MediaType"/>. Clients read only the entry whose version equals that
/// of the message, so every version that is spoken has one. Clients also drop https facets outside the registered domain of the appID; this class does not.
/// </remarks>
public sealed class TrustedFacetList
{
    /// <summary>The media type of the published list.</summary>
    public const string MediaType = "application/fido.trusted-apps+json";

    private readonly FrozenDictionary<UafVersion, FrozenSet<string>> _normalised;

    /// <summary>One list for every version that this library speaks.</summary>
    /// <param name="facets">At least one; each 1 to 512 characters without wildcards.</param>
    /// <exception cref="ArgumentException">Empty, or an entry that is no facet.</exception>
    public TrustedFacetList(params IReadOnlyList<string> facets)
        : this(UafVersion.Supported.ToDictionary(version => version, _ => facets))
    {
    }

    /// <summary>A list for each version.</summary>
    /// <param name="facets">At least one version, each with at least one facet of 1 to 512 characters without wildcards.</param>
    /// <exception cref="ArgumentException">Empty, or an entry that is no facet.</exception>
    public TrustedFacetList(IReadOnlyDictionary<UafVersion, IReadOnlyList<string>> facets)
    {
        ArgumentNullException.ThrowIfNull(facets);
        if (facets.Count == 0 || facets.Values.Any(list => list is null || list.Count == 0))
        {
            throw new ArgumentException("A facet list names at least one facet for each version.", nameof(facets));
        }

        if (facets.Values.SelectMany(list => list).Any(facet => facet is not { Length: >= 1 and <= UafLimits.FacetId } || facet.Contains('*', StringComparison.Ordinal)))
        {
            throw new ArgumentException("A facet has 1 to 512 characters and no wildcard.", nameof(facets));
        }

        Facets = facets;
        _normalised = facets.ToFrozenDictionary(entry => entry.Key, entry => entry.Value.Select(FacetId.Normalise).ToFrozenSet(StringComparer.Ordinal));
    }

    /// <summary>The facets of each version.</summary>
    public IReadOnlyDictionary<UafVersion, IReadOnlyList<string>> Facets { get; }

    /// <summary>Whether a facet may speak for the application in a version of the protocol. Compared as <see cref="FacetId.IsTrusted"/> says.</summary>
    /// <param name="version">The version of the message.</param>
    /// <param name="facetId">The facet that the client named.</param>
    public bool IsTrusted(UafVersion version, string facetId)
    {
        ArgumentNullException.ThrowIfNull(facetId);
        return _normalised.TryGetValue(version, out var facets) && facets.Contains(FacetId.Normalise(facetId));
    }

    /// <summary>The JSON object to publish.</summary>
    public string ToJson() => UafJson.Write(writer =>
    {
        writer.WriteStartObject();
        writer.WriteStartArray("trustedFacets");
        foreach (var (version, facets) in Facets.OrderBy(entry => entry.Key.Major).ThenBy(entry => entry.Key.Minor))
        {
            writer.WriteStartObject();
            writer.WriteVersion("version", version);
            writer.WriteStartArray("ids");
            foreach (var facet in facets)
            {
                writer.WriteStringValue(facet);
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    });
}
