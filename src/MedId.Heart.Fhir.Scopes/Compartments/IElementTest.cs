using System.Text.Json;

namespace MedId.Heart.Fhir.Scopes;

/// <summary>A test of one element; a struct, so that walking a resource allocates nothing.</summary>
internal interface IElementTest
{
    bool Holds(JsonElement element);
}
