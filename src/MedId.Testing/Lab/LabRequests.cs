using System.Collections.Concurrent;
using MedId.Ciba.Server;
using MedId.Cryptography;

namespace MedId.Testing;

/// <summary>The requests of this process, newest last; bounded, so that a long benchmark does not fill the memory.</summary>
internal sealed class LabRequests
{
    private const int Kept = 10_000;
    private readonly ConcurrentQueue<LabRequest> _order = new();
    private readonly ConcurrentDictionary<string, LabRequest> _byId = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, LabRequest> _byDigest = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, byte> _expired = new(StringComparer.Ordinal);
    private LabRequest? _last;

    public IReadOnlyList<LabRequest> All => [.. _order];

    public LabRequest? Last => Volatile.Read(ref _last);

    public static string DigestOf(string authReqId) => SecretDigest.Compute("auth_req_id", authReqId);

    public LabRequest Add(CibaRequest request, BackchannelParameters? parameters)
    {
        var seen = new LabRequest(request, parameters);
        _byId[seen.RequestId] = seen;
        _byDigest[seen.Digest] = seen;
        _order.Enqueue(seen);
        Volatile.Write(ref _last, seen);
        while (_order.Count > Kept && _order.TryDequeue(out var oldest))
        {
            Forget(oldest);
        }

        return seen;
    }

    public LabRequest? Find(string id) => _byId.GetValueOrDefault(id) ?? _byDigest.GetValueOrDefault(DigestOf(id));

    public LabRequest? FindByDigest(string digest) => _byDigest.GetValueOrDefault(digest);

    /// <summary>From here on the token endpoint says that the request has expired.</summary>
    public void Expire(string requestId) => _expired[requestId] = 0;

    public bool IsExpired(string requestId) => !_expired.IsEmpty && _expired.ContainsKey(requestId);

    /// <summary>Forgets what was seen. What was made to expire stays so.</summary>
    public void Clear()
    {
        while (_order.TryDequeue(out var request))
        {
            _byId.TryRemove(request.RequestId, out _);
            _byDigest.TryRemove(request.Digest, out _);
        }

        Volatile.Write(ref _last, null);
    }

    private void Forget(LabRequest request)
    {
        _byId.TryRemove(request.RequestId, out _);
        _byDigest.TryRemove(request.Digest, out _);
        _expired.TryRemove(request.RequestId, out _);
    }
}
