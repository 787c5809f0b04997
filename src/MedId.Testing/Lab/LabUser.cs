namespace MedId.Testing;

/// <summary>One synthetic person: acts are one after the other.</summary>
internal sealed class LabUser(string id) : IDisposable
{
    public string Id => id;

    public SemaphoreSlim Gate { get; } = new(1, 1);

    /// <summary>Whether the account and one authenticator are known to be there; spares the gate and the store a question.</summary>
    public bool IsReady { get; set; }

    public Dictionary<string, LabAuthenticator> Authenticators { get; } = new(StringComparer.Ordinal);

    public void Dispose() => Gate.Dispose();

    public override string ToString() => id;
}
