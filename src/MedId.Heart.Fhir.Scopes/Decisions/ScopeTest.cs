using System.Collections.Frozen;

namespace MedId.Heart.Fhir.Scopes;

/// <summary>Whether one scope opens a type, and one resource, in the context of one token: the four tests that every decision is made of.</summary>
internal sealed class ScopeTest(ScopeDecisionOptions options)
{
    private readonly FrozenSet<string> _sharedTypes = options.SharedTypes.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>Whether the token has what the permission type needs.</summary>
    public static Refusal Context(FhirScope scope, FhirTokenContext context) => scope.PermissionType switch
    {
        FhirPermissionType.Patient => context.PatientKey is null ? Refusal.PatientContextMissing : Refusal.None,
        FhirPermissionType.User => string.IsNullOrEmpty(context.User) ? Refusal.UserContextMissing : Refusal.None,
        _ => Refusal.None,
    };

    /// <summary>What is known before the resource is: whether the type can open at all.</summary>
    public Refusal Type(FhirScope scope, FhirResourceType type, FhirPermissions letter, bool creates)
    {
        if (scope.PermissionType != FhirPermissionType.Patient)
        {
            return Refusal.None;
        }

        if (type.IsInPatientCompartment)
        {
            return type.IsPatient && creates ? Refusal.NotWritable : Refusal.None;
        }

        if (!_sharedTypes.Contains(type.Name))
        {
            return Refusal.NotInCompartment;
        }

        return (letter & FhirPermissions.Write) != FhirPermissions.None ? Refusal.NotWritable : Refusal.None;
    }

    /// <summary>Whether the resource is in the records that the scope opens.</summary>
    public Refusal Record(FhirScope scope, FhirTokenContext context, FhirResourceType type, FhirPermissions letter, bool creates, in ResourceImage image)
    {
        var refusal = Type(scope, type, letter, creates);
        if (refusal != Refusal.None)
        {
            return refusal;
        }

        return scope.PermissionType switch
        {
            FhirPermissionType.Patient => IsPatients(context, type, letter, creates, image) ? Refusal.None : Refusal.OtherPatient,
            FhirPermissionType.User => OfUser(context, type, letter, creates, image) ? Refusal.None : Refusal.UserNotPermitted,
            _ => Refusal.None,
        };
    }

    /// <summary>Whether the resource meets every constraint of the scope.</summary>
    public Refusal Constraints(FhirScope scope, FhirResourceType type, in ResourceImage image)
    {
        foreach (var constraint in scope.ConstraintArray)
        {
            if (!ImageReader.Meets(image, type, constraint, options))
            {
                return Refusal.ConstraintNotMet;
            }
        }

        return Refusal.None;
    }

    /// <summary>Whether the scope may look into this patient's compartment.</summary>
    public Refusal Compartment(FhirScope scope, FhirTokenContext context, string patientId) => scope.PermissionType switch
    {
        FhirPermissionType.Patient => string.Equals(context.PatientKey!.Id, patientId, StringComparison.Ordinal) ? Refusal.None : Refusal.OtherPatient,
        FhirPermissionType.User => OfUser(
            context, FhirResourceTypes.Patient, FhirPermissions.Read, creates: false, new ResourceFacts { ResourceType = FhirResourceTypes.Patient.Name, Id = patientId, Patients = [patientId] })
            ? Refusal.None
            : Refusal.UserNotPermitted,
        _ => Refusal.None,
    };

    private bool IsPatients(FhirTokenContext context, FhirResourceType type, FhirPermissions letter, bool creates, in ResourceImage image) => type.IsInPatientCompartment
        ? OfPatient(context.PatientKey!, type, letter, creates, image)
        : ImageReader.NamesNobodyElse(image, type, context.PatientKeys, options);

    private bool OfPatient(PatientKey patient, FhirResourceType type, FhirPermissions letter, bool creates, in ResourceImage image)
    {
        // The id in a Patient that is made is not yet anybody's: the server gives it another.
        if (type.IsPatient && creates && (letter & FhirPermissions.Create) != FhirPermissions.None)
        {
            return false;
        }

        if (type.IsPatient && (letter & FhirPermissions.Write) != FhirPermissions.None)
        {
            return ImageReader.IsPatientItself(image, patient);
        }

        return ImageReader.IsInRecordOf(image, type, patient, options);
    }

    private bool OfUser(FhirTokenContext context, FhirResourceType type, FhirPermissions letter, bool creates, in ResourceImage image)
    {
        if (options.UserRule is { } rule)
        {
            return rule(new(context.User!, letter, type.Name, image.Json, image.Facts));
        }

        if (!type.IsInPatientCompartment)
        {
            // What belongs to nobody is everybody's to read, and whose to write is for the server to say.
            return (letter & FhirPermissions.Write) == FhirPermissions.None && ImageReader.NamesNobodyElse(image, type, context.UserPatientKeys, options);
        }

        foreach (var patient in context.UserPatientKeys)
        {
            if (OfPatient(patient, type, letter, creates, image))
            {
                return true;
            }
        }

        return false;
    }
}
