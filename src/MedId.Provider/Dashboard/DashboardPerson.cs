namespace MedId.Provider;

/// <summary>A person who has just proved a device of theirs: only <see cref="ConsentDashboard"/> and <see cref="DashboardSessions"/> make one, so whoever holds one may see and change what is this person's.</summary>
public sealed class DashboardPerson
{
    internal DashboardPerson(Account account, DeviceToken token) => (AccountId, DeviceId, Language, EndsAt) = (account.Id, token.DeviceId, account.Language, token.ExpiresAt);

    /// <summary>The language of the account.</summary>
    public string Language { get; }

    /// <summary>When the right to look ends.</summary>
    public DateTimeOffset EndsAt { get; }

    /// <summary>The account.</summary>
    internal string AccountId { get; }

    /// <summary>The device that proved its key; null for tokens of an earlier version.</summary>
    internal string? DeviceId { get; }
}
