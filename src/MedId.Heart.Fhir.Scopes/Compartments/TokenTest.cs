using System.Text.Json;

namespace MedId.Heart.Fhir.Scopes;

/// <summary>Whether an element holds a token value (FHIR R4 search §3.1.1.5.6): code, Coding, CodeableConcept, Identifier, ContactPoint or boolean.</summary>
internal readonly struct TokenTest(TokenValue value) : IElementTest
{
    public bool Holds(JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String:
                // A code's system is its binding, which is not looked up: a value that names a system does not hold.
                return value.AnySystem && Utf8Json.TryGetString(element, out var code) && value.Holds(default, code);
            case JsonValueKind.True:
                return value.AnySystem && value.Holds(default, "true"u8);
            case JsonValueKind.False:
                return value.AnySystem && value.Holds(default, "false"u8);
            case JsonValueKind.Object:
                return element.TryGetProperty("coding"u8, out var codings) ? AnyCoding(codings) : HoldsPair(element);
            default:
                return false;
        }
    }

    private bool AnyCoding(JsonElement codings)
    {
        if (codings.ValueKind == JsonValueKind.Array)
        {
            foreach (var coding in codings.EnumerateArray())
            {
                if (HoldsPair(coding))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private bool HoldsPair(JsonElement pair)
    {
        if (!(Utf8Json.TryGetString(pair, "code"u8, out var code) || Utf8Json.TryGetString(pair, "value"u8, out code)))
        {
            return false;
        }

        // No system: only a value that asks for none, or for any, holds.
        _ = Utf8Json.TryGetString(pair, "system"u8, out var system);
        return value.Holds(system, code);
    }
}
