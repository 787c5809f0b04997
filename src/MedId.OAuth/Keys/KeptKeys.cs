using System.Runtime.ExceptionServices;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.OAuth;

/// <summary>What is known of one URL: the last good set, and the last failure if it came after. Written under <see cref="Gate"/> only.</summary>
internal sealed class KeptKeys(DateTimeOffset at)
{
    private volatile Good? _good;
    private volatile Failed? _failed;

    /// <summary>Held by who asks the URL. It is never disposed: it has no handle, and somebody may still wait after the set was forgotten.</summary>
    public SemaphoreSlim Gate { get; } = new(1, 1);

    /// <summary>When the URL was asked last.</summary>
    public DateTimeOffset AskedAt => _failed?.At ?? _good?.At ?? at;

    public JsonWebKeySet? NotOlderThan(TimeSpan age, DateTimeOffset now) => _good is { } good && now - good.At < age ? good.Keys : null;

    public bool FailedWithin(TimeSpan age, DateTimeOffset now) => _failed is { } failed && now - failed.At < age;

    public void Put(MedIdResult<JsonWebKeySet> keys, DateTimeOffset now)
    {
        if (keys.Succeeded)
        {
            _good = new(keys.Value, now);
            _failed = null;
        }
        else
        {
            _failed = new(keys.Error, null, now);
        }
    }

    public void Put(Exception failure, DateTimeOffset now) => _failed = new(null, failure, now);

    /// <summary>The last failure, as it was.</summary>
    public MedIdError Failure()
    {
        var failed = _failed ?? throw new InvalidOperationException("The URL has not failed.");
        if (failed.Error is { } error)
        {
            return error;
        }

        ExceptionDispatchInfo.Throw(failed.Exception!);
        throw failed.Exception!;
    }

    private sealed record Good(JsonWebKeySet Keys, DateTimeOffset At);

    private sealed record Failed(MedIdError? Error, Exception? Exception, DateTimeOffset At);
}
