namespace MedId.Provider;

/// <summary>One-time codes that a person tells the pharmacist or doctor (row D4).</summary>
public sealed class OneTimeCodeOptions
{
    /// <summary>The clients that may ask with a code; there is no "everybody".</summary>
    public IList<string> Clients { get; } = [];

    /// <summary>How many decimal digits a code has.</summary>
    /// <value>8; between 6 and 12.</value>
    public int Digits { get; set; } = 8;

    /// <summary>How long a code may be used after it was shown.</summary>
    /// <value>10 minutes; at most one hour.</value>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>The longest time that a code may open data.</summary>
    /// <value>1 hour; at most <see cref="ProviderOptions.LongestAccess"/>.</value>
    public TimeSpan LongestAccess { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How many codes that opened nothing one client may bring within <see cref="AttemptWindow"/>; all clients together ten times as many.</summary>
    /// <value>10.</value>
    public int Attempts { get; set; } = 10;

    /// <summary>The window in which attempts count.</summary>
    /// <value>15 minutes.</value>
    public TimeSpan AttemptWindow { get; set; } = TimeSpan.FromMinutes(15);

    internal IEnumerable<(bool Holds, string Message)> Rules(ProviderOptions options)
    {
        yield return (Clients.Count > 0 && Clients.All(client => client.Length > 0), "OneTimeCodes.Clients is empty: name the clients that may ask with a code.");
        yield return (Digits is >= 6 and <= 12, "OneTimeCodes.Digits has to be between 6 and 12.");
        yield return (Lifetime > TimeSpan.Zero && Lifetime <= TimeSpan.FromHours(1), "OneTimeCodes.Lifetime has to be more than zero and at most one hour.");
        yield return (LongestAccess > TimeSpan.Zero && LongestAccess <= ProviderOptions.LongestAccess, "OneTimeCodes.LongestAccess has to be more than zero and at most 366 days.");
        yield return (Attempts is >= 1 and <= 1000, "OneTimeCodes.Attempts has to be between 1 and 1000.");
        yield return (AttemptWindow > TimeSpan.Zero && AttemptWindow <= TimeSpan.FromDays(1), "OneTimeCodes.AttemptWindow has to be more than zero and at most a day.");
        yield return (options.HasClassFor(Core.ConsentGroundKind.OneTimeCode), "OneTimeCodes: no class of AcrTable names the protocol one-time-code.");
    }
}
