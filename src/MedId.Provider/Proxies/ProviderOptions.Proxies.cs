namespace MedId.Provider;

/// <content>Proxies.</content>
public sealed partial class ProviderOptions
{
    /// <summary>The policy about proxies (row A14); null: no relation is honoured.</summary>
    public ProxyOptions? Proxies { get; set; }
}
