using MedId.Core;

namespace MedId.Provider;

public sealed partial class InMemoryProviderStore
{
    /// <inheritdoc/>
    public ValueTask PutAccountAsync(Account account, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(account);
        Run(account.Tenant, memory =>
        {
            if (memory.Accounts.TryGetValue(account.Id, out var known))
            {
                foreach (var digest in known.Account.HintDigests)
                {
                    RemoveFrom(memory.AccountsByHint, digest, account.Id);
                }

                known.Account = account with { Status = known.Account.Status };
            }
            else
            {
                memory.Accounts.Add(account.Id, new(account));
            }

            foreach (var digest in account.HintDigests)
            {
                AddTo(memory.AccountsByHint, digest, account.Id);
            }

            return true;
        });
        return default;
    }

    /// <inheritdoc/>
    public ValueTask<Account?> FindAccountAsync(TenantId tenant, string accountId, CancellationToken cancellationToken = default) =>
        new(Run(tenant, memory => memory.Accounts.GetValueOrDefault(accountId)?.Account));

    /// <inheritdoc/>
    public ValueTask<Account?> FindAccountByHintAsync(TenantId tenant, string hintDigest, CancellationToken cancellationToken = default) =>
        new(Run(tenant, memory =>
            memory.AccountsByHint.TryGetValue(hintDigest, out var ids) && ids.Count == 1 ? memory.Accounts[ids.First()].Account : null));

    /// <inheritdoc/>
    public ValueTask<UserCodeOutcome> JudgeUserCodeAsync(
        TenantId tenant, string accountId, string codeDigest, DateTimeOffset at, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(codeDigest);
        return new(Run(tenant, memory =>
        {
            if (!memory.Accounts.TryGetValue(accountId, out var known))
            {
                return UserCodeOutcome.Wrong;
            }

            (var outcome, known.WrongCodes, known.LastWrongAt) =
                StoreRules.JudgeUserCode(known.Account.UserCodeDigest, codeDigest, known.WrongCodes, known.LastWrongAt, at);
            return outcome;
        }));
    }

    internal static void AddTo(Dictionary<string, HashSet<string>> index, string key, string value)
    {
        if (!index.TryGetValue(key, out var values))
        {
            index.Add(key, values = new(StringComparer.Ordinal));
        }

        values.Add(value);
    }

    internal static void RemoveFrom(Dictionary<string, HashSet<string>> index, string key, string value)
    {
        if (index.TryGetValue(key, out var values) && values.Remove(value) && values.Count == 0)
        {
            index.Remove(key);
        }
    }
}
