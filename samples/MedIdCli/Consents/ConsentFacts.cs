using System.Text.Json;
using MedId.Cli.Frame;
using MedId.Consent;

namespace MedId.Cli.Consents;

/// <summary>The facts of a case, each a member of its own, so that one that is no fact is an unknown member.</summary>
internal static class ConsentFacts
{
    public static ConsentCase Read(CallInput? input, ConsentCase known)
    {
        foreach (var name in input is null ? [] : ConsentCase.FactNames)
        {
            if (input!.Raw(name) is { } value)
            {
                var read = ConsentCaseJson.Read(JsonElement.Parse($"{{\"{name}\":{value.GetRawText()}}}"), known);
                known = read.Succeeded ? read.Value : throw input.Value(name, "a value of this fact");
            }
        }

        return known;
    }
}
