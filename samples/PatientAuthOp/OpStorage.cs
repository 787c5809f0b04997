using MedId.Provider;
using MedId.Samples.Hosting;
using MedId.Storage.PostgreSql;
using MedId.Storage.Sqlite;

namespace MedId.Samples.PatientAuthOp;

/// <summary>Where the OP keeps everything: <c>--storage memory</c>, <c>sqlite:FILE</c>, or <c>postgres:CONNECTION</c> with <c>--keys FILE</c>, because keys do not lie in the database.</summary>
internal sealed class OpStorage
{
    private const string Sqlite = "sqlite:";
    private const string Postgres = "postgres:";

    private readonly string _place;

    public OpStorage(HostArguments arguments)
    {
        _place = arguments["--storage"] ?? "memory";
        KeysFile = arguments["--keys"];
        if (_place.StartsWith(Sqlite, StringComparison.Ordinal))
        {
            KeysFile ??= _place[Sqlite.Length..] + ".keys.json";
        }
        else if (!_place.StartsWith(Postgres, StringComparison.Ordinal) && _place != "memory")
        {
            throw new ArgumentException("--storage is memory, sqlite:FILE or postgres:CONNECTION");
        }
        else if (_place == "memory")
        {
            KeysFile = null;
        }
        else if (KeysFile is null)
        {
            throw new ArgumentException("--storage postgres: needs --keys FILE, the same for all nodes");
        }
    }

    /// <summary>The file of the OP's own keys; null when they are forgotten with the process.</summary>
    public string? KeysFile { get; }

    public async Task<IProviderStore> OpenAsync(OpSecrets secrets) => _place switch
    {
        _ when _place.StartsWith(Sqlite, StringComparison.Ordinal) => SqliteProviderStore.Open(new() { Path = _place[Sqlite.Length..], Cipher = secrets.CipherFor }),
        _ when _place.StartsWith(Postgres, StringComparison.Ordinal) => await PostgreSqlProviderStore.OpenAsync(new() { ConnectionString = _place[Postgres.Length..], Cipher = secrets.CipherFor }),
        _ => new InMemoryProviderStore(),
    };
}
