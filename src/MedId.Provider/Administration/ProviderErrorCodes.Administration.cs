namespace MedId.Provider;

/// <content>Administration.</content>
public static partial class ProviderErrorCodes
{
    /// <summary>The authenticated client is not an administration client.</summary>
    public const string AdministrationClientUnknown = "provider.administration_client_unknown";

    /// <summary>The call names no operator, or one that this client does not have.</summary>
    public const string AdministrationOperatorUnknown = "provider.administration_operator_unknown";

    /// <summary>The operator's roles do not allow the verb.</summary>
    public const string AdministrationNotPermitted = "provider.administration_not_permitted";

    /// <summary>The call is not of the expected form.</summary>
    public const string AdministrationMalformed = "provider.administration_malformed";

    /// <summary>The change says neither which version it changes nor that there is none yet.</summary>
    public const string AdministrationPrecondition = "provider.administration_precondition";

    /// <summary>Somebody else changed it meanwhile: the version is another one.</summary>
    public const string AdministrationConflict = "provider.administration_conflict";

    /// <summary>There is no such thing.</summary>
    public const string AdministrationUnknown = "provider.administration_unknown";

    /// <summary>It stands in the configuration, which is not changed here.</summary>
    public const string AdministrationConfigured = "provider.administration_configured";

    /// <summary>The kill switch stands on it: changing what it is would let the switch go.</summary>
    public const string AdministrationStopped = "provider.administration_stopped";

    /// <summary>The registration is not one that this OP accepts.</summary>
    public const string ClientRefused = "provider.client_refused";

    /// <summary>The trust data is not what this OP can rely on.</summary>
    public const string TrustRefused = "provider.trust_refused";

    /// <summary>The key is not one that this OP signs with.</summary>
    public const string KeyRefused = "provider.key_refused";

    /// <summary>Somebody may not have fetched the key yet: it does not sign before its time.</summary>
    public const string KeyNotReady = "provider.key_not_ready";

    /// <summary>The key is in a state in which that cannot happen to it.</summary>
    public const string KeyState = "provider.key_state";

    /// <summary>Nothing would be left that signs.</summary>
    public const string KeyWithoutSuccessor = "provider.key_without_successor";

    /// <summary>The order for the kill switch is not signed by the calling client for its operator, now and for this OP.</summary>
    public const string SwitchOrderRefused = "provider.switch_order_refused";

    /// <summary>New requests were stopped by an operator.</summary>
    public const string RequestsStopped = "provider.requests_stopped";

    /// <summary>The authenticator's model was stopped by an operator.</summary>
    public const string ModelStopped = "provider.model_stopped";
}
