using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace MedId.Heart.Fhir.Scopes;

/// <summary>Characters of JSON strings without a copy.</summary>
internal static class Utf8Json
{
    /// <summary>The UTF-8 of a JSON string; allocates only where the string holds an escape. False for any other kind of value.</summary>
    public static bool TryGetString(JsonElement element, out ReadOnlySpan<byte> text)
    {
        text = default;
        if (element.ValueKind != JsonValueKind.String)
        {
            return false;
        }

        text = JsonMarshal.GetRawUtf8Value(element)[1..^1];
        if (text.Contains((byte)'\\'))
        {
            return TryDecode(element, out text);
        }

        return true;
    }

    /// <summary>As <see cref="TryGetString(JsonElement, out ReadOnlySpan{byte})"/> for a member; false when it is absent.</summary>
    public static bool TryGetString(JsonElement owner, ReadOnlySpan<byte> name, out ReadOnlySpan<byte> text)
    {
        text = default;
        return owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var member) && TryGetString(member, out text);
    }

    private static bool TryDecode(JsonElement element, out ReadOnlySpan<byte> text)
    {
        try
        {
            text = Encoding.UTF8.GetBytes(element.GetString()!);
            return true;
        }
        catch (InvalidOperationException)
        {
            // An escape that stands for half a surrogate pair.
            text = default;
            return false;
        }
    }
}
