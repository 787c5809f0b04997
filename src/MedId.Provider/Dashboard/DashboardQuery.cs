namespace MedId.Provider;

/// <summary>What of the dashboard is read.</summary>
public sealed record DashboardQuery
{
    /// <summary>The most consents on a page.</summary>
    public const int LargestPage = 100;

    /// <summary>The most lines of access, and of history, with a consent.</summary>
    public const int MostLines = 500;

    /// <summary>The language of the words, <c>ja</c> or <c>en</c>.</summary>
    /// <value>Null: that of the account.</value>
    public string? Language { get; init; }

    /// <summary>How many consents, 1 to <see cref="LargestPage"/>.</summary>
    /// <value>20.</value>
    public int Limit { get; init; } = 20;

    /// <summary>The id of the last consent of the page before; null for the first page.</summary>
    public string? After { get; init; }

    /// <summary>How many lines of access, and of history, with each consent, 0 to <see cref="MostLines"/>.</summary>
    /// <value>20.</value>
    public int Lines { get; init; } = 20;

    /// <summary>Whether the numbers are within their limits and the language is one of the two.</summary>
    internal bool IsSound => Limit is >= 1 and <= LargestPage && Lines is >= 0 and <= MostLines && (Language is null || NoticeTexts.Supports(Language));
}
