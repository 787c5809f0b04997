using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace MedId.Ciba.Server;

/// <summary>Signals within one process. Safe for many threads.</summary>
[SuppressMessage("Design", "CA1030:Use events where appropriate", Justification = "Whoever waits holds a subscription of a topic and is woken once; an event has neither.")]
public sealed class InProcessSignals : IChangeSignals
{
    private readonly ConcurrentDictionary<string, Listener[]> _listeners = new(StringComparer.Ordinal);

    /// <summary>Wakes everybody who listens to a topic.</summary>
    /// <param name="topic">The topic.</param>
    public void Raise(string topic)
    {
        ArgumentException.ThrowIfNullOrEmpty(topic);
        foreach (var listener in _listeners.GetValueOrDefault(topic) ?? [])
        {
            listener.Wake();
        }
    }

    /// <summary>Wakes everybody, whatever they listen to: for whoever forwards signals and may have missed some.</summary>
    public void WakeAll()
    {
        foreach (var topic in _listeners.Keys)
        {
            Raise(topic);
        }
    }

    /// <inheritdoc/>
    public IChangeSubscription Subscribe(string topic)
    {
        ArgumentException.ThrowIfNullOrEmpty(topic);
        var listener = new Listener(this, topic);
        _listeners.AddOrUpdate(topic, static (_, one) => [one], static (_, all, one) => [.. all, one], listener);
        return listener;
    }

    private void Remove(Listener listener)
    {
        while (_listeners.TryGetValue(listener.Topic, out var all))
        {
            Listener[] rest = [.. all.Where(one => one != listener)];
            if (rest.Length == 0 ? _listeners.TryRemove(new(listener.Topic, all)) : _listeners.TryUpdate(listener.Topic, rest, all))
            {
                return;
            }
        }
    }

    private sealed class Listener(InProcessSignals signals, string topic) : IChangeSubscription
    {
        [SuppressMessage("Usage", "CA2213:Disposable fields should be disposed", Justification = "It has no handle to give back, and somebody may be waking it at this moment.")]
        private readonly SemaphoreSlim _raised = new(0, 1);

        public string Topic { get; } = topic;

        public void Wake()
        {
            lock (_raised)
            {
                if (_raised.CurrentCount == 0)
                {
                    _raised.Release();
                }
            }
        }

        public async ValueTask<bool> WaitAsync(TimeSpan timeout, CancellationToken cancellationToken = default) =>
            await _raised.WaitAsync(timeout, cancellationToken).ConfigureAwait(false);

        public void Dispose() => signals.Remove(this);
    }
}
