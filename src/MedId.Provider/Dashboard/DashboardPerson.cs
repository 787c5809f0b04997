namespace MedId.Provider;

/// <summary>A person who has just proved a device of theirs: only <see cref="ConsentDashboard"/> and <see cref="DashboardSessions"/> make one, so whoever holds one may see and change what is this person's.</summary>
public sealed class DashboardPerson
{
    internal DashboardPerson(string accountId, string language, DateTimeOffset endsAt) => (AccountId, Language, EndsAt) = (accountId, language, endsAt);

    /// <summary>The language of the account.</summary>
    public string Language { get; }

    /// <summary>When the right to look ends.</summary>
    public DateTimeOffset EndsAt { get; }

    /// <summary>The account.</summary>
    internal string AccountId { get; }
}
