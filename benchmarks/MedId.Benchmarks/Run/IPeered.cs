namespace MedId.Benchmarks;

/// <summary>A set of benchmarks whose inputs an independent implementation verifies too, for its figure beside ours.</summary>
internal interface IPeered
{
    /// <summary>The inputs for <c>tests/interop/webauthn-peer.mjs</c>, one JSON object each, all of one kind.</summary>
    IEnumerable<string> PeerInputs { get; }
}
