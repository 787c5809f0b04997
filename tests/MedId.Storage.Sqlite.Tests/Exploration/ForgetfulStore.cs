using System.Reflection;
using MedId.Provider;

namespace MedId.Storage.Sqlite.Tests.Exploration;

/// <summary>Answers a withdrawal and does not do it.</summary>
public class ForgetfulStore : DispatchProxy
{
    private IProviderStore _store = null!;

    public static IProviderStore Over(IProviderStore store)
    {
        var forgetful = Create<IProviderStore, ForgetfulStore>();
        ((ForgetfulStore)forgetful)._store = store;
        return forgetful;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) =>
        targetMethod!.Name == nameof(IConsentStore.WithdrawConsentAsync)
            ? new ValueTask<WithdrawalOutcome>(WithdrawalOutcome.Withdrawn)
            : targetMethod.Invoke(_store, BindingFlags.DoNotWrapExceptions, binder: null, args, culture: null);
}
