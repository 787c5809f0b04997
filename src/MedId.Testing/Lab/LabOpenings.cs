using System.Collections.Concurrent;
using MedId.Ciba.Server;

namespace MedId.Testing;

/// <summary>The parameters of requests between their judgement and their being stored.</summary>
internal sealed class LabOpenings
{
    private readonly ConcurrentDictionary<string, BackchannelParameters> _parameters = new(StringComparer.Ordinal);

    public void Put(string requestId, BackchannelParameters parameters) => _parameters[requestId] = parameters;

    public BackchannelParameters? Take(string requestId) => _parameters.TryRemove(requestId, out var parameters) ? parameters : null;
}
