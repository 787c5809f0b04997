using System.Text.Json;

namespace MedId.Provider;

/// <summary>Why data is asked for without consent, as the RP's signed request says it.</summary>
/// <param name="Code">A code of the OP's own list of reasons.</param>
/// <param name="Text">The reason in the doctor's words; 1 to 1,000 characters. Personal.</param>
public sealed record BreakGlassReason(string Code, string Text)
{
    private const int MaxCodeLength = 64;
    private const int MaxTextLength = 1000;

    /// <summary>The code only.</summary>
    public override string ToString() => Code;

    internal static BreakGlassReason? Read(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        string? code = null, text = null;
        foreach (var member in json.EnumerateObject())
        {
            switch (member.Name, member.Value.ValueKind)
            {
                case ("reason_code", JsonValueKind.String):
                    code = member.Value.GetString();
                    break;
                case ("reason", JsonValueKind.String):
                    text = member.Value.GetString();
                    break;
                default:
                    return null;
            }
        }

        return code is { Length: > 0 and <= MaxCodeLength } && text is { Length: <= MaxTextLength } && !string.IsNullOrWhiteSpace(text) ? new(code, text) : null;
    }
}
