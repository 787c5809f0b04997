using System.Text.Json.Nodes;

namespace MedId.Heart.Fhir.Scopes.Tests.Oracle;

/// <summary>
/// The rules of the scope sheet said once more, by brute force and in words: no code of the package is called, and nothing is fast. Answers: <c>permit</c>, <c>deny</c>,
/// <c>filter:</c> with the places in the store that may go out, and for bundles one word for each entry.
/// </summary>
internal sealed class ScopeOracle(OracleWorld world)
{
    public string Decide(OracleCase asked)
    {
        if (asked.Entries is null)
        {
            return new Question(world, asked, null).Answer();
        }

        var names = asked.IsTransaction ? Names(asked.Entries) : [];
        var words = asked.Entries.Select(entry => new Question(
            world,
            asked with { Entries = null, Method = entry.Method, Url = entry.Url, Form = null, IfNoneExist = entry.IfNoneExist, Before = entry.Before, After = entry.Resource, Store = [] },
            text => names.GetValueOrDefault(text, text)).Answer().Split(':')[0]).ToList();
        return asked.IsTransaction ? words.All(word => word is "permit" or "filter") ? "permit" : "deny" : "entries:" + string.Join(',', words);
    }

    private static Dictionary<string, string> Names(IReadOnlyList<OracleEntry> entries) => entries.Where(entry => entry.FullUrl is not null)
        .GroupBy(entry => entry.FullUrl!).Where(group => group.Count() == 1 && group.Single().Method == "PUT" && !group.Single().Url.Contains('?', StringComparison.Ordinal))
        .ToDictionary(group => group.Key, group => group.Single().Url);

    private sealed class Question(OracleWorld world, OracleCase asked, Func<string, string>? resolve)
    {
        private readonly List<OracleScope> _scopes = [.. asked.Scopes.Split(' ').Distinct().Select(token => OracleScope.Of(token, world.Types)).OfType<OracleScope>()];
        private readonly string[] _tokens = asked.Scopes.Split(' ');

        private bool GlassBreaks => asked.GlassMayBreak && _tokens.Contains("btg");

        public string Answer()
        {
            var url = asked.Url.TrimStart('/');
            var query = url.Contains('?', StringComparison.Ordinal) ? url[(url.IndexOf('?', StringComparison.Ordinal) + 1)..] : "";
            var parameters = (query + "&" + asked.Form + "&" + asked.IfNoneExist).Split('&', StringSplitOptions.RemoveEmptyEntries).Select(part => Uri.UnescapeDataString(part.Split('=')[0])).ToList();
            var trimmed = url.Split('?')[0];
            trimmed = trimmed.EndsWith('/') ? trimmed[..^1] : trimmed;
            var path = trimmed.Length == 0 ? [] : trimmed.Split('/').Select(Uri.UnescapeDataString).ToArray();
            if (path.Any(part => part.Length == 0 || part.Contains('/', StringComparison.Ordinal)))
            {
                return "deny";
            }

            var get = asked.Method is "GET" or "HEAD";
            return (asked.Method, path) switch
            {
                (_, ["metadata"]) when get => "permit",
                (_, [.., ['$', ..]]) when get => Operation(path),
                (_, ["_history"]) when get => Search('s', null, null, []),
                ("POST", ["_search"]) => Search('s', null, null, parameters),
                (_, []) when get => Systemwide(query, parameters),
                ("POST", [var type, "_search"]) => Search('s', type, null, parameters),
                (_, [var type]) when get => Search('s', type, null, parameters),
                (_, [var type, "_history"]) when get => Search('s', type, null, []),
                (_, [var type, _]) when get => One('r', type, path[1], asked.Before, null),
                (_, [_, _, "_history"] or [_, _, "_history", _]) when get => One('r', path[0], path[1], asked.Before, null),
                (_, ["Patient", var id, var type]) when get => Search('s', type is "*" ? null : type, id, parameters),
                ("POST", [var type]) => Write('c', type, null, asked.IfNoneExist is not null, parameters),
                ("PUT", [var type, var id]) => Write('u', type, id, false, []),
                ("PUT", [var type]) => Write('u', type, null, true, parameters),
                ("PATCH", [var type, var id]) => Write('u', type, id, false, []),
                ("DELETE", [var type, var id]) => One('d', type, id, asked.Before, null),
                ("DELETE", [var type]) => Write('d', type, null, true, parameters),
                _ => "deny",
            };
        }

        private string Systemwide(string query, List<string> parameters)
        {
            var types = query.Split('&').Where(part => part.StartsWith("_type=", StringComparison.Ordinal)).SelectMany(part => part[6..].Split(',')).ToList();
            if (types.Count == 0)
            {
                return Search('s', null, null, parameters);
            }

            var answers = types.Select(type => Search('s', type, null, parameters.Where(name => name != "_type").ToList(), everyType: true)).ToList();
            return answers.Contains("deny") ? "deny" : answers[0];
        }

        private string Operation(string[] path)
        {
            var everything = path is ["Patient", _, "$everything"];
            if (!everything && !(path is ["$export"] or ["Patient", "$export"] or ["Group", _, "$export"]))
            {
                return "deny";
            }

            var owners = everything ? new[] { "patient", "user", "system" } : ["system"];
            var open = owners.Any(owner => "rs".All(letter => _scopes.Any(scope => scope.Owner == owner && scope.Has(letter, "*") && scope.Constraints.Count == 0
                && HasContext(scope) && (!everything || owner is "system" || (owner is "patient" ? asked.Patient == path[1] : asked.UserPatients.Contains(path[1]))))));
            return open && (CallClause(everything ? "Patient" : path.Length == 3 ? "Group" : null) is null || GlassBreaks) ? Filtered() : "deny";
        }

        private string Search(char letter, string? type, string? compartment, List<string> parameters, bool everyType = false)
        {
            if (type is not null && !world.Types.Contains(type))
            {
                return "deny";
            }

            // Some scope, in its context, on the type, not beyond the record that is searched.
            if (!_scopes.Any(scope => scope.Has(letter, type ?? "*") && HasContext(scope) && MayBeOpen(scope, letter, type, makes: false) && InCompartment(scope, compartment)))
            {
                return "deny";
            }

            return Chains(parameters, compartment is not null || (type is not null && world.IsMember(type))) && ((CallClause(everyType ? null : type) is null && ChainClause(parameters)) || GlassBreaks) ? Filtered() : "deny";
        }

        private bool InCompartment(OracleScope scope, string? compartment) => compartment is null
            || scope.Owner switch { "patient" => asked.Patient == compartment, "user" => asked.UserPatients.Contains(compartment), _ => true };

        private string Write(char letter, string type, string? id, bool isConditional, List<string> parameters)
        {
            if (!world.Types.Contains(type) || (isConditional && !parameters.Exists(name => name is "identifier" or "_id" || name.Contains('.', StringComparison.Ordinal))))
            {
                return "deny";
            }

            if (isConditional)
            {
                if (!_scopes.Any(scope => scope.Has('s', type) && HasContext(scope) && MayBeOpen(scope, 's', type, makes: false)) || !Chains(parameters, world.IsMember(type)) || (!ChainClause(parameters) && !GlassBreaks))
                {
                    return "deny";
                }

                // What is found has to be findable. What a create finds is not given here.
                if (asked.Before is not null && letter != 'c' && !Opens('s', type, asked.Before, null, makes: false))
                {
                    return "deny";
                }
            }

            return One(letter, type, id, letter == 'c' ? null : asked.Before, letter == 'd' ? null : asked.After);
        }

        private string One(char letter, string type, string? id, string? before, string? after)
        {
            if (!world.Types.Contains(type) || !IsIt(before, type, id) || !IsIt(after, type, letter == 'c' ? null : id) || (before is null && after is null))
            {
                return "deny";
            }

            if (id is null && letter != 'c' && before is not null && after is not null && Resource(after).Id is { } written && written != Resource(before).Id)
            {
                return "deny";
            }

            if (after is not null && Resource(after).ConditionalTypes.Any(searched => !Unconstrained(searched)))
            {
                return "deny";
            }

            return Opens(letter, type, before, after, makes: letter == 'c' || before is null) ? "permit" : "deny";
        }

        private bool IsIt(string? resource, string type, string? id) => resource is null || (Resource(resource).Type == type && (id is null || Resource(resource).Id == id));

        /// <summary>One scope for both states, then every label, then the consent; btg lifts the last two.</summary>
        private bool Opens(char letter, string type, string? before, string? after, bool makes)
        {
            // Only what is written names other entries of its bundle.
            var states = new[] { before is null ? null : Resource(before), after is null ? null : new OracleResource(JsonNode.Parse(after)!.AsObject(), world, resolve) }.OfType<OracleResource>().ToList();
            return _scopes.Any(scope => scope.Has(letter, type) && HasContext(scope) && MayBeOpen(scope, letter, type, makes)
                    && states.All(state => InRecord(scope, letter, type, state, makes) && scope.Constraints.All(state.Meets)))
                && (GlassBreaks || states.All(state => LabelsAreOpen(state) && ConsentHolds(type, state)));
        }

        private string Filtered() => "filter:" + string.Join(',', asked.Store.Index().Where(pair => Resource(pair.Item).Type is { } type && world.Types.Contains(type) && Opens('s', type, pair.Item, null, makes: false)).Select(pair => pair.Index));

        private OracleResource Resource(string json) => new(JsonNode.Parse(json)!.AsObject(), world);

        private bool HasContext(OracleScope scope) => scope.Owner switch { "patient" => asked.Patient is not null, "user" => asked.User is not null, _ => true };

        /// <summary>What a patient scope can never open, whatever the resource: types of nobody, writing to shared types, making a Patient.</summary>
        private bool MayBeOpen(OracleScope scope, char letter, string? type, bool makes) => scope.Owner != "patient" || type is null
            || (world.IsMember(type) ? !(type == "Patient" && makes) : world.Shared.Contains(type) && (letter is 'r' or 's'));

        private bool InRecord(OracleScope scope, char letter, string type, OracleResource resource, bool makes)
        {
            var mine = scope.Owner switch { "patient" => [asked.Patient!], "user" => asked.UserPatients, _ => null };
            if (mine is null)
            {
                return true;
            }

            if (!world.IsMember(type))
            {
                return (scope.Owner == "patient" || letter is 'r' or 's') && type is not "Bundle" && (type is not "Device" || resource.Bearers.All(mine.Contains));
            }

            if (type is "Patient")
            {
                return letter is 'r' or 's'
                    ? mine.Any(id => resource.Id == id || resource.Patients.Contains(id))
                    : !(makes && letter == 'c') && mine.Any(id => resource.Id == id);
            }

            return mine.Any(resource.Patients.Contains);
        }

        private bool LabelsAreOpen(OracleResource resource) =>
            resource.Labels.All(label => label switch
            {
                "conf:U" or "conf:L" or "conf:M" or "conf:N" when !asked.IsStrict => true,
                "foreign" => false,
                _ => _tokens.Contains(label.Replace(':', '/')),
            })
            && (!asked.IsStrict || resource.SaysConfidentiality || _tokens.Contains("conf/N"));

        private bool ConsentHolds(string type, OracleResource resource) => asked.Consent is not { } consent
            || (CallClause(null) is null
                && (consent.Data is null || consent.Data.Any(one => one.Split('?')[0] == type && (!one.Contains('?', StringComparison.Ordinal) || resource.Meets((one.Split('?', '=')[1], [one.Split('=')[1]])))))
                && ((consent.DataFromDay is null && consent.DataUntilDay is null)
                    || (resource.Days is { } days && days.First >= (consent.DataFromDay ?? int.MinValue) && days.Last < (consent.DataUntilDay ?? int.MaxValue))));

        private string? CallClause(string? type) => asked.Consent is not { } consent ? null
            : consent.At < (consent.From ?? int.MinValue) || consent.At >= (consent.Until ?? int.MaxValue) ? "period"
            : consent.Purpose is not null && consent.Purpose != asked.Purpose ? "purpose"
            : consent.Recipient is not null && consent.Recipient != asked.Client ? "recipient"
            : type is not null && consent.Data is not null && !consent.Data.Any(one => one.Split('?')[0] == type) ? "data" : null;

        /// <summary>A chain from a type of nobody looks into everybody's records: that is for the system.</summary>
        private bool Chains(List<string> parameters, bool ofRecords) => parameters.SelectMany(ChainedType).All(type =>
            Unconstrained(type) && (ofRecords || (type is not "*" && !world.IsMember(type)) || _scopes.Any(scope => scope.Owner == "system" && scope.Has('s', type) && scope.Constraints.Count == 0)));

        private bool ChainClause(List<string> parameters) => asked.Consent?.Data is not { } data || parameters.SelectMany(ChainedType).All(data.Contains);

        private bool Unconstrained(string type) => _scopes.Any(scope => scope.Has('s', type) && scope.Constraints.Count == 0 && HasContext(scope));

        /// <summary>The forms that the cases use: <c>subject:Patient.name</c>, <c>_has:Observation:patient:code</c>, <c>encounter:Encounter.status</c>.</summary>
        private static IEnumerable<string> ChainedType(string parameter) => parameter.Split(':') switch
        {
            ["_has", var type, ..] => [type],
            [_, var rest] when rest.Contains('.', StringComparison.Ordinal) => [rest.Split('.')[0]],
            ["_list"] => ["List"],
            ["_filter"] => ["*"],
            _ => [],
        };
    }
}
