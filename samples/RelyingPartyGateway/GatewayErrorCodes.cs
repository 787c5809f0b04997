namespace MedId.Samples.RelyingPartyGateway;

/// <summary>Codes of this sample; others come from the library.</summary>
internal static class GatewayErrorCodes
{
    /// <summary>The caller did not show the secret of the callers' file.</summary>
    public const string CallerUnknown = "gateway.caller_unknown";

    /// <summary>The request came from a browser, or for another host: a page that somebody opened on this machine is no EHR.</summary>
    public const string CallerForeign = "gateway.caller_foreign";

    /// <summary>The body is not what openapi.json says.</summary>
    public const string RequestMalformed = "gateway.request_malformed";

    /// <summary>There is no such access, or the gateway was started again since it was granted.</summary>
    public const string AccessUnknown = "gateway.access_unknown";

    /// <summary>Nobody has agreed, or no longer.</summary>
    public const string AccessNotGranted = "gateway.access_not_granted";

    /// <summary>A server did not answer.</summary>
    public const string Unreachable = "gateway.unreachable";
}
