using System.Collections.Concurrent;
using MedId.Cryptography;

namespace MedId.Samples.DoctorAuthOp;

/// <summary>Sessions in memory, under digests. The first client that uses a session owns it: stolen from one EHR it is worth nothing at another.</summary>
internal sealed class SessionStore(TimeProvider time)
{
    private const string Label = "doctor session";
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(30);

    private readonly ConcurrentDictionary<string, Entry> _sessions = new(StringComparer.Ordinal);

    public string Begin(Doctor doctor)
    {
        var now = time.GetUtcNow();
        foreach (var (digest, entry) in _sessions)
        {
            if (entry.Session.ExpiresAt <= now)
            {
                _sessions.TryRemove(digest, out _);
            }
        }

        var token = SecretGenerator.Base64Url();
        _sessions[SecretDigest.Compute(Label, token)] = new Entry(new Session(doctor, now, now + Lifetime));
        return token;
    }

    /// <summary>The session behind a token, when it is alive and this client's.</summary>
    public Session? Find(string token, string clientId) =>
        _sessions.TryGetValue(SecretDigest.Compute(Label, token), out var entry) && entry.Session.ExpiresAt > time.GetUtcNow() && entry.IsOwnedBy(clientId)
            ? entry.Session
            : null;

    private sealed class Entry(Session session)
    {
        private string? _clientId;

        public Session Session => session;

        public bool IsOwnedBy(string clientId) =>
            string.Equals(Interlocked.CompareExchange(ref _clientId, clientId, null) ?? clientId, clientId, StringComparison.Ordinal);
    }
}
