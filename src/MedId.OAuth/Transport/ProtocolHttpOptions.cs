namespace MedId.OAuth;

/// <summary>Limits of <see cref="ProtocolHttpClient"/>.</summary>
public sealed class ProtocolHttpOptions
{
    /// <summary>How long one request may take, answer included.</summary>
    /// <value>10 seconds. For a server that holds polls longer (CIBA Core §10.1) set more than its hold.</value>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How many bytes an answer may have.</summary>
    /// <value>64 KiB.</value>
    public int MaxResponseBytes { get; set; } = 64 * 1024;

    /// <summary>Whether plain http is accepted for servers on loopback: development and tests on one machine only.</summary>
    /// <value>False.</value>
    public bool AllowHttpOnLoopback { get; set; }
}
