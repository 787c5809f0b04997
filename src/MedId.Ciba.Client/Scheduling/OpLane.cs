namespace MedId.Ciba.Client;

/// <summary>What a scheduler knows about one OP. Changed under the scheduler's lock.</summary>
internal sealed class OpLane(string name, CibaClient client)
{
    public string Name { get; } = name;

    public CibaClient Client { get; } = client;

    /// <summary>Polls on their way.</summary>
    public int Running { get; set; }

    /// <summary>Due, and no place free.</summary>
    public Queue<PendingEntry> Waiting { get; } = new();

    /// <summary>What the OP asked for with 503 or 429: nobody asks it before.</summary>
    public DateTimeOffset NotBefore { get; set; }

    /// <summary>Requests on their way to this OP, by the digest of their notification token: their notification may come before their answer.</summary>
    public Dictionary<string, EarlyNotification> Starting { get; } = new(StringComparer.Ordinal);
}
