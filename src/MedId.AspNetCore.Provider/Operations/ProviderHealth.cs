using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using MedId.Cryptography;
using MedId.OAuth.Server;
using MedId.Provider;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace MedId.AspNetCore.Provider;

/// <summary>What this OP finds out about itself. Descriptions hold names and numbers, nothing of a person.</summary>
internal sealed class ProviderHealth
{
    public const string Live = "live";
    public const string Ready = "ready";

    private readonly IServiceProvider _services;
    private readonly ProviderHealthOptions _limits;
    private readonly TimeProvider _time;
    private readonly long _began;
    private readonly DateTimeOffset _beganAt;

    public ProviderHealth(IServiceProvider services, IOptions<ProviderHealthOptions> limits, TimeProvider time)
    {
        _services = services;
        _limits = limits.Value;
        _time = time;
        _began = time.GetTimestamp();
        _beganAt = time.GetUtcNow();
    }

    public static IReadOnlyList<(string Name, Func<ProviderHealth, CancellationToken, ValueTask<HealthCheckResult>> Run)> Checks { get; } =
    [
        ("medid.store", static (health, ct) => health.StoreAsync(ct)),
        ("medid.keys", static (health, ct) => health.KeysAsync(ct)),
        ("medid.outbox", static (health, ct) => health.OutboxAsync(ct)),
        ("medid.trust", static (health, ct) => health.TrustAsync(ct)),
        ("medid.clock", static (health, ct) => health.ClockAsync(ct)),
    ];

    private IProviderStore Store => _services.GetRequiredService<IProviderStore>();

    private ProviderOptions Options => _services.GetRequiredService<ProviderOptions>();

    private async ValueTask<HealthCheckResult> StoreAsync(CancellationToken cancellationToken)
    {
        var head = await Store.FindAuditHeadAsync(Options.Tenant, cancellationToken).ConfigureAwait(false);
        var durability = Store.Durability;
        var description = $"{durability}, {head.Length} audit entries";
        return !_limits.AllowsMemory && durability.StartsWith("memory", StringComparison.Ordinal) ? HealthCheckResult.Degraded(description) : HealthCheckResult.Healthy(description);
    }

    private async ValueTask<HealthCheckResult> KeysAsync(CancellationToken cancellationToken)
    {
        var ring = await _services.GetRequiredService<IKeyRingSource>().GetKeyRingAsync(Options.Tenant, cancellationToken).ConfigureAwait(false);
        foreach (var key in ring.SigningKeys)
        {
            // A key that is there and cannot sign is found before a patient finds it.
            var probe = RandomNumberGenerator.GetBytes(32);
            var signature = await key.SignAsync(probe, cancellationToken).ConfigureAwait(false);
            if (!key.PublicKey.Verify(key.Algorithm, probe, signature))
            {
                return HealthCheckResult.Unhealthy($"{key} does not sign");
            }
        }

        return HealthCheckResult.Healthy($"{ring.SigningKeys.Count} signing, {ring.NextKeys.Count} next, {ring.Published.Keys.Count} published");
    }

    private async ValueTask<HealthCheckResult> OutboxAsync(CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var oldest = await Store.FindOldestDueMessageAsync(Options.Tenant, now, cancellationToken).ConfigureAwait(false);
        var lag = oldest is { } due ? now - due : TimeSpan.Zero;
        ProviderTelemetry.RecordOutboxLag(Options.Tenant.Value, lag);
        var description = $"{(long)lag.TotalSeconds} s behind";
        return lag <= _limits.OutboxLag ? HealthCheckResult.Healthy(description) : lag <= _limits.OutboxLag * 10 ? HealthCheckResult.Degraded(description) : HealthCheckResult.Unhealthy(description);
    }

    private async ValueTask<HealthCheckResult> TrustAsync(CancellationToken cancellationToken)
    {
        if (_services.GetService<ITrustFrameworkSource>() is { } frameworks)
        {
            await frameworks.ListAsync(cancellationToken).ConfigureAwait(false);
        }

        var now = _time.GetUtcNow();
        List<string> stale = [.. _limits.FreshUntil.Where(one => one.Value() is not { } until || now >= until).Select(static one => one.Key)];
        return stale.Count == 0 ? HealthCheckResult.Healthy() : HealthCheckResult.Degraded("stale: " + string.Join(", ", stale));
    }

    private async ValueTask<HealthCheckResult> ClockAsync(CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var jump = (now - _beganAt - _time.GetElapsedTime(_began)).Duration();
        if (jump > _limits.ClockTolerance)
        {
            return HealthCheckResult.Unhealthy($"the clock was moved by {(long)jump.TotalSeconds} s since the start");
        }

        var head = await Store.FindAuditHeadAsync(Options.Tenant, cancellationToken).ConfigureAwait(false);
        return head.At > now + _limits.ClockTolerance
            ? HealthCheckResult.Unhealthy($"the clock is {(long)(head.At.Value - now).TotalSeconds} s behind the last entry of the audit trail")
            : HealthCheckResult.Healthy();
    }

    /// <summary>One of the checks; what it throws is told by the type alone.</summary>
    internal sealed class Check(ProviderHealth health, Func<ProviderHealth, CancellationToken, ValueTask<HealthCheckResult>> run) : IHealthCheck
    {
        [SuppressMessage("Design", "CA1031:Do not catch general exception types", Justification = "Whatever a store throws, the check fails; a message of it may hold what nobody should read.")]
        public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
        {
            try
            {
                return await run(health, cancellationToken).ConfigureAwait(false);
            }
            catch (Exception failure) when (!cancellationToken.IsCancellationRequested)
            {
                return HealthCheckResult.Unhealthy(failure.GetType().Name);
            }
        }
    }
}
