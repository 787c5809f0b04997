using MedId.Core;

namespace MedId.Provider;

/// <summary>Counts uses in a sliding window, for all nodes together.</summary>
public interface IThrottleStore
{
    /// <summary>Counts one use, unless the window is full.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="bucket">What is counted: opaque, at most 128 characters, nobody's name.</param>
    /// <param name="at">Now.</param>
    /// <param name="window">Uses older than this do not count.</param>
    /// <param name="limit">How many uses the window holds; one or more.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The uses in the window with this one; <paramref name="limit"/> + 1 when it was full, and nothing was counted.</returns>
    ValueTask<int> CountUseAsync(TenantId tenant, string bucket, DateTimeOffset at, TimeSpan window, int limit, CancellationToken cancellationToken = default);

    /// <summary>Looks into a window and counts nothing.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="bucket">What is counted.</param>
    /// <param name="at">Now.</param>
    /// <param name="window">Uses older than this do not count.</param>
    /// <param name="limit">Where counting may stop; one or more.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The uses in the window, at most <paramref name="limit"/>.</returns>
    ValueTask<int> FindUsesAsync(TenantId tenant, string bucket, DateTimeOffset at, TimeSpan window, int limit, CancellationToken cancellationToken = default);
}
