using System.Collections.Concurrent;
using System.Data.Common;
using MedId.Ciba.Server;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Provider;

/// <summary>
/// The verbs of a store over SQL, once for every database of ours: <c>SqliteProviderStore</c> of MedId.Storage.Sqlite and <c>PostgreSqlProviderStore</c> of
/// MedId.Storage.PostgreSql say how a transaction is run and what locks it. Not for deriving elsewhere: whoever has another database implements
/// <see cref="IProviderStore"/> and proves it by the conformance suite in MedId.Testing.
/// </summary>
/// <remarks>
/// A verb locks the persons that it may touch before it decides anything about them, then reads, applies one pure transition and writes. Its audit lines are written last, so
/// that the trail, which is one chain a tenant, is held for the shortest time.
/// </remarks>
public abstract partial class SqlProviderStore : IProviderStore
{
    private protected const string TenantProofs = "SELECT tenant, key_proof FROM tenants";

    private const int SweepBatch = 256;

    // Persons whose ends come in one transaction of a sweep: few, because others wait for them.
    private const int SweepPeople = 16;

    private readonly FieldVault _vault;
    private readonly ConcurrentDictionary<TenantId, bool> _provenTenants = new();

    private protected SqlProviderStore(Func<TenantId, FieldCipher> cipher) => _vault = new(cipher);

    /// <inheritdoc/>
    public abstract string Durability { get; }

    /// <inheritdoc/>
    public abstract IChangeSignals Signals { get; }

    /// <summary>Called inside every writing transaction when its work is done and not committed; tests let the process "die" here.</summary>
    internal Action? BeforeCommit { get; set; }

    /// <inheritdoc/>
    public async ValueTask<int> SweepAsync(DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        var swept = 0;
        foreach (var (sql, end) in new (string Sql, DateTimeOffset End)[]
        {
            (SweepSql.Requests, at - Ciba.Server.CibaRequest.Retention),
            (SweepSql.Tickets, at - StoreRules.TicketRetention),
            (SweepSql.Ceremonies, at),
            (SweepSql.DeviceTokens, at),
            (SweepSql.RefreshTokens, at),
            // A verifier may still accept at the very end, so what guards against a second use outlives that instant.
            (SweepSql.RevokedTokens, at.AddTicks(-1)),
            (SweepSql.Replay, at.AddTicks(-1)),
            (SweepSql.Outbox, at),
        })
        {
            swept += await SweepAsync(sql, end, cancellationToken).ConfigureAwait(false);
        }

        // No record goes with a code, so it is not counted.
        await SweepAsync(SweepSql.Codes, at, cancellationToken).ConfigureAwait(false);
        await SweepAsync(SweepSql.Uses, at, cancellationToken).ConfigureAwait(false);
        await ExpireDevicesAsync(at, cancellationToken).ConfigureAwait(false);
        await EndRelationsInTimeAsync(at, cancellationToken).ConfigureAwait(false);
        await ExpireHistoryAsync(at, cancellationToken).ConfigureAwait(false);
        await SweptAsync(cancellationToken).ConfigureAwait(false);
        return swept;
    }

    /// <summary>Runs a verb that only reads.</summary>
    private protected abstract ValueTask<T> ReadAsync<T>(Func<SqlSession, ValueTask<T>> verb, CancellationToken cancellationToken);

    /// <summary>Runs a verb in one transaction, durable when it returns; where others write at the same time the verb may be run again.</summary>
    private protected abstract ValueTask<T> TransactAsync<T>(Func<SqlSession, ValueTask<T>> verb, CancellationToken cancellationToken);

    /// <summary>What a store does besides, now and then.</summary>
    private protected virtual ValueTask SweptAsync(CancellationToken cancellationToken) => default;

    /// <summary>Refuses keys that cannot read what is stored.</summary>
    /// <param name="proofs">The rows of <see cref="TenantProofs"/>.</param>
    private protected void ProveTenants(IEnumerable<(TenantId Tenant, byte[] Proof)> proofs)
    {
        foreach (var (tenant, proof) in proofs)
        {
            _vault.CheckProof(tenant, proof);
            _provenTenants.TryAdd(tenant, true);
        }
    }

    /// <summary>Reads a row of <see cref="TenantProofs"/>.</summary>
    private protected static (TenantId Tenant, byte[] Proof) ProofOf(DbDataReader row) => (new(row.GetString(0)), row.Blob(1));

    /// <summary>Holds the person to whom a record belongs; whose it is never changes.</summary>
    private static async ValueTask LockOwnerAsync(SqlSession session, string owner, TenantId tenant, string id)
    {
        if (!session.WritesAlone && await session.SingleAsync(owner, static row => row.GetString(0), ("$tenant", tenant), ("$id", id)).ConfigureAwait(false) is { } account)
        {
            await session.LockAsync(SqlLock.Person, tenant, account).ConfigureAwait(false);
        }
    }

    /// <summary>Holds persons and everybody whom a proxy relation ties to them: what happens to one may end what was agreed for the other.</summary>
    private static async ValueTask LockAroundAsync(SqlSession session, IReadOnlyCollection<(TenantId Tenant, string Account)> people)
    {
        if (session.WritesAlone)
        {
            return;
        }

        var around = await AroundAsync(session, people).ConfigureAwait(false);
        await session.LockAsync(SqlLock.Person, around).ConfigureAwait(false);
        if (!(await AroundAsync(session, people).ConfigureAwait(false)).IsSubsetOf(around))
        {
            throw new SqlStateMovedException();
        }
    }

    private static async ValueTask<HashSet<(TenantId Tenant, string Account)>> AroundAsync(SqlSession session, IReadOnlyCollection<(TenantId Tenant, string Account)> people)
    {
        HashSet<(TenantId, string)> around = [.. people];
        foreach (var (tenant, account) in people)
        {
            foreach (var (patient, proxy) in await session.ListAsync(
                "SELECT patient, proxy FROM proxy_relations WHERE tenant=$tenant AND (patient=$account OR proxy=$account)",
                static row => (row.GetString(0), row.GetString(1)),
                ("$tenant", tenant),
                ("$account", account)).ConfigureAwait(false))
            {
                around.Add((tenant, patient));
                around.Add((tenant, proxy));
            }
        }

        return around;
    }

    private async ValueTask<int> SweepAsync(string sql, DateTimeOffset end, CancellationToken cancellationToken)
    {
        int batch, swept = 0;
        do
        {
            // Between batches other writers come in.
            batch = await WriteAsync(session => session.ExecuteAsync(sql, ("$at", end), ("$batch", SweepBatch)), cancellationToken).ConfigureAwait(false);
            swept += batch;
        }
        while (batch == SweepBatch);
        return swept;
    }

    /// <summary>Lets what is due happen to persons, a few in a transaction; each is looked at again once it is held, because another node may have been first.</summary>
    private async ValueTask SweepPeopleAsync<T>(
        Func<SqlSession, ValueTask<IReadOnlyList<T>>> list, Func<SqlSession, IReadOnlyList<T>, ValueTask> end, CancellationToken cancellationToken)
    {
        IReadOnlyList<T> due;
        do
        {
            due = await ReadAsync(list, cancellationToken).ConfigureAwait(false);
            foreach (var some in due.Chunk(SweepPeople))
            {
                await WriteAsync(
                    async session =>
                    {
                        await end(session, some).ConfigureAwait(false);
                        return true;
                    },
                    cancellationToken).ConfigureAwait(false);
            }
        }
        while (due.Count == SweepBatch);
    }

    private ValueTask<T> WriteAsync<T>(TenantId tenant, Func<SqlSession, ValueTask<T>> verb, CancellationToken cancellationToken) =>
        _provenTenants.ContainsKey(tenant)
            ? WriteAsync(verb, cancellationToken)
            : ProveThenWriteAsync(tenant, verb, cancellationToken);

    private async ValueTask<T> ProveThenWriteAsync<T>(TenantId tenant, Func<SqlSession, ValueTask<T>> verb, CancellationToken cancellationToken)
    {
        var proof = await WriteAsync(
            async session =>
            {
                await session.ExecuteAsync(
                    "INSERT INTO tenants(tenant, key_proof) VALUES($tenant, $proof) ON CONFLICT DO NOTHING", ("$tenant", tenant), ("$proof", _vault.Proof(tenant))).ConfigureAwait(false);
                return await session.SingleAsync("SELECT key_proof FROM tenants WHERE tenant=$tenant", static row => row.Blob(0), ("$tenant", tenant)).ConfigureAwait(false);
            },
            cancellationToken).ConfigureAwait(false);
        _vault.CheckProof(tenant, proof!);
        _provenTenants.TryAdd(tenant, true);
        return await WriteAsync(verb, cancellationToken).ConfigureAwait(false);
    }

    private ValueTask<T> WriteAsync<T>(Func<SqlSession, ValueTask<T>> verb, CancellationToken cancellationToken) =>
        TransactAsync(
            async session =>
            {
                var result = await verb(session).ConfigureAwait(false);
                await WriteTrailAsync(session).ConfigureAwait(false);
                return result;
            },
            cancellationToken);
}
