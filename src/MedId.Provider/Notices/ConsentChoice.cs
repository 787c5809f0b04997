using System.Text.Json;
using MedId.Core;

namespace MedId.Provider;

/// <summary>What the patient chose on the notice: agreed, confirmed, and which categories stay in.</summary>
public sealed record ConsentChoice
{
    private ConsentChoice(IReadOnlyList<string> granted, IReadOnlyList<string> refused)
    {
        Granted = granted;
        Refused = refused;
    }

    /// <summary>Scopes kept, in the order of the notice; never empty.</summary>
    public IReadOnlyList<string> Granted { get; }

    /// <summary>Scopes struck out, in the order of the notice.</summary>
    public IReadOnlyList<string> Refused { get; }

    /// <summary>Whether something was struck out.</summary>
    public bool IsNarrowed => Refused.Count > 0;

    /// <summary>Reads a choice against the scopes that were shown.</summary>
    /// <param name="shown">The scopes of the notice, in its order.</param>
    /// <param name="confirmed">Whether the confirmation box was ticked by the person.</param>
    /// <param name="granted">The scopes that the person kept.</param>
    /// <returns>The choice; refused when it was not confirmed, keeps nothing, keeps something twice, or names what was not shown.</returns>
    public static MedIdResult<ConsentChoice> Make(IReadOnlyList<string> shown, bool confirmed, IReadOnlyCollection<string> granted)
    {
        ArgumentNullException.ThrowIfNull(shown);
        ArgumentNullException.ThrowIfNull(granted);
        var kept = new HashSet<string>(granted, StringComparer.Ordinal);
        if (!confirmed)
        {
            return Refuse("the confirmation box is not ticked");
        }

        if (kept.Count == 0 || kept.Count != granted.Count)
        {
            return Refuse("a choice keeps at least one category, each once");
        }

        if (!kept.IsSubsetOf(shown))
        {
            return Refuse("a choice keeps only what was shown");
        }

        return new ConsentChoice([.. shown.Where(kept.Contains)], [.. shown.Where(scope => !kept.Contains(scope))]);
    }

    /// <summary>The canonical form of what is granted where the person chose nothing on this notice.</summary>
    internal static string WithoutAct(IReadOnlyList<string> shown, IReadOnlyList<string> granted) =>
        Write("none", confirmed: false, granted, [.. shown.Except(granted, StringComparer.Ordinal)]);

    /// <summary>The canonical form (RFC 8785).</summary>
    /// <returns>JSON text.</returns>
    public string ToCanonicalJson() => Write("agree", confirmed: true, Granted, Refused);

    private static string Write(string button, bool confirmed, IReadOnlyList<string> granted, IReadOnlyList<string> refused)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("button", button);
            json.WriteBoolean("confirmed", confirmed);
            WriteList(json, "granted", granted);
            WriteList(json, "refused", refused);
            json.WriteEndObject();
        }

        return CanonicalJson.Of(buffer.GetBuffer().AsMemory(0, (int)buffer.Length));
    }

    private static void WriteList(Utf8JsonWriter json, string name, IReadOnlyList<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }

    private static MedIdError Refuse(string detail) =>
        new(ProviderErrorCodes.ChoiceRefused, ErrorCategory.Protocol, "MedId walk, step 4", detail);
}
