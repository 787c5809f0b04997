namespace MedId.Samples.ConsentedAccess;

/// <summary>The command line of the main job.</summary>
internal sealed record WalkOptions
{
    public const string Usage = """
        ConsentedAccess: starts a patient OP, a doctor OP, a health data API, a doctor's EHR and a patient's phone as separate servers
        and walks one consented access through all of them.

          --scenario NAME      basic (default), one of --list, or all
          --list               list the scenarios
          --lang en|ja         language of the output (default en)
          --json               one JSON object a line for each step instead of text
          --storage WHAT       memory, sqlite:FILE or postgres:CONNECTION (default: SQLite in a temporary folder)
          --kill-after STEP    SIGKILL the patient OP after this step (0-9) and start it again on the same database
          --logs DIR           every host's trace log and telemetry go there
          --keep DIR           keep the working folder (configuration, keys, database, logs) there: a new folder
          --route FILE         JSON: {"patient-op":{"public":"URL","listen":"URL"},...}: the others know a server by its public URL

        Exit code 0: every step was verified, or the refusal that the scenario expects came at its step with its code. 1: not so. 2: this text.
        """;

    public string Scenario { get; private set; } = "basic";

    public bool List { get; private set; }

    public bool Json { get; private set; }

    public string Language { get; private set; } = "en";

    public string? Storage { get; private set; }

    public int? KillAfter { get; private set; }

    public string? Logs { get; private set; }

    public string? Keep { get; private set; }

    public string? Route { get; private set; }

    /// <summary>Reads a command line; null after a mistake.</summary>
    public static WalkOptions? TryParse(string[] args, out string? mistake)
    {
        var options = new WalkOptions();
        mistake = null;
        for (var index = 0; index < args.Length; index++)
        {
            var flag = args[index];
            if (flag is "--list" or "--json")
            {
                options.List |= flag is "--list";
                options.Json |= flag is "--json";
                continue;
            }

            if (index + 1 == args.Length || !options.Take(flag, args[++index]))
            {
                mistake = $"{flag} is no flag, or has no value or a wrong one";
                return null;
            }
        }

        mistake = options switch
        {
            { KillAfter: not null, Route: not null } => "--kill-after puts a gate of its own before the patient OP, so it cannot be combined with --route",
            { KillAfter: not null, Storage: "memory" } => "--kill-after needs a database that outlives the process",
            { KillAfter: not null, Scenario: not "basic" } => "--kill-after walks the scenario basic",
            { Keep: { } keep } when Directory.Exists(keep) && Directory.EnumerateFileSystemEntries(keep).Any() => "--keep needs a new or an empty folder",
            { Scenario: "all", Route: not null } => "--route is for one scenario",
            { Scenario: "all", Storage: { } storage } when storage != "memory" => "--scenario all gives every scenario a database of its own",
            _ => null,
        };
        return mistake is null ? options : null;
    }

    private bool Take(string flag, string value)
    {
        switch (flag)
        {
            case "--scenario":
                Scenario = value;
                return true;
            case "--lang" when value is "en" or "ja":
                Language = value;
                return true;
            case "--storage" when value is "memory" || value.StartsWith("sqlite:", StringComparison.Ordinal) || value.StartsWith("postgres:", StringComparison.Ordinal):
                Storage = value;
                return true;
            case "--kill-after" when value is [>= '0' and <= '9']:
                KillAfter = value[0] - '0';
                return true;
            case "--logs":
                Logs = Path.GetFullPath(value);
                return true;
            case "--keep":
                Keep = Path.GetFullPath(value);
                return true;
            case "--route":
                Route = Path.GetFullPath(value);
                return true;
            default:
                return false;
        }
    }
}
