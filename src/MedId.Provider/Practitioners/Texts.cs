using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace MedId.Provider;

/// <summary>Reads bounded texts out of verified JSON. Control and bidirectional formatting characters are refused: these texts are shown to patients.</summary>
internal static class Texts
{
    public static bool TryGet(JsonElement element, string name, [NotNullWhen(true)] out string? text)
    {
        text = element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        return text is not null && IsShort(text);
    }

    /// <summary>Not empty, within the limit, and without characters that change how it is shown.</summary>
    public static bool IsShort(string text) => text.Length is > 0 and <= PractitionerEvidenceVerifier.MaxTextLength && IsShowable(text);

    /// <summary>The first coded value of an array, as IUA writes roles and purposes.</summary>
    public static bool TryGetCoded(JsonElement element, string name, [NotNullWhen(true)] out CodedValue? value)
    {
        value = null;
        if (!element.TryGetProperty(name, out var array) || array.ValueKind != JsonValueKind.Array || array.GetArrayLength() is 0 or > 16)
        {
            return false;
        }

        var first = array[0];
        if (!TryGet(first, "system", out var system) || !TryGet(first, "code", out var code) || !TryGet(first, "display", out var display))
        {
            return false;
        }

        value = new(system, code, display);
        return true;
    }

    public static bool TryGetObject(this JsonElement element, string name, out JsonElement value)
    {
        value = default;
        return element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out value) && value.ValueKind == JsonValueKind.Object;
    }

    public static bool IsShowable(string text)
    {
        foreach (var c in text)
        {
            if (char.IsControl(c) || c is '\u061C' or '\u200E' or '\u200F' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u2028' or '\u2029')
            {
                return false;
            }
        }

        return true;
    }
}
