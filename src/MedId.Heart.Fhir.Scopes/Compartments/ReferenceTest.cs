using System.Text.Json;

namespace MedId.Heart.Fhir.Scopes;

/// <summary>
/// Whether an element is a literal reference to one resource of this server: relative, or absolute below the service base, with or without a version. A reference by
/// identifier, to a contained resource or to another server is none.
/// </summary>
internal readonly ref struct ReferenceTest(ReadOnlySpan<byte> target, ReadOnlySpan<byte> serviceBase) : IElementTest
{
    private readonly ReadOnlySpan<byte> _target = target;
    private readonly ReadOnlySpan<byte> _serviceBase = serviceBase;

    public bool Holds(JsonElement element)
    {
        // A canonical or uri stands as a string, a Reference as an object.
        if (!(Utf8Json.TryGetString(element, "reference"u8, out var reference) || Utf8Json.TryGetString(element, out reference)))
        {
            return false;
        }

        if (!_serviceBase.IsEmpty && reference.StartsWith(_serviceBase))
        {
            reference = reference[_serviceBase.Length..];
        }

        return reference.StartsWith(_target) && (reference.Length == _target.Length || reference[_target.Length..].StartsWith("/_history/"u8));
    }
}
