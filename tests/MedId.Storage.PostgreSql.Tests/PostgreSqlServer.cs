using System.Diagnostics;
using System.Globalization;
using MedId.Cryptography;
using MedId.Storage.PostgreSql.Tests;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgreSqlServer))]

namespace MedId.Storage.PostgreSql.Tests;

/// <summary>
/// A private PostgreSQL server for one run of these tests: a cluster in a temporary folder, reached by a socket in it, durable as it comes (<c>fsync=on</c>). The server does not run as
/// root, so root hands the folder to the system's user <c>postgres</c>. Where no PostgreSQL is installed the tests say so and are skipped, in CI they fail.
/// </summary>
public sealed class PostgreSqlServer : IAsyncLifetime
{
    private static int _schemas;

    private DirectoryInfo? _folder;
    private string? _missing;

    /// <summary>The folder of the cluster, of the socket and of what tests put beside.</summary>
    public string Folder => _folder!.FullName;

    private static string? Tools { get; } = FindTools();

    private string Data => Path.Combine(Folder, "data");

    public async ValueTask InitializeAsync()
    {
        if (Tools is null)
        {
            _missing = "No PostgreSQL server is installed (initdb and pg_ctl in PATH or /usr/lib/postgresql/*/bin): apt-get install postgresql.";
            return;
        }

        _folder = Directory.CreateTempSubdirectory("medid-pg-");
        if (Environment.UserName == "root")
        {
            await RunAsync("chown", "postgres", Folder);
        }

        await RunAsServerAsync("initdb", "-D", Data, "-U", "medid", "-A", "trust", "-E", "UTF8", "--locale=C");
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_folder is not null)
        {
            NpgsqlConnection.ClearAllPools();
            await RunAsServerAsync("pg_ctl", "-D", Data, "-m", "immediate", "-w", "stop");
            _folder.Delete(recursive: true);
        }
    }

    /// <summary>Whether there is a server to test against.</summary>
    public bool IsThere => _folder is not null;

    /// <summary>Skips the test where there is no server.</summary>
    public void Require()
    {
        if (_missing is not null)
        {
            Assert.False(string.Equals(Environment.GetEnvironmentVariable("CI"), "true", StringComparison.OrdinalIgnoreCase), _missing);
            Assert.Skip(_missing);
        }
    }

    /// <summary>A connection string to the cluster; skips the test where there is none.</summary>
    public string ConnectionString(string database = "postgres", string options = "")
    {
        Require();
        return $"Host={Folder};Username=medid;Database={database};Maximum Pool Size=24;Include Error Detail=true;Options={options}";
    }

    /// <summary>Options with a synthetic key for every tenant, in a schema that nobody else uses.</summary>
    public PostgreSqlStorageOptions NewStore() => new()
    {
        ConnectionString = ConnectionString(),
        Schema = string.Create(CultureInfo.InvariantCulture, $"t{Interlocked.Increment(ref _schemas)}"),
        Cipher = tenant => new FieldCipher(tenant.Value, new FieldKey("test", new byte[FieldKey.Length])),
        Timeout = TimeSpan.FromSeconds(60),
    };

    public async Task StartAsync()
    {
        // After a kill the last processes of the server before may still be going.
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await RunAsServerAsync("pg_ctl", "-D", Data, "-l", Path.Combine(Folder, "log"), "-w", "-t", "60", "-o", $"-k {Folder} -c listen_addresses='' -c max_connections=300", "start");
                return;
            }
            catch (InvalidOperationException) when (attempt < 20)
            {
                await Task.Delay(200);
            }
        }
    }

    /// <summary>SIGKILL to the server: no handler, no flush, no checkpoint.</summary>
    public async Task KillAsync()
    {
        var id = int.Parse((await File.ReadAllLinesAsync(Path.Combine(Data, "postmaster.pid")))[0], CultureInfo.InvariantCulture);
        using var server = Process.GetProcessById(id);
        server.Kill();
        await server.WaitForExitAsync();
    }

    /// <summary>Runs one of PostgreSQL's programs as the user that the server runs as.</summary>
    public Task<string> RunAsServerAsync(string tool, params string[] arguments) => Environment.UserName == "root"
        ? RunAsync("runuser", ["-u", "postgres", "--", Path.Combine(Tools!, tool), .. arguments])
        : RunAsync(Path.Combine(Tools!, tool), arguments);

    private static string? FindTools()
    {
        var installed = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql").OrderByDescending(folder => double.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var version) ? version : 0).Select(folder => Path.Combine(folder, "bin"))
            : [];
        string[] all = ["initdb", "pg_ctl", "pg_dump", "pg_restore", "createdb"];
        return installed.Concat((Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator))
            .FirstOrDefault(folder => folder.Length > 0 && all.All(tool => File.Exists(Path.Combine(folder, tool))));
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {await error}{await output}");
    }
}
