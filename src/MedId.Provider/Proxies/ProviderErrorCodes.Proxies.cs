namespace MedId.Provider;

/// <content>Proxies.</content>
public static partial class ProviderErrorCodes
{
    /// <summary>No such relation of this person, proxy or desk.</summary>
    public const string ProxyUnknown = "provider.proxy_unknown";

    /// <summary>The relation is registered and waits for the person's own consent.</summary>
    public const string ProxyRegistered = "provider.proxy_registered";

    /// <summary>The relation is active: the event does not apply.</summary>
    public const string ProxyActive = "provider.proxy_active";

    /// <summary>The relation is suspended.</summary>
    public const string ProxySuspended = "provider.proxy_suspended";

    /// <summary>The relation has ended: it was ended, its term is over, or the person has come of age.</summary>
    public const string ProxyEnded = "provider.proxy_ended";

    /// <summary>The proxy may not consent here: the relation does not stand now, or does not cover what is to be read.</summary>
    public const string ProxyNotActive = "provider.proxy_not_active";

    /// <summary>There is a relation between the two already that has not ended.</summary>
    public const string ProxyExists = "provider.proxy_exists";

    /// <summary>The relation cannot be registered as it is: evidence, legal basis, scopes, purposes, dates or names are missing or not accepted here.</summary>
    public const string ProxyRefused = "provider.proxy_refused";

    /// <summary>Who asks may not do this to the relation.</summary>
    public const string ProxyNotEntitled = "provider.proxy_not_entitled";

    /// <summary>The person does not decide alone: a minor below the OP's age, or somebody in whose place a guardian stands.</summary>
    public const string DecidedByProxy = "provider.decided_by_proxy";

    /// <summary>The calling client is not a registered desk.</summary>
    public const string ProxyDeskUnknown = "provider.proxy_desk_unknown";
}
