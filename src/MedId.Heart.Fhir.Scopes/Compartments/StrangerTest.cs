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

        return _isOnlyPatient || ReferenceType.Of(reference) is not { IsPatient: false };
    }
}
