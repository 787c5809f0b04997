using System.Text;

namespace MedId.Heart.Fhir.Scopes;

/// <summary>A type of FHIR R4 and the element paths that put a resource of it into a patient's record.</summary>
internal sealed class FhirResourceType(string name, ElementPath[] patientPaths, string[] patientParameters)
{
    public string Name { get; } = name;

    public byte[] Utf8Name { get; } = Encoding.UTF8.GetBytes(name);

    /// <summary>Empty: no resource of the type belongs to a patient.</summary>
    public ElementPath[] PatientPaths { get; } = patientPaths;

    public string[] PatientParameters { get; } = patientParameters;

    public bool IsPatient { get; } = name is "Patient";

    /// <summary>Binary has no path of its own: it follows its securityContext.</summary>
    public bool IsBinary { get; } = name is "Binary";

    /// <summary>Where a resource of a type outside the compartment may speak about a patient all the same.</summary>
    public PatientMention[] PatientMentions => SearchParameters.PatientMentions(Name);

    public bool IsInPatientCompartment => PatientPaths.Length != 0 || IsBinary;
}
