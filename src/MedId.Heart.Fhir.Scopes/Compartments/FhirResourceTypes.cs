using System.Collections.Frozen;
using System.Text;

namespace MedId.Heart.Fhir.Scopes;

/// <summary>The 145 resource types of FHIR R4 4.0.1 that CompartmentDefinition/patient speaks about.</summary>
public static class FhirResourceTypes
{
    private static readonly FrozenDictionary<string, FhirResourceType> ByName = Load();

    private static readonly FrozenDictionary<string, FhirResourceType> ByLowerCaseName =
        ByName.Values.ToFrozenDictionary(type => type.Name.ToLowerInvariant(), StringComparer.Ordinal);

    /// <summary>The names of all types.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. ByName.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Whether the name is one of a type, case-sensitive.</summary>
    /// <param name="name">The name.</param>
    public static bool IsKnown(string name) => ByName.ContainsKey(name);

    /// <summary>The search parameters that put a resource of the type into a patient's record; empty for types that belong to no patient.</summary>
    /// <param name="name">A type's name.</param>
    /// <exception cref="ArgumentException">The type is unknown.</exception>
    public static IReadOnlyList<string> PatientCompartmentParameters(string name) =>
        ByName.TryGetValue(name, out var type) ? Array.AsReadOnly(type.PatientParameters) : throw new ArgumentException("Not a type of FHIR R4.", nameof(name));

    internal static FhirResourceType Patient { get; } = ByName["Patient"];

    internal static FhirResourceType? Find(ReadOnlySpan<char> name) => ByName.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(name, out var type) ? type : null;

    internal static FhirResourceType? Find(ReadOnlySpan<byte> name)
    {
        Span<char> text = stackalloc char[64];
        return name.Length <= text.Length ? Find(text[..Encoding.Latin1.GetChars(name, text)]) : null;
    }

    /// <summary>A type by its name in lower case, as <c>launch/</c> scopes spell it.</summary>
    internal static FhirResourceType? FindLowerCase(string name) => ByLowerCaseName.GetValueOrDefault(name);

    private static FrozenDictionary<string, FhirResourceType> Load()
    {
        var types = new Dictionary<string, FhirResourceType>(StringComparer.Ordinal);
        foreach (var line in EmbeddedTable.Lines("patient-compartment-r4.txt"))
        {
            // Type: parameter=path,path parameter=path
            var words = line.Split(' ');
            var name = words[0].TrimEnd(':');
            var parameters = words[1..].Select(word => word.Split('=')).ToArray();
            types.Add(name, new(
                name,
                [.. parameters.SelectMany(pair => pair[1].Split(',')).Distinct(StringComparer.Ordinal).Select(path => new ElementPath(path))],
                [.. parameters.Select(pair => pair[0])]));
        }

        return types.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
