using System.Collections.Concurrent;
using MedId.Cryptography;

namespace MedId.Samples.DoctorEhr;

/// <summary>The accesses of this run, in memory.</summary>
internal sealed class AccessBook
{
    private readonly ConcurrentDictionary<string, Access> _accesses = new(StringComparer.Ordinal);
    private string? _lastIdToken;

    /// <summary>The ID token of the last access that was granted: the preferred hint of the next one.</summary>
    public string? LastIdToken
    {
        get => Volatile.Read(ref _lastIdToken);
        set => Volatile.Write(ref _lastIdToken, value);
    }

    public Access Open(AccessOrder order)
    {
        var access = new Access(SecretGenerator.Base64Url(16), order);
        _accesses[access.Id] = access;
        return access;
    }

    /// <summary>The accesses that run under a consent to process.</summary>
    public IReadOnlyList<Access> Under(string consentId) => [.. _accesses.Values.Where(access => string.Equals(access.ProcessingConsent, consentId, StringComparison.Ordinal))];

    public Access? Find(string id) => _accesses.GetValueOrDefault(id);
}
