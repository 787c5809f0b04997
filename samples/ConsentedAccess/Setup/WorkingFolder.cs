namespace MedId.Samples.ConsentedAccess;

/// <summary>Where one scenario keeps its configuration, keys, database and logs. Removed at the end unless somebody wants to look.</summary>
internal sealed class WorkingFolder : IDisposable
{
    private readonly bool _kept;
    private readonly string _logs;

    /// <param name="keep">Kept there; null for a temporary folder.</param>
    /// <param name="logs">Where logs go instead; null for beside the rest.</param>
    /// <param name="scenario">A folder of its own for each scenario.</param>
    public WorkingFolder(string? keep, string? logs, string? scenario)
    {
        _kept = keep is not null;
        Path = keep is null ? Directory.CreateTempSubdirectory("consented-access-").FullName : Directory.CreateDirectory(In(keep, scenario)).FullName;
        _logs = Directory.CreateDirectory(logs is null ? Path : In(logs, scenario)).FullName;
    }

    public string Path { get; }

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public string Log(string role) => System.IO.Path.Combine(_logs, role + ".log");

    public string Telemetry(string role) => System.IO.Path.Combine(_logs, role + ".telemetry");

    public void Dispose()
    {
        if (!_kept)
        {
            Directory.Delete(Path, recursive: true);
        }
    }

    private static string In(string folder, string? scenario) => scenario is null ? folder : System.IO.Path.Combine(folder, scenario);
}
