namespace MedId.Testing;

/// <summary>What is served at one path.</summary>
internal sealed record TestServerRoute(string MediaType, Func<byte[], byte[]> Answer, bool TakesRequest);
