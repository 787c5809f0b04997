using System.Runtime.InteropServices;
using System.Text.Json;

namespace MedId.Heart.Fhir.Scopes;

/// <summary>
/// The labels of a raw resource: <c>meta.security</c> of itself and of what it contains, and those that stand on single elements (DS4P inline labels). Elements are not cut out, so
/// every label counts for the whole resource. A label that cannot be read is not taken for none.
/// </summary>
internal static class JsonLabels
{
    private static ReadOnlySpan<byte> InlineLabel => "/extension-inline-sec-label"u8;

    public static bool AreUncovered(JsonElement resource, ScopeSet scopes, ScopeDecisionOptions options, ref ScopeMask used, out SecurityLabel covered)
    {
        covered = default;
        var hasConfidentiality = false;
        if (resource.ValueKind != JsonValueKind.Object || !IsMetaUncovered(resource, scopes, options, ref used, out covered, ref hasConfidentiality))
        {
            return false;
        }

        if (!hasConfidentiality && !LabelRules.IsConfidentialityUncovered("N", scopes, options, ref used))
        {
            covered = SecurityLabel.Normal;
            return false;
        }

        // What travels in a stored Bundle is labelled each for itself.
        if (Utf8Json.TryGetString(resource, "resourceType"u8, out var type) && type.SequenceEqual("Bundle"u8) && !AreEntriesUncovered(resource, scopes, options, ref used, out covered))
        {
            return false;
        }

        // Contained resources have no label by FHIR R4 dom-5; one that has is not let through for that.
        if (resource.TryGetProperty("contained"u8, out var contained) && !AreContainedUncovered(contained, scopes, options, ref used, out covered))
        {
            return false;
        }

        return !MayHaveInlineLabels(JsonMarshal.GetRawUtf8Value(resource)) || IsTreeUncovered(resource, scopes, options, ref used, out covered);
    }

    private static bool AreEntriesUncovered(JsonElement bundle, ScopeSet scopes, ScopeDecisionOptions options, ref ScopeMask used, out SecurityLabel covered)
    {
        covered = default;
        if (!bundle.TryGetProperty("entry"u8, out var entries))
        {
            return true;
        }

        if (entries.ValueKind != JsonValueKind.Array)
        {
            return false;
        }

        foreach (var entry in entries.EnumerateArray())
        {
            if (entry.ValueKind != JsonValueKind.Object
                || (entry.TryGetProperty("resource"u8, out var resource) && !AreUncovered(resource, scopes, options, ref used, out covered)))
            {
                return false;
            }
        }

        return true;
    }

    private static bool AreContainedUncovered(JsonElement contained, ScopeSet scopes, ScopeDecisionOptions options, ref ScopeMask used, out SecurityLabel covered)
    {
        covered = default;
        if (contained.ValueKind != JsonValueKind.Array)
        {
            return false;
        }

        foreach (var one in contained.EnumerateArray())
        {
            var ignored = false;
            if (one.ValueKind != JsonValueKind.Object || !IsMetaUncovered(one, scopes, options, ref used, out covered, ref ignored))
            {
                return false;
            }

            if (one.TryGetProperty("contained"u8, out var deeper) && !AreContainedUncovered(deeper, scopes, options, ref used, out covered))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsMetaUncovered(
        JsonElement resource, ScopeSet scopes, ScopeDecisionOptions options, ref ScopeMask used, out SecurityLabel covered, ref bool hasConfidentiality)
    {
        covered = default;
        if (!resource.TryGetProperty("meta"u8, out var meta))
        {
            return true;
        }

        if (meta.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        if (!meta.TryGetProperty("security"u8, out var labels))
        {
            return true;
        }

        if (labels.ValueKind != JsonValueKind.Array)
        {
            return false;
        }

        foreach (var coding in labels.EnumerateArray())
        {
            if (!IsCodingUncovered(coding, scopes, options, ref used, out covered))
            {
                return false;
            }

            hasConfidentiality |= covered.Kind == SecurityLabelKind.Confidentiality;
        }

        return true;
    }

    private static bool IsCodingUncovered(JsonElement coding, ScopeSet scopes, ScopeDecisionOptions options, ref ScopeMask used, out SecurityLabel label)
    {
        label = default;
        if (!Utf8Json.TryGetString(coding, "code"u8, out var code))
        {
            return false;
        }

        // A system that is there and cannot be read is none that is known.
        if (!Utf8Json.TryGetString(coding, "system"u8, out var system) && coding.TryGetProperty("system"u8, out _))
        {
            return false;
        }

        label = SecurityLabel.Read(system, code);
        return LabelRules.IsUncovered(label, scopes, options, ref used);
    }

    /// <summary>Whether the address of the extension stands somewhere, also with letters of it escaped: one look over the bytes, so that nearly every resource is not walked.</summary>
    private static bool MayHaveInlineLabels(ReadOnlySpan<byte> utf8) => utf8.IndexOf("inline-sec-label"u8) >= 0 || utf8.IndexOf("\\u00"u8) >= 0;

    private static bool IsTreeUncovered(JsonElement element, ScopeSet scopes, ScopeDecisionOptions options, ref ScopeMask used, out SecurityLabel covered)
    {
        covered = default;
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                if (Utf8Json.TryGetString(element, "url"u8, out var url) && url.EndsWith(InlineLabel))
                {
                    return element.TryGetProperty("valueCoding"u8, out var coding) && IsCodingUncovered(coding, scopes, options, ref used, out covered);
                }

                foreach (var member in element.EnumerateObject())
                {
                    if (!IsTreeUncovered(member.Value, scopes, options, ref used, out covered))
                    {
                        return false;
                    }
                }

                return true;
            case JsonValueKind.Array:
                foreach (var item in element.EnumerateArray())
                {
                    if (!IsTreeUncovered(item, scopes, options, ref used, out covered))
                    {
                        return false;
                    }
                }

                return true;
            default:
                return true;
        }
    }
}
