using System.Text.Json.Nodes;

namespace MedId.Heart.Fhir.Scopes.Tests.Oracle;

/// <summary>Random questions of a seed. Most are near the border: the right patient and type are frequent, so that what decides is the one thing that is not right.</summary>
internal sealed class OracleCases(OracleWorld world, int seed)
{
    private const string Category = "http://terminology.hl7.org/CodeSystem/observation-category";
    private static readonly string[] Common = ["Observation", "Condition", "Encounter", "DiagnosticReport"];
    private static readonly string[] Patients = ["p1", "p1", "p1", "p1", "p1", "p2", "p3"];

    private readonly Random _random = new(seed);

    public OracleCase Next()
    {
        var (type, id) = (Type(), One("x1", "x2"));
        var conditional = One("identifier=a", "identifier=a&encounter:Encounter.status=finished", "_format=json", "");
        var chain = _random.Next(4) == 0 ? One("?subject:Patient.name=a", "?_has:Observation:patient:code=a", "?encounter%3AEncounter.status=a", "?_list=42", "?_filter=x", "?code=a.b") : "";
        (string Method, string Url) line = _random.Next(28) switch
        {
            0 or 1 or 2 => ("GET", $"{type}/{id}"),
            3 => ("HEAD", $"/{type}/{id}?_format=json"),
            4 => ("GET", $"{type}/{id}/_history/{_random.Next(1, 4)}"),
            5 => ("GET", $"{type}/{id}/_history"),
            6 or 7 => ("GET", type + chain),
            8 => ("POST", $"{type}/_search"),
            9 => ("GET", $"{type}/_history"),
            10 => ("GET", "_history"),
            11 => ("GET", "?_type=" + string.Join(',', Enumerable.Range(0, _random.Next(1, 3)).Select(_ => Type()))),
            12 => ("GET", $"Patient/{One(Patients)}/{One(type, type, "*")}{chain}"),
            13 or 14 => ("POST", type),
            15 or 16 => ("PUT", $"{type}/{id}"),
            17 => ("PUT", $"{type}?{conditional}"),
            18 => ("PATCH", $"{type}/{id}"),
            19 or 20 => ("DELETE", $"{type}/{id}"),
            21 => ("DELETE", $"{type}?{conditional}"),
            22 => ("GET", One("metadata", "Patient/p1/$everything", "Patient/p2/$everything", "$export", "Patient/$export", "Group/g1/$export", "Observation/$lastn", $"{type}/x1/$nothing")),
            23 => ("GET", One($"{type}/{id}/", $"{type}%2F{id}", "observation/x1", "Nothing/x1", $"{type}//{id}", "/", $"{type}/{id}/_history/1/2")),
            24 or 25 => ("BUNDLE", ""),
            26 => ("GET", "Patient/" + One(Patients)),
            _ => ("PUT", "Patient/" + One(Patients)),
        };
        type = line.Url.Split('/', '?') is [var first, ..] && world.Types.Contains(first) ? first : type;
        id = line.Url.Split('?')[0].Split('/') is [_, var second, ..] && second.Length == 2 ? second : id;
        var conditionalCreate = line is ("POST", var at) && !at.Contains('_', StringComparison.Ordinal) && _random.Next(3) == 0 ? One("identifier=a", "subject:Patient.name=a", "_format=json") : null;
        var asked = new OracleCase
        {
            Scopes = Scopes(type),
            Patient = _random.Next(12) == 0 ? null : "p1",
            User = _random.Next(3) == 0 ? null : "Practitioner/d1",
            UserPatients = _random.Next(3) == 0 ? [] : _random.Next(2) == 0 ? ["p2"] : ["p1", "p3"],
            GlassMayBreak = _random.Next(3) == 0,
            Purpose = One("TREAT", "TREAT", "TREAT", "ETREAT", null!),
            Client = One("clinic-b", "clinic-b", "clinic-c"),
            Consent = _random.Next(4) == 0 ? Consent(type) : null,
            IsStrict = _random.Next(8) == 0,
            Method = line.Method,
            Url = line.Url,
            Form = line.Method == "POST" && line.Url.EndsWith("_search", StringComparison.Ordinal) ? One("code=a", "subject%3APatient.name=a", "_has:Observation:patient:code=x&code=a+b") : null,
            IfNoneExist = conditionalCreate,
            Before = line.Method is "PUT" && _random.Next(4) == 0 ? null : Resource(type, id),
            After = line.Method is "POST" or "PUT" or "PATCH" ? Resource(type, id) : null,
            Store = [.. Enumerable.Range(0, 4).Select(_ => Resource(_random.Next(3) == 0 ? Type() : type, "x1"))],
        };
        return line.Method == "BUNDLE" ? asked with { Method = "POST", Url = "/", IsTransaction = _random.Next(2) == 0, Entries = [.. Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Entry(type))] } : asked;
    }

    /// <summary>A patient entry that others may name, or a request of its own.</summary>
    private OracleEntry Entry(string type) => _random.Next(9) switch
    {
        0 or 1 => new("PUT", "Patient/p1", Patient("p1"), Patient("p1"), "urn:uuid:a", null),
        2 => new("POST", "Patient", null, Patient("p1"), "urn:uuid:a", null),
        3 or 4 or 5 => new("POST", type, null, Resource(type, "x1"), null, _random.Next(4) == 0 ? "identifier=a" : null),
        6 => new("PUT", type + "/x1", Resource(type, "x1"), Resource(type, "x1"), null, null),
        7 => new("DELETE", type + "/x1", Resource(type, "x1"), null, null, null),
        _ => new("GET", One(type, type + "/x1"), Resource(type, "x1"), null, null, null),
    };

    private static string Patient(string id) => $$"""{"resourceType":"Patient","id":"{{id}}"}""";

    private T One<T>(params T[] of) => of[_random.Next(of.Length)];

    private string Type() => _random.Next(3) != 0 ? One(Common) : One(
        "Patient", "Practitioner", "Organization", "Device", "ValueSet", "Bundle", "Binary", "AllergyIntolerance", "Appointment", "Communication", "Group", "List", "Coverage", "DocumentReference");

    private string Scopes(string type) => string.Join(' ', Enumerable.Range(0, _random.Next(1, 6)).Select(_ => Scope(type)));

    private string Scope(string type)
    {
        if (_random.Next(4) == 0)
        {
            return One("openid", "conf/R", "conf/V", "conf/N", "sens/HIV", "sens/PSY", "sens/NONE", "btg", "btg", "BTG", "launch/patient", "conf/R", "sens/HIV");
        }

        var about = _random.Next(16) == 0 ? One("observation", "Nothing") : One(type, type, type, "*", "*", One(Common));
        var access = _random.Next(12) == 0
            ? One("sr", "rr", "read-only", "")
            : One("read", "write", "*", "rs", "cruds", "cruds", "*", "cud", "r", "s", "c", "u", "d", "cru", "rs", "cruds");
        var constraint = _random.Next(4) != 0 || !(Common.Contains(about) || about is "*" or "Patient") ? "" : One(
            "?status=final", "?status=final,amended", "?category=laboratory", $"?category={Category}|laboratory", $"?category={Category}%7Claboratory", "?category=http://example.org|laboratory",
            "?code=c1", "?code=c1&status=final", "?_tag=t", "?status", "?status=", "?status=a=b", "?code:in=x", "?subject.name=x", "?_include=x", "?category=laboratory&category=vital-signs");
        return $"{One("", "", "", "", "", "http://smarthealthit.org/fhir/scopes/")}{(_random.Next(16) == 0 ? One("Patient", "patients") : One("patient", "patient", "patient", "user", "user", "system"))}/{about}.{access}{constraint}";
    }

    private OracleConsent Consent(string type) => new(
        _random.Next(3) == 0 ? -10 : null,
        _random.Next(3) == 0 ? One(5, 10, 11, 20, 20) : null,
        10,
        _random.Next(3) == 0 ? "TREAT" : null,
        _random.Next(3) == 0 ? "clinic-b" : null,
        _random.Next(3) == 0 ? [One(type, type, "Observation"), One("Observation?category=laboratory", "Condition", "Patient", "Encounter")] : null,
        _random.Next(3) == 0 ? One(0, 1, 2) : null,
        _random.Next(3) == 0 ? One(1, 2, 3) : null);

    private string Resource(string type, string id)
    {
        var json = new JsonObject { ["resourceType"] = _random.Next(60) == 0 ? "Nonsense" : type, ["id"] = _random.Next(60) == 0 ? "other" : id };
        var meta = new JsonObject();
        if (_random.Next(4) == 0)
        {
            meta["security"] = new JsonArray([.. Enumerable.Range(0, _random.Next(1, 3)).Select(_ => Label())]);
        }

        if (_random.Next(4) == 0)
        {
            meta["tag"] = new JsonArray(new JsonObject { ["system"] = "https://hospital.example/tags", ["code"] = One("t", "u") });
        }

        if (meta.Count != 0)
        {
            json["meta"] = meta;
        }

        if (_random.Next(12) == 0)
        {
            json["contained"] = new JsonArray(new JsonObject { ["resourceType"] = "Specimen", ["id"] = "s", ["meta"] = new JsonObject { ["security"] = new JsonArray(Label()) } });
        }

        foreach (var path in world.PathsOf(type).Where(_ => _random.Next(4) != 0))
        {
            Put(json, path.Split('.'), _random.Next(2) == 0);
        }

        Fill(json, type);
        return json.ToJsonString();
    }

    private void Fill(JsonObject json, string type)
    {
        if (world.WithStatus.Contains(type))
        {
            json["status"] = One("final", "final", "amended");
        }

        if (world.WithCategory.Contains(type))
        {
            json["category"] = new JsonArray(Concept(One(Category, Category, "http://example.org"), One("laboratory", "laboratory", "vital-signs")));
        }

        if (world.WithCode.Contains(type))
        {
            json["code"] = Concept("http://example.org", One("c1", "c2"));
            if (_random.Next(12) == 0)
            {
                json["code"]!["extension"] = new JsonArray(new JsonObject { ["url"] = "http://hl7.org/fhir/uv/security-label-ds4p/StructureDefinition/extension-inline-sec-label", ["valueCoding"] = Label() });
            }
        }

        if (world.DateOf(type) is { } date && date != "period" && _random.Next(4) != 0)
        {
            json[date] = One("2025-12-31", "2026-01-01", "2026-01-02", "2026-01-03", "2026-01-04", "2026-99-99");
        }

        switch (type)
        {
            case "Device" when _random.Next(2) == 0:
                json["patient"] = Reference();
                break;
            case "Binary":
                json["securityContext"] = new JsonObject { ["reference"] = One("Patient/p1", "Patient/p2", "DocumentReference/of-p1", "DocumentReference/of-p2", "DocumentReference/labelled", "Basic/none") };
                break;
            case "Condition" or "DiagnosticReport" when _random.Next(8) == 0:
                json["encounter"] = new JsonObject { ["reference"] = One("Encounter?identifier=a", "Encounter/e1") };
                break;
        }
    }

    private static JsonObject Concept(string system, string code) => new() { ["coding"] = new JsonArray(new JsonObject { ["system"] = system, ["code"] = code }) };

    private JsonObject Label() => _random.Next(8) switch
    {
        0 => new() { ["system"] = "https://hospital.example/labels", ["code"] = "VIP" },
        1 or 2 => new() { ["system"] = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", ["code"] = "N" },
        3 or 4 => new() { ["system"] = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality", ["code"] = One("R", "V", "L") },
        _ => new() { ["system"] = "http://terminology.hl7.org/CodeSystem/v3-ActCode", ["code"] = One("HIV", "HIV", "PSY") },
    };

    private void Put(JsonObject owner, string[] path, bool asList)
    {
        JsonNode inner = path.Length == 1 ? Reference() : new JsonObject();
        if (path.Length > 1)
        {
            Put(inner.AsObject(), path[1..], asList: false);
        }

        owner[path[0]] = asList ? new JsonArray(new JsonObject { ["reference"] = "Group/g1" }, inner) : inner;
    }

    private JsonObject Reference()
    {
        var patient = One(Patients);
        return _random.Next(10) switch
        {
            0 => new() { ["reference"] = $"{OracleWorld.Base}Patient/{patient}" },
            1 => new() { ["reference"] = $"Patient/{patient}/_history/2" },
            2 => One<JsonObject>(
                new() { ["reference"] = $"https://elsewhere.example/Patient/{patient}" }, new() { ["identifier"] = new JsonObject { ["value"] = patient } }, new() { ["reference"] = "#" + patient },
                new() { ["reference"] = "urn:uuid:a" }, new() { ["reference"] = "Practitioner/" + patient }, new() { ["reference"] = $"Patient/{patient}x" }, new() { ["reference"] = "urn:uuid:a" }),
            _ => new() { ["reference"] = "Patient/" + patient },
        };
    }
}
