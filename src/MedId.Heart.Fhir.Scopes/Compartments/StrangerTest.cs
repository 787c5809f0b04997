using System.Text.Json;

namespace MedId.Heart.Fhir.Scopes;

/// <summary>Whether an element may name a patient who is none of these: a reference to another Patient, or one that says no type, by identifier, name, or on another server.</summary>
internal readonly ref struct StrangerTest(PatientKey[] patients, bool isOnlyPatient, ReadOnlySpan<byte> serviceBase) : IElementTest
{
    private readonly PatientKey[] _patients = patients;
    private readonly bool _isOnlyPatient = isOnlyPatient;
    private readonly ReadOnlySpan<byte> _serviceBase = serviceBase;

    public bool Holds(JsonElement element)
    {
        if (!(Utf8Json.TryGetString(element, "reference"u8, out var reference) || Utf8Json.TryGetString(element, out reference)))
        {
            return true;
        }

        foreach (var patient in _patients)
        {
            if (new ReferenceTest(patient.Utf8Reference, _serviceBase).Holds(element))
            {
                return false;
            }
        }

        return _isOnlyPatient || TypeOf(reference) is not { IsPatient: false };
    }

    /// <summary>The type in <c>Type/id</c>, <c>https://…/Type/id</c> and <c>Type/id/_history/version</c>; null where there is none.</summary>
    private static FhirResourceType? TypeOf(ReadOnlySpan<byte> reference)
    {
        var history = reference.IndexOf("/_history/"u8);
        reference = history < 0 ? reference : reference[..history];
        var slash = reference.LastIndexOf((byte)'/');
        if (slash <= 0 || slash == reference.Length - 1)
        {
            return null;
        }

        var before = reference[..slash];
        return FhirResourceTypes.Find(before[(before.LastIndexOf((byte)'/') + 1)..]);
    }
}
