using System.Globalization;
using System.Text.Json.Nodes;

namespace MedId.Heart.Fhir.Scopes.Tests.Oracle;

/// <summary>A resource as the oracle reads it: a tree of nodes, every question answered by looking at all of it.</summary>
internal sealed class OracleResource(JsonObject json, OracleWorld world, Func<string, string>? resolve = null)
{
    public string? Type => Text(json["resourceType"]);

    public string? Id => Text(json["id"]);

    /// <summary>The ids of the patients in whose compartment the resource is.</summary>
    public HashSet<string> Patients
    {
        get
        {
            var patients = new HashSet<string>();
            if (Type is "Binary")
            {
                patients.UnionWith(PatientsAt("securityContext"));
                if (Text(json["securityContext"]?["reference"]) is { } owner && world.Owners.TryGetValue(owner, out var resource))
                {
                    patients.UnionWith(new OracleResource(JsonNode.Parse(resource)!.AsObject(), world).Patients);
                }

                return patients;
            }

            foreach (var path in world.PathsOf(Type ?? ""))
            {
                patients.UnionWith(PatientsAt(path));
            }

            return patients;
        }
    }

    /// <summary>Of a Device, the patients that it names, and "?" for somebody who cannot be told.</summary>
    public IEnumerable<string> Bearers => json["patient"] is not { } patient ? [] : PatientOf(patient) is { } id ? [id] : ["?"];

    public IEnumerable<string> ConditionalTypes => Everything(json).OfType<JsonObject>().Select(node => Text(node["reference"]))
        .Where(text => text?.Contains('?', StringComparison.Ordinal) == true).Select(text => text!.Split('?')[0]);

    /// <summary>Labels as words: <c>conf:R</c>, <c>sens:HIV</c>, <c>foreign</c>, of the resource, what it contains, its elements and, for a Binary, its owner.</summary>
    public List<string> Labels
    {
        get
        {
            var labels = new List<string>();
            foreach (var node in Everything(json).OfType<JsonObject>())
            {
                if (node["meta"]?["security"] is JsonArray security)
                {
                    labels.AddRange(security.Select(Label));
                }

                if (Text(node["url"])?.EndsWith("/extension-inline-sec-label", StringComparison.Ordinal) == true)
                {
                    labels.Add(Label(node["valueCoding"]));
                }
            }

            if (Type is "Binary" && Text(json["securityContext"]?["reference"]) is { } owner && world.Owners.TryGetValue(owner, out var resource))
            {
                labels.AddRange(new OracleResource(JsonNode.Parse(resource)!.AsObject(), world).Labels);
            }

            return labels;
        }
    }

    /// <summary>Whether the resource itself says how confidential it is.</summary>
    public bool SaysConfidentiality => json["meta"]?["security"] is JsonArray security && security.Any(one => Label(one).StartsWith("conf:", StringComparison.Ordinal));

    /// <summary>First and last day since the beginning of 2026 in Japan; null where nobody knows.</summary>
    public (int First, int Last)? Days
    {
        get
        {
            if (Type is "Binary")
            {
                return Text(json["securityContext"]?["reference"]) is { } owner && world.Owners.TryGetValue(owner, out var resource)
                    ? new OracleResource(JsonNode.Parse(resource)!.AsObject(), world).Days
                    : null;
            }

            var name = world.DateOf(Type ?? "");
            return name is not null && DateOnly.TryParseExact(Text(json[name]) ?? "", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
                ? (day.DayNumber - OracleWorld.Epoch, day.DayNumber - OracleWorld.Epoch)
                : null;
        }
    }

    public bool Meets((string Name, string[] Values) constraint) => constraint.Values.Any(value => Codings(constraint.Name).Any(coding => value.Contains('|', StringComparison.Ordinal)
        ? $"{coding.System}|{coding.Code}" == value
        : coding.Code == value));

    private static string? Text(JsonNode? node) => node is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static IEnumerable<JsonNode?> Everything(JsonNode? node) => new[] { node }.Concat(node switch
    {
        JsonObject map => map.SelectMany(member => Everything(member.Value)),
        JsonArray array => array.SelectMany(Everything),
        _ => [],
    });

    private static string Label(JsonNode? coding) => (Text(coding?["system"]), Text(coding?["code"])) switch
    {
        ("http://terminology.hl7.org/CodeSystem/v3-Confidentiality", { } code) => "conf:" + code,
        ("http://terminology.hl7.org/CodeSystem/v3-ActCode", { } code) => "sens:" + code,
        _ => "foreign",
    };

    private IEnumerable<(string? System, string Code)> Codings(string name)
    {
        // status has no system of its own that a search could name; the others are CodeableConcepts.
        var types = name switch { "status" => world.WithStatus, "category" => world.WithCategory, "code" => world.WithCode, _ => [] };
        if (name is "_tag")
        {
            return (json["meta"]?["tag"] as JsonArray ?? []).Select(tag => (Text(tag?["system"]), Text(tag?["code"]) ?? ""));
        }

        if (!types.Contains(Type))
        {
            return [];
        }

        return name is "status"
            ? Text(json[name]) is { } status ? [(null, status)] : []
            : Concepts(json[name]).SelectMany(concept => (concept?["coding"] as JsonArray ?? []).Select(coding => (Text(coding?["system"]), Text(coding?["code"]) ?? "")));
    }

    private static IEnumerable<JsonNode?> Concepts(JsonNode? node) => node is JsonArray array ? array.AsEnumerable() : new[] { node };

    private IEnumerable<string> PatientsAt(string path)
    {
        IEnumerable<JsonNode?> nodes = [json];
        foreach (var name in path.Split('.'))
        {
            nodes = nodes.Select(node => (node as JsonObject)?[name]).SelectMany(Concepts).ToList();
        }

        return nodes.Select(PatientOf).OfType<string>();
    }

    private string? PatientOf(JsonNode? reference)
    {
        var text = Text((reference as JsonObject)?["reference"]);
        text = text is null || resolve is null ? text : resolve(text);
        if (text?.StartsWith(OracleWorld.Base, StringComparison.Ordinal) == true)
        {
            text = text[OracleWorld.Base.Length..];
        }

        var parts = text?.Split('/') ?? [];
        return parts.Length is 2 or 4 && parts[0] == "Patient" && (parts.Length == 2 || parts[2] == "_history") ? parts[1] : null;
    }
}
