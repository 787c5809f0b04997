using System.Text.Json;
using MedId.Core;

namespace MedId.Ciba.Server;

/// <summary>A signed request that is authentic; its parameters are not judged yet.</summary>
public sealed class VerifiedSignedRequest
{
    internal VerifiedSignedRequest(JsonElement claims, ReplayKey replayKey)
    {
        Claims = claims;
        ReplayKey = replayKey;
    }

    /// <summary>The claims, the request's parameters among them.</summary>
    public JsonElement Claims { get; }

    /// <summary>What is consumed once.</summary>
    public ReplayKey ReplayKey { get; }

    /// <summary>Nothing of the claims.</summary>
    public override string ToString() => nameof(VerifiedSignedRequest);
}
