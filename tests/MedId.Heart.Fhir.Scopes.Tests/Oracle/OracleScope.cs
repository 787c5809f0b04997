using System.Text.RegularExpressions;

namespace MedId.Heart.Fhir.Scopes.Tests.Oracle;

/// <summary>A resource scope as the oracle understands it: by a pattern, not by a parser.</summary>
internal sealed partial record OracleScope(string Owner, string Type, string Letters, IReadOnlyList<(string Name, string[] Values)> Constraints)
{
    private static readonly string[] Everything = ["status", "category", "code"];

    /// <summary>The token search parameters of the types that the cases constrain (FHIR R4).</summary>
    private static readonly Dictionary<string, string[]> Constrainable = new()
    {
        ["Observation"] = Everything,
        ["DiagnosticReport"] = Everything,
        ["Condition"] = ["category", "code"],
        ["Encounter"] = ["status"],
        ["Patient"] = [],
        ["*"] = Everything,
    };

    public static OracleScope? Of(string token, ISet<string> types)
    {
        const string uri = "http://smarthealthit.org/fhir/scopes/";
        var match = Form().Match(token.StartsWith(uri, StringComparison.Ordinal) ? token[uri.Length..] : token);
        if (!match.Success || !(match.Groups[2].Value == "*" || types.Contains(match.Groups[2].Value)))
        {
            return null;
        }

        var access = match.Groups[3].Value;
        var letters = access switch { "read" => "rs", "write" => "cud", "*" => "cruds", _ => access };
        if (letters.Length == 0)
        {
            return null;
        }

        var constraints = new List<(string, string[])>();
        if (match.Groups[4].Success)
        {
            if (access is "read" or "write" or "*")
            {
                return null;
            }

            foreach (var part in match.Groups[5].Value.Split('&'))
            {
                var sides = part.Split('=');
                if (sides.Length != 2 || !(sides[0] == "_tag" || Constrainable[match.Groups[2].Value].Contains(sides[0])))
                {
                    return null;
                }

                var values = Uri.UnescapeDataString(sides[1]).Split(',');
                if (values.Contains(""))
                {
                    return null;
                }

                constraints.Add((sides[0], values));
            }
        }

        return new(match.Groups[1].Value, match.Groups[2].Value, letters, constraints);
    }

    public bool Has(char letter, string type) => Letters.Contains(letter) && (Type == "*" || Type == type);

    [GeneratedRegex(@"^(patient|user|system)/([A-Za-z]+|\*)\.(read|write|\*|c?r?u?d?s?)(\?(.*))?$")]
    private static partial Regex Form();
}
