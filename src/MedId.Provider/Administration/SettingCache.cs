using System.Collections.Concurrent;
using MedId.Ciba.Server;
using MedId.Core;

namespace MedId.Provider;

/// <summary>
/// Settings of one tenant as this node knows them: read again when a change was signalled, and in any case when <see cref="MaxAge"/> has passed, because a signal may be lost.
/// What cannot be read again fails: an old setting is never used because the store is away.
/// </summary>
public sealed class SettingCache
{
    /// <summary>The longest <see cref="MaxAge"/>.</summary>
    public static readonly TimeSpan LongestMaxAge = TimeSpan.FromSeconds(10);

    private const int Page = 200;
    private const int MostEntries = 10_000;
    private readonly ISettingStore _store;
    private readonly TenantId _tenant;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<(string Kind, string Id), Entry<Setting?>> _single = new();
    private readonly ConcurrentDictionary<string, Entry<IReadOnlyList<Setting>>> _lists = new(StringComparer.Ordinal);
    private long _epoch;

    /// <summary>Makes a cache.</summary>
    /// <param name="store">The settings.</param>
    /// <param name="tenant">The tenant.</param>
    /// <param name="time">The clock that measures ages.</param>
    /// <param name="maxAge">How long a setting is used without looking again; zero: looked up at every use.</param>
    /// <exception cref="ArgumentOutOfRangeException">Negative, or longer than <see cref="LongestMaxAge"/>.</exception>
    public SettingCache(ISettingStore store, TenantId tenant, TimeProvider time, TimeSpan maxAge)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(time);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxAge, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(maxAge, LongestMaxAge);
        _store = store;
        _tenant = tenant;
        _time = time;
        MaxAge = maxAge;
    }

    /// <summary>How old what is used here may be.</summary>
    public TimeSpan MaxAge { get; }

    /// <summary>Forgets everything: a change was signalled, or made here.</summary>
    public void Invalidate() => Interlocked.Increment(ref _epoch);

    /// <summary>Finds a setting that is not removed.</summary>
    /// <param name="kind">One of <see cref="SettingKinds"/>.</param>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The setting, or null.</returns>
    public async ValueTask<Setting?> FindAsync(string kind, string id, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(id);
        if (_single.TryGetValue((kind, id), out var known) && IsFresh(known))
        {
            return known.Value;
        }

        var (epoch, began) = (Interlocked.Read(ref _epoch), _time.GetTimestamp());
        var found = await _store.FindSettingAsync(_tenant, kind, id, cancellationToken).ConfigureAwait(false);
        if (_single.Count >= MostEntries)
        {
            // Whoever asks for ids that are not there must not fill the memory.
            _single.Clear();
        }

        return Keep(_single, (kind, id), new(found is { Removed: false } ? found : null, epoch, began));
    }

    /// <summary>All settings of a kind that are not removed, by id. For kinds of which there are few.</summary>
    /// <param name="kind">One of <see cref="SettingKinds"/>.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The settings; the same list as long as it was not read again.</returns>
    public async ValueTask<IReadOnlyList<Setting>> ListAsync(string kind, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(kind);
        if (_lists.TryGetValue(kind, out var known) && IsFresh(known))
        {
            return known.Value;
        }

        var (epoch, began) = (Interlocked.Read(ref _epoch), _time.GetTimestamp());
        var all = new List<Setting>();
        string? after = null;
        while (true)
        {
            var page = await _store.ListSettingsAsync(_tenant, kind, after, Page, cancellationToken).ConfigureAwait(false);
            all.AddRange(page.Where(static one => !one.Removed));
            if (page.Count < Page)
            {
                break;
            }

            after = page[^1].Id;
        }

        // The list itself is kept where nothing changed, so that what was made from it is kept too.
        IReadOnlyList<Setting> list = known.Value is { } before && before.Count == all.Count && before.Zip(all).All(static pair => pair.First.Version == pair.Second.Version && pair.First.Id == pair.Second.Id) ? before : all;
        return Keep(_lists, kind, new(list, epoch, began));
    }

    /// <summary>Waits for signals and forgets what is known at each; ends when cancelled.</summary>
    /// <param name="signals">The signals.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Never completes by itself; an exception of the signals passes, and everything known is forgotten first.</returns>
    public async Task ListenAsync(IChangeSignals signals, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(signals);
        try
        {
            using var subscription = signals.Subscribe(ChangeTopics.Settings(_tenant));
            while (true)
            {
                // Subscribed before anything is read again: what changes from here on is signalled.
                Invalidate();
                while (!await subscription.WaitAsync(TimeSpan.FromSeconds(30), cancellationToken).ConfigureAwait(false))
                {
                    cancellationToken.ThrowIfCancellationRequested();
                }
            }
        }
        finally
        {
            Invalidate();
        }
    }

    private static T Keep<TKey, T>(ConcurrentDictionary<TKey, Entry<T>> entries, TKey key, Entry<T> entry)
        where TKey : notnull =>
        entries.AddOrUpdate(key, entry, (_, other) => other.Epoch > entry.Epoch || (other.Epoch == entry.Epoch && other.Began > entry.Began) ? other : entry).Value;

    private bool IsFresh<T>(Entry<T> entry) => entry.Epoch == Interlocked.Read(ref _epoch) && _time.GetElapsedTime(entry.Began) < MaxAge;

    private readonly record struct Entry<T>(T Value, long Epoch, long Began);
}
