using System.Text.Json;

namespace MedId.Fido2;

/// <summary>Members of options that the library does not know.</summary>
internal static class OtherMembers
{
    public static IReadOnlyDictionary<string, JsonElement> None { get; } = new Dictionary<string, JsonElement>(StringComparer.Ordinal).AsReadOnly();
}
