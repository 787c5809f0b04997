namespace MedId.Provider;

/// <summary>How often people are asked, and how often credentials may be guessed: counted in the store, for all nodes together. A limit that is null is off.</summary>
public sealed class LimitOptions
{
    /// <summary>The window in which requests are counted.</summary>
    /// <value>10 minutes.</value>
    public TimeSpan Window { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How many requests one person is asked in a window, by whomever.</summary>
    /// <value>10.</value>
    public int? RequestsOfPerson { get; set; } = 10;

    /// <summary>How many requests of one client one person is asked in a window.</summary>
    /// <value>6.</value>
    public int? RequestsOfClientAndPerson { get; set; } = 6;

    /// <summary>How many people one client asks in a window.</summary>
    /// <value>1000.</value>
    public int? RequestsOfClient { get; set; } = 1000;

    /// <summary>How many people one institution asks in a window, by whichever client: the organization that the doctor's evidence names.</summary>
    /// <value>300.</value>
    public int? RequestsOfClinic { get; set; } = 300;

    /// <summary>For how long a client does not ask somebody again who said no.</summary>
    /// <value>5 minutes. Zero: at once.</value>
    public TimeSpan DenialCoolDown { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How many requests a denial counts beside its own, for the person and for the client with that person: who is asked what they do not want is asked less.</summary>
    /// <value>2.</value>
    public int DenialWeight { get; set; } = 2;

    /// <summary>The window in which failed client authentications are counted.</summary>
    /// <value>10 minutes.</value>
    public TimeSpan FailureWindow { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How often authentication as one client may fail from one address.</summary>
    /// <value>20.</value>
    public int? FailuresOfClientAtAddress { get; set; } = 20;

    /// <summary>How often authentication may fail from one address, of IPv6 from one network of 64 bits, as whichever client. Behind a proxy the host has to know the caller's address (forwarded headers), or all callers are one.</summary>
    /// <value>100.</value>
    public int? FailuresOfAddress { get; set; } = 100;

    /// <summary>
    /// How often authentication as one client may fail from all addresses together; then every address that failed once itself is not listened to. The client at its own address is never shut out by others.
    /// </summary>
    /// <value>1000.</value>
    public int? FailuresOfClient { get; set; } = 1000;

    /// <summary>Takes every limit away, for laboratories and load tests: no OP for patients calls this.</summary>
    public void Lift()
    {
        RequestsOfPerson = RequestsOfClientAndPerson = RequestsOfClient = RequestsOfClinic = null;
        FailuresOfClientAtAddress = FailuresOfAddress = FailuresOfClient = null;
        DenialCoolDown = TimeSpan.Zero;
        DenialWeight = 0;
    }

    /// <summary>The rules that do not hold, in words that name the setting.</summary>
    internal IEnumerable<(bool Holds, string Message)> Rules()
    {
        yield return (Window > TimeSpan.Zero && Window <= TimeSpan.FromDays(1) && FailureWindow > TimeSpan.Zero && FailureWindow <= TimeSpan.FromDays(1), "Limits: Window and FailureWindow are more than zero and at most a day.");
        yield return (
            ((int?[])[RequestsOfPerson, RequestsOfClientAndPerson, RequestsOfClient, RequestsOfClinic, FailuresOfClientAtAddress, FailuresOfAddress, FailuresOfClient]).All(limit => limit is null or >= 1),
            "Limits: a limit is at least 1, or null for none.");
        yield return (DenialCoolDown >= TimeSpan.Zero && DenialCoolDown <= TimeSpan.FromDays(1), "Limits.DenialCoolDown is at most a day.");
        yield return (DenialWeight is >= 0 and <= 100, "Limits.DenialWeight is from 0 to 100.");
    }
}
