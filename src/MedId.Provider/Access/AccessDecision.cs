using MedId.Core;
using MedId.OAuth.Server;

namespace MedId.Provider;

/// <summary>That a request is approved without asking a device, and on what.</summary>
public sealed record AccessDecision
{
    /// <summary>The ground.</summary>
    public required ConsentGround Ground { get; init; }

    /// <summary>The resource scopes that are granted: a non-empty part of those that were asked for.</summary>
    public required IReadOnlyList<string> ScopesGranted { get; init; }

    /// <summary>How long data may be read from now on; cut to <see cref="Until"/>.</summary>
    public required TimeSpan Access { get; init; }

    /// <summary>The end that the ground sets; null when it sets none.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>What was shown and chosen beforehand; null: this request's own notice, which the person reads afterwards.</summary>
    public ConsentNoticeRecord? Notice { get; init; }

    /// <summary>When the person last authenticated for it; null when nobody did, and tokens then say no <c>auth_time</c>.</summary>
    public DateTimeOffset? AuthTime { get; init; }

    /// <summary>What is consumed with this decision, so that one statement serves one request.</summary>
    public IReadOnlyList<ReplayKey> ReplayKeys { get; init; } = [];

    /// <summary>The ground only.</summary>
    public override string ToString() => Ground.ToString();
}
