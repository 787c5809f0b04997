using System.Text.Json;
using MedId.Core;
using MedId.OAuth;

namespace MedId.Samples.DoctorEhr;

/// <summary>Looks whether an answer of the API is what was asked for and of whom. The doctor must never see another patient's record under this patient's name. Pure.</summary>
internal static class RecordCheck
{
    /// <summary>The resources of a searchset, and its next page.</summary>
    public static MedIdResult<(IReadOnlyList<JsonElement> Resources, string? Next)> Page(JsonElement bundle, string type, string patient)
    {
        var members = bundle.ValueKind == JsonValueKind.Object ? new JsonMembers(bundle) : null;
        if (members is null || members.String("resourceType") is not "Bundle" || members.String("type") is not "searchset")
        {
            return Malformed();
        }

        var resources = new List<JsonElement>();
        foreach (var entry in Elements(members, "entry"))
        {
            if (entry.ValueKind != JsonValueKind.Object || !entry.TryGetProperty("resource", out var resource))
            {
                return Malformed();
            }

            if (Refuse(resource, type, patient) is { } refusal)
            {
                return refusal;
            }

            resources.Add(resource);
        }

        var next = Elements(members, "link").Where(link => link.ValueKind == JsonValueKind.Object && new JsonMembers(link).String("relation") is "next").ToList();
        return members.Wrong is not null || next.Count > 1 ? Malformed() : (resources, next.Count == 0 ? null : new JsonMembers(next[0]).String("url"));
    }

    /// <summary>Null when the resource is of the type and of the patient.</summary>
    public static MedIdError? Refuse(JsonElement resource, string type, string patient)
    {
        if (resource.ValueKind != JsonValueKind.Object || new JsonMembers(resource).String("resourceType") != type)
        {
            return Malformed();
        }

        return string.Equals(PatientOf(resource, type), patient, StringComparison.Ordinal) ? null : new(EhrErrorCodes.ForeignRecord, ErrorCategory.Untrusted, "walk: doctor EHR");
    }

    private static string? PatientOf(JsonElement resource, string type)
    {
        const string prefix = "Patient/";
        var members = new JsonMembers(resource);
        if (type is "Patient")
        {
            return members.String("id");
        }

        var reference = (members.Object("subject") ?? members.Object("patient")) is { } target ? new JsonMembers(target).String("reference") : null;
        return reference is not null && reference.StartsWith(prefix, StringComparison.Ordinal) ? reference[prefix.Length..] : null;
    }

    private static JsonElement[] Elements(JsonMembers members, string name)
    {
        if (members.Find(name) is not { } value)
        {
            return [];
        }

        if (value.ValueKind == JsonValueKind.Array)
        {
            return [.. value.EnumerateArray()];
        }

        members.Reject(name);
        return [];
    }

    private static MedIdError Malformed() => new(EhrErrorCodes.ResponseMalformed, ErrorCategory.Malformed, "walk: doctor EHR");
}
