namespace MedId.Provider;

/// <summary>Who is asked about a request where a proxy could be.</summary>
public enum ProxyAsking
{
    /// <summary>The person, where they have a device and may decide alone; otherwise every proxy, and whoever decides first decides.</summary>
    PersonElseProxies,

    /// <summary>The person, where they may decide alone, and every proxy at once; whoever decides first decides.</summary>
    Both,
}
