using System.Text.Json;

namespace MedId.OAuth.Server;

/// <summary>Members that a protocol adds to the discovery document.</summary>
public interface IDiscoverySection
{
    /// <summary>Writes members of the document's object.</summary>
    /// <param name="writer">Where to.</param>
    void WriteTo(Utf8JsonWriter writer);
}
