using System.Text.Json;

namespace MedId.Heart.Fhir.Scopes;

/// <summary>Whether an element names anything but a Patient, or cannot be told what it names.</summary>
internal readonly struct OtherThanPatientTest : IElementTest
{
    public bool Holds(JsonElement element) =>
        !Utf8Json.TryGetString(element, "reference"u8, out var reference) || ReferenceType.Of(reference) is not { IsPatient: true };
}
