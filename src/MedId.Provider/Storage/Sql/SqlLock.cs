namespace MedId.Provider;

/// <summary>What a writing verb may hold while it works. Locks are taken in this order, and of one kind all at once, so that no two verbs wait for each other.</summary>
internal enum SqlLock
{
    /// <summary>A person: the account with its devices, requests, consents, relations, tokens and history.</summary>
    Person,

    /// <summary>One record that is no person's: a setting, a bucket of uses.</summary>
    Record,

    /// <summary>The count of attempts with one-time codes of a tenant.</summary>
    Codes,

    /// <summary>The end of a tenant's audit trail; held from the last statement of a verb to its commit.</summary>
    Audit,
}
