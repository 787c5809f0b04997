using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace MedId.OAuth;

/// <summary>Names of what this package measures. Tags have few values and nothing personal.</summary>
public static class OAuthTelemetry
{
    /// <summary>Name of the activity source and of the meter.</summary>
    public const string Name = "MedId.OAuth";

    /// <summary>Histogram of the duration of calls to an authorization server, in seconds; tags <see cref="OperationTag"/> and <see cref="OutcomeTag"/>.</summary>
    public const string RequestDurationName = "medid.oauth.request.duration";

    /// <summary>What was called: <c>metadata</c>, <c>keys</c>, <c>introspection</c>, <c>token</c> …</summary>
    public const string OperationTag = "operation";

    /// <summary>The HTTP status, <c>timeout</c> or <c>failed</c>.</summary>
    public const string OutcomeTag = "outcome";

    internal const string ActivityName = "oauth request";

    internal static ActivitySource Source { get; } = new(Name);

    internal static Histogram<double> RequestDuration { get; } = new Meter(Name).CreateHistogram<double>(RequestDurationName, "s");
}
