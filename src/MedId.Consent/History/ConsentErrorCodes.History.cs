namespace MedId.Consent;

/// <content>Life cycle and history.</content>
public static partial class ConsentErrorCodes
{
    /// <summary>The event cannot happen to a consent in this state.</summary>
    public const string LifeCycle = "consent.life_cycle";

    /// <summary>Not a history, an entry or a receipt in canonical form.</summary>
    public const string HistoryMalformed = "consent.history_malformed";

    /// <summary>Entries of another history.</summary>
    public const string HistoryForeign = "consent.history_foreign";

    /// <summary>An entry is missing, or is not in its place.</summary>
    public const string HistoryOrder = "consent.history_order";

    /// <summary>An entry is not the one that its successor was linked to.</summary>
    public const string HistoryRewritten = "consent.history_rewritten";

    /// <summary>Fewer entries than the receipt counts.</summary>
    public const string HistoryTruncated = "consent.history_truncated";

    /// <summary>The entries are linked, and are not those that the receipt is over.</summary>
    public const string HistoryForked = "consent.history_forked";

    /// <summary>An entry is dated before the one in front of it, or after the time-stamp over it.</summary>
    public const string HistoryTime = "consent.history_time";

    /// <summary>No receipt, or one whose time-stamp does not prove anything.</summary>
    public const string HistoryTimestamp = "consent.history_timestamp";
}
