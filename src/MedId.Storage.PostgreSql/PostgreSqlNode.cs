using MedId.Cryptography;

namespace MedId.Storage.PostgreSql;

/// <summary>One open store, as the others see it. The database's clock counts, because nodes' clocks differ.</summary>
/// <param name="knows">The version of the schema that its code knows.</param>
internal sealed class PostgreSqlNode(int knows)
{
    /// <summary>After this silence a node is taken to be gone: a node says that it is there whenever it sweeps.</summary>
    public static readonly TimeSpan Silence = TimeSpan.FromHours(1);

    /// <summary>Its name, new at each start.</summary>
    public string Id { get; } = SecretGenerator.Base64Url(16);

    /// <summary>Says that it is there.</summary>
    public async ValueTask AppearAsync(PostgreSqlSession session)
    {
        if (knows < PostgreSqlSchema.NodesSince)
        {
            return;
        }

        await session.ExecuteAsync(
            "INSERT INTO nodes(id, knows) VALUES($id, $knows) ON CONFLICT(id) DO UPDATE SET seen_at=clock_timestamp()", ("$id", Id), ("$knows", knows)).ConfigureAwait(false);
        IsHere = true;
        await session.ExecuteAsync("DELETE FROM nodes WHERE seen_at<clock_timestamp()-make_interval(secs => $silence)", ("$silence", 2 * Silence.TotalSeconds)).ConfigureAwait(false);
    }

    /// <summary>Whether others were told of it.</summary>
    public bool IsHere { get; private set; }

    /// <summary>Says that it goes.</summary>
    public async ValueTask LeaveAsync(PostgreSqlSession session) => await session.ExecuteAsync("DELETE FROM nodes WHERE id=$id", ("$id", Id)).ConfigureAwait(false);
}
