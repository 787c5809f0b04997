namespace MedId.AspNetCore.ResourceServer;

/// <summary>Names of what this package measures. Tags have few values and nothing personal.</summary>
public static class ResourceServerTelemetry
{
    /// <summary>Name of the meter.</summary>
    public const string Name = "MedId.AspNetCore.ResourceServer";

    /// <summary>Counter of judged calls; tags <see cref="OutcomeTag"/> and <see cref="StageTag"/>.</summary>
    public const string CallsName = "medid.resource_server.calls";

    /// <summary><c>ok</c> or an error code of this library.</summary>
    public const string OutcomeTag = "outcome";

    /// <summary><c>token</c>, <c>authentication</c> or <c>scope</c>.</summary>
    public const string StageTag = "stage";
}
