using MedId.Core;

namespace MedId.Provider;

/// <summary>The life cycle of an account as data (ISO/IEC 24760-1, as far as it decides about access). Every store decides by this table inside its atomic verb.</summary>
public static class AccountTransitions
{
    private const string Section = "ISO/IEC 24760-1, identity life cycle";

    private static readonly TransitionTable<AccountStatus, AccountEvent> _table = new(
    [
        (AccountStatus.Established, AccountEvent.Activate, AccountStatus.Active),
        (AccountStatus.Established, AccountEvent.Archive, AccountStatus.Archived),
        (AccountStatus.Active, AccountEvent.Suspend, AccountStatus.Suspended),
        (AccountStatus.Active, AccountEvent.Archive, AccountStatus.Archived),
        (AccountStatus.Suspended, AccountEvent.Reactivate, AccountStatus.Active),
        (AccountStatus.Suspended, AccountEvent.Archive, AccountStatus.Archived),
        (AccountStatus.Archived, AccountEvent.Restore, AccountStatus.Established),
    ]);

    /// <summary>The whole table, state by state.</summary>
    public static IReadOnlyList<AccountTransition> All { get; } =
    [
        .. TransitionTable<AccountStatus, AccountEvent>.Cells.Select(cell => Cell(cell.State, cell.Event)),
    ];

    /// <summary>What an event makes of an account.</summary>
    /// <param name="status">The state in which it is.</param>
    /// <param name="happened">The event.</param>
    /// <returns>The new state; refused with the code of the state otherwise.</returns>
    public static MedIdResult<AccountStatus> Decide(AccountStatus status, AccountEvent happened) =>
        Cell(status, happened) is { To: { } to } ? to : new MedIdError(CodeOf(status), ErrorCategory.State, Section, $"{happened} of an account that is {status}");

    /// <summary>The code that names a state.</summary>
    /// <param name="status">The state.</param>
    /// <returns>The code.</returns>
    public static string CodeOf(AccountStatus status) => status switch
    {
        AccountStatus.Active => ProviderErrorCodes.AccountActive,
        AccountStatus.Suspended => ProviderErrorCodes.AccountSuspended,
        AccountStatus.Established => ProviderErrorCodes.AccountEstablished,
        AccountStatus.Archived => ProviderErrorCodes.AccountArchived,
        _ => throw new ArgumentOutOfRangeException(nameof(status)),
    };

    private static AccountTransition Cell(AccountStatus status, AccountEvent happened)
    {
        var to = _table.Find(status, happened);
        return new(status, happened, to, to is null ? CodeOf(status) : null);
    }
}
