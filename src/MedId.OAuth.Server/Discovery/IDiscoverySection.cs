using System.Text.Json;

namespace MedId.OAuth.Server;

/// <summary>Members that a protocol adds to the discovery document.</summary>
public interface IDiscoverySection
{
    /// <summary>Writes members of the document's object.</summary>
    /// <param name="writer">Where to.</param>
    void WriteTo(Utf8JsonWriter writer);

    /// <summary>The endpoints of this protocol that clients authenticate at, by member name, for their aliases with mutual TLS (RFC 8705 §5).</summary>
    IReadOnlyList<KeyValuePair<string, string>> MtlsEndpoints => [];
}
