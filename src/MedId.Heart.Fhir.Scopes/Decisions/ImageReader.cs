using System.Text;
using System.Text.Json;

namespace MedId.Heart.Fhir.Scopes;

/// <summary>What a decision asks of a resource, answered from raw JSON or from facts. Allocates nothing on the way of an ordinary read.</summary>
internal static class ImageReader
{
    private static readonly ElementPath SecurityContextPath = new("securityContext");
    private static readonly ElementPath TagPath = new("meta.tag");
    private static readonly TokenTest Cut = new(TokenValue.Read("http://terminology.hl7.org/CodeSystem/v3-ObservationValue|SUBSETTED"));

    /// <summary>Whether it can be read at all, and whole, with what a Binary belongs to. Of a resource that _summary or _elements has cut nobody knows what was cut off.</summary>
    public static bool IsReadable(in ResourceImage image) =>
        (image.Facts is not null || (image.Json.ValueKind == JsonValueKind.Object && Utf8Json.IsWellFormed(image.Json) && !TagPath.Any(image.Json, in Cut)))
        && (!image.SecurityContext.IsPresent || IsReadable(image.SecurityContext));

    /// <summary>Null when it is no resource of a known type.</summary>
    public static FhirResourceType? TypeOf(in ResourceImage image)
    {
        if (image.Facts is { } facts)
        {
            return FhirResourceTypes.Find(facts.ResourceType.AsSpan());
        }

        return Utf8Json.TryGetString(image.Json, "resourceType"u8, out var type) ? FhirResourceTypes.Find(type) : null;
    }

    public static bool Is(in ResourceImage image, FhirResourceType type) => image.Facts is { } facts
        ? string.Equals(facts.ResourceType, type.Name, StringComparison.Ordinal)
        : Utf8Json.TryGetString(image.Json, "resourceType"u8, out var name) && name.SequenceEqual(type.Utf8Name);

    /// <summary>The id; null where there is none, or none that can be read.</summary>
    public static string? IdOf(in ResourceImage image) => image.Facts is { } facts ? facts.Id
        : image.Json.ValueKind == JsonValueKind.Object && Utf8Json.TryGetString(image.Json, "id"u8, out var id) ? Encoding.UTF8.GetString(id) : null;

    /// <summary>Whether the resource has this id; facts without id are not compared.</summary>
    public static bool HasId(in ResourceImage image, string id) => image.Facts is { } facts
        ? facts.Id is null || string.Equals(facts.Id, id, StringComparison.Ordinal)
        : image.Json.TryGetProperty("id"u8, out var own) && own.ValueKind == JsonValueKind.String && own.ValueEquals(id);

    /// <summary>Whether it is the Patient resource of this patient.</summary>
    public static bool IsPatientItself(in ResourceImage image, PatientKey patient) => image.Facts is { } facts
        ? facts.Id is null ? Contains(facts.Patients, patient.Id) : string.Equals(facts.Id, patient.Id, StringComparison.Ordinal)
        : Utf8Json.TryGetString(image.Json, "id"u8, out var id) && id.SequenceEqual(patient.Utf8Id);

    /// <summary>Whether the resource is in the patient's record (R4 CompartmentDefinition/patient).</summary>
    public static bool IsInRecordOf(in ResourceImage image, FhirResourceType type, PatientKey patient, ScopeDecisionOptions options)
    {
        if (type.IsPatient && (IsPatientItself(image, patient) || !options.LinkedPatientsAreReadable))
        {
            return IsPatientItself(image, patient);
        }

        if (image.Facts is { } facts)
        {
            return Contains(facts.Patients, patient.Id);
        }

        var test = new ReferenceTest(patient.Utf8Reference, options.Utf8ServiceBase);
        if (type.IsBinary)
        {
            return SecurityContextPath.Any(image.Json, in test) || IsSecurityContextInRecordOf(image, patient, options);
        }

        foreach (var path in type.PatientPaths)
        {
            if (path.Any(image.Json, in test))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Whether a resource of a type outside the compartment speaks about none but these patients: a Device or a Contract may be somebody's. What may be a patient and cannot be
    /// told (an identifier, a name) is taken for somebody else.
    /// </summary>
    public static bool NamesNobodyElse(in ResourceImage image, FhirResourceType type, PatientKey[] patients, ScopeDecisionOptions options)
    {
        // Other resources travel inside it; nobody has looked at them.
        if (type.Name is "Bundle")
        {
            return false;
        }

        if (image.Facts is { } facts)
        {
            foreach (var id in facts.Patients)
            {
                if (!Array.Exists(patients, patient => string.Equals(patient.Id, id, StringComparison.Ordinal)))
                {
                    return false;
                }
            }

            return true;
        }

        foreach (var mention in type.PatientMentions)
        {
            if (mention.Path.Any(image.Json, new StrangerTest(patients, mention.IsOnlyPatient, options.Utf8ServiceBase)))
            {
                return false;
            }
        }

        return true;
    }

    public static bool Meets(in ResourceImage image, FhirResourceType type, ScopeConstraint constraint, ScopeDecisionOptions options)
    {
        if (SearchParameters.Find(type.Name, constraint.Parameter) is not { } parameter)
        {
            return false;
        }

        foreach (var value in constraint.Tokens)
        {
            if (image.Facts is { } facts ? HasValue(facts, constraint.Parameter, value) : HasValue(image.Json, parameter, value, options))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether every label of the resource, and of what a Binary belongs to, is uncovered (HEART §3); if not, the first that is not.</summary>
    public static bool AreLabelsUncovered(in ResourceImage image, ScopeSet scopes, ScopeDecisionOptions options, ref ScopeMask used, out SecurityLabel covered)
    {
        var uncovered = image.Facts is { } facts
            ? FactLabelsUncovered(facts, scopes, options, ref used, out covered)
            : JsonLabels.AreUncovered(image.Json, scopes, options, ref used, out covered);
        var context = image.SecurityContext;
        return uncovered && (!context.IsPresent || AreLabelsUncovered(context, scopes, options, ref used, out covered));
    }

    /// <summary>Whether a stored Binary belongs to a resource that is not here: its labels are those of that resource (FHIR R4 Binary.securityContext). A Patient is named for the record alone.</summary>
    public static bool LacksSecurityContext(in ResourceImage image, FhirResourceType type) =>
        type.IsBinary && image.Facts is null && !image.SecurityContext.IsPresent && SecurityContextPath.Any(image.Json, default(OtherThanPatientTest));

    private static bool IsSecurityContextInRecordOf(in ResourceImage binary, PatientKey patient, ScopeDecisionOptions options)
    {
        var context = binary.SecurityContext;
        if (!context.IsPresent || TypeOf(context) is not { IsBinary: false } type)
        {
            return false;
        }

        var id = IdOf(context);
        var named = new ReferenceTest(Encoding.UTF8.GetBytes($"{type.Name}/{id}"), options.Utf8ServiceBase);
        return id is not null && SecurityContextPath.Any(binary.Json, in named) && IsInRecordOf(context, type, patient, options);
    }

    private static bool HasValue(JsonElement json, SearchParameter parameter, TokenValue value, ScopeDecisionOptions options)
    {
        foreach (var path in parameter.Paths)
        {
            if (parameter.IsReference ? path.Any(json, new ReferenceTest(value.CodeUtf8, options.Utf8ServiceBase)) : path.Any(json, new TokenTest(value)))
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasValue(ResourceFacts facts, string parameter, TokenValue wanted)
    {
        if (facts.Parameters.TryGetValue(parameter, out var values))
        {
            foreach (var value in values)
            {
                var has = TokenValue.Read(value);
                if (has.CodeUtf8 is { } code && wanted.Holds(has.SystemUtf8, code))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool FactLabelsUncovered(ResourceFacts facts, ScopeSet scopes, ScopeDecisionOptions options, ref ScopeMask used, out SecurityLabel covered)
    {
        foreach (var code in facts.Confidentiality)
        {
            covered = SecurityLabel.Read("urn:oid:2.16.840.1.113883.5.25"u8, Encoding.UTF8.GetBytes(code));
            if (!LabelRules.IsUncovered(covered, scopes, options, ref used))
            {
                return false;
            }
        }

        foreach (var code in facts.Sensitivity)
        {
            covered = SecurityLabel.Read("urn:oid:2.16.840.1.113883.5.4"u8, Encoding.UTF8.GetBytes(code));
            if (!LabelRules.IsUncovered(covered, scopes, options, ref used))
            {
                return false;
            }
        }

        covered = SecurityLabel.Normal;
        return facts.Confidentiality.Count != 0 || LabelRules.IsConfidentialityUncovered("N", scopes, options, ref used);
    }

    private static bool Contains(IReadOnlyList<string> ids, string id)
    {
        for (var index = 0; index < ids.Count; index++)
        {
            if (string.Equals(ids[index], id, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
