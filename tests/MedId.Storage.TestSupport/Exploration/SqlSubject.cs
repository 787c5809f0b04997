using System.Text;
using MedId.Core;
using MedId.Cryptography;
using MedId.Provider;
using MedId.Testing;

namespace MedId.Storage.TestSupport.Exploration;

/// <summary>Two nodes on one database. A state is reached again by putting its rows back; its text is all rows of all tables, deciphered.</summary>
internal abstract class SqlSubject(IReadOnlyList<SqlProviderStore> stores, Func<TenantId, FieldCipher> ciphers) : AccessSubject
{
    // Parents before children, for the foreign keys.
    protected static readonly (string Table, string Id)[] Tables =
    [
        ("accounts", "id"), ("account_hints", "digest"), ("tickets", "digest"), ("devices", "key_digest"), ("ceremonies", "id"), ("device_tokens", "digest"),
        ("requests", "id"), ("consents", "id"), ("consent_events", "consent_id"), ("history_states", "consent_id"), ("refresh_tokens", "digest"), ("revoked_tokens", "token_id"), ("replay", "digest"),
    ];

    // Tables that the verbs explored here do not read: each is explored, or written down here.
    protected static readonly string[] Elsewhere =
        ["tenants", "life_cycle", "standing_consents", "code_attempts", "proxy_relations", "audit", "history", "history_receipts", "outbox", "throttle_uses", "settings"];

    private readonly FieldVault _vault = new(ciphers);

    public override IReadOnlyList<StoreScene> Nodes { get; } = [.. stores.Select(SceneOn)];

    public override async Task<bool?> DieInsideAsync(AccessEvent what, DateTimeOffset at)
    {
        var before = await DumpAsync();
        var trail = await TrailAsync();
        foreach (var store in stores)
        {
            store.BeforeCommit = () => throw new TimeoutException();
        }

        try
        {
            await RunAsync(Nodes[0], what, at);
            return null;
        }
        catch (TimeoutException)
        {
            return await DumpAsync() != before || await TrailAsync() != trail;
        }
        finally
        {
            foreach (var store in stores)
            {
                store.BeforeCommit = null;
            }
        }
    }

    /// <summary>One row as text: equal for rows that say the same, whatever the ciphers' nonces and the numbers that the database gave.</summary>
    protected string LineOf(string table, string idColumn, IReadOnlyList<string> columns, IReadOnlyList<object> values)
    {
        var line = new StringBuilder(table);
        var tenant = new TenantId((string)values[IndexOf(columns, "tenant")]);
        var id = (string)values[IndexOf(columns, idColumn)];
        for (var i = 0; i < columns.Count; i++)
        {
            // The number of a history line depends on what was rolled back and restored; its order is kept by the query.
            if (columns[i] is not ("seq" or "entry" or "rowid"))
            {
                line.Append('|').Append(values[i] is byte[] sealedBody ? Encoding.UTF8.GetString(_vault.Open(tenant, $"{table}.{columns[i]}", id, sealedBody)) : values[i]);
            }
        }

        return line.ToString();
    }

    private static int IndexOf(IReadOnlyList<string> columns, string name) => columns.Index().First(column => column.Item == name).Index;

    private async Task<string> TrailAsync() => $"{await Nodes[0].Store.FindAuditHeadAsync(Nodes[0].Tenant)} {await Nodes[0].Store.FindHistoryHeadAsync(Nodes[0].Tenant, Nodes[0].AccountId)}";
}
