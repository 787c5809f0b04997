using MedId.Provider;
using Npgsql;

namespace MedId.Storage.PostgreSql.Tests;

/// <summary>What stays of a session from one verb to the next.</summary>
public sealed class SessionTests(PostgreSqlServer server)
{
    // A reset would be seven statements before every verb, and would take back what the host set when the connection was made.
    [Fact]
    public async Task Verbs_OneAfterAnother_KeepTheSession()
    {
        var options = server.NewStore();
        var name = "kept " + options.Schema;
        await using var store = await PostgreSqlProviderStore.OpenAsync(options with
        {
            Configure = source => source.UsePhysicalConnectionInitializer(
                connection => Name(connection, name),
                connection =>
                {
                    Name(connection, name);
                    return Task.CompletedTask;
                }),
        });
        for (var i = 0; i < 5; i++)
        {
            await store.FindAuditHeadAsync(MedId.Core.TenantId.Single, TestContext.Current.CancellationToken);
        }

        await using var outside = new NpgsqlConnection(options.ConnectionString);
        await outside.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = outside.CreateCommand();
        command.CommandText = "SELECT count(*) FILTER (WHERE application_name=$1), count(*) FILTER (WHERE query LIKE '%DISCARD%') FROM pg_stat_activity WHERE application_name IN ($1, 'MedId') AND query LIKE '%audit%'";
        command.Parameters.Add(new() { Value = name });
        await using var row = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        Assert.True(await row.ReadAsync(TestContext.Current.CancellationToken));
        Assert.Equal((1L, 0L), (row.GetInt64(0), row.GetInt64(1)));
    }

    private static void Name(NpgsqlConnection connection, string name)
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SET application_name = '{name}'";
        command.ExecuteNonQuery();
    }
}
