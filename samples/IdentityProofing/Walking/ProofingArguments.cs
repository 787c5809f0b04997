namespace MedId.Samples.IdentityProofing;

/// <summary>The command line; a mistake gives null.</summary>
internal sealed record ProofingArguments(IReadOnlyList<Scenario> Scenarios, bool List, bool Json, string? Keep)
{
    public static ProofingArguments? TryParse(string[] args)
    {
        var options = new ProofingArguments([ScenarioTable.All[0]], List: false, Json: false, Keep: null);
        for (var index = 0; index < args.Length; index++)
        {
            var value = index + 1 < args.Length ? args[index + 1] : null;
            switch (args[index])
            {
                case "--list":
                    options = options with { List = true };
                    break;
                case "--json":
                    options = options with { Json = true };
                    break;
                case "--keep" when value is not null:
                    options = options with { Keep = value };
                    index++;
                    break;
                case "--scenario" when value == "all":
                    options = options with { Scenarios = ScenarioTable.All };
                    index++;
                    break;
                case "--scenario" when value is not null && ScenarioTable.Find(value) is { } scenario:
                    options = options with { Scenarios = [scenario] };
                    index++;
                    break;
                default:
                    return null;
            }
        }

        return options;
    }
}
