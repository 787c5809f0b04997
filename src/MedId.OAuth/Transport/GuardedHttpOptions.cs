using System.Net;

namespace MedId.OAuth;

/// <summary>Which addresses a server may call when somebody else named the URL (<see cref="GuardedHttpHandler"/>).</summary>
public sealed class GuardedHttpOptions
{
    /// <summary>Whether loopback may be called, also by plain http: development and tests on one machine only.</summary>
    /// <value>False.</value>
    public bool AllowHttpOnLoopback { get; set; }

    /// <summary>Networks that may be called by https although they are private or of special use: the hospital's own, where its medical services are.</summary>
    /// <value>None.</value>
    public IReadOnlyList<IPNetwork> AllowedNetworks { get; set; } = [];

    /// <summary>How long resolving and connecting may take, each.</summary>
    /// <value>5 seconds.</value>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Resolves host names; the system's resolver when null.</summary>
    public Func<string, CancellationToken, Task<IPAddress[]>>? Resolve { get; set; }
}
