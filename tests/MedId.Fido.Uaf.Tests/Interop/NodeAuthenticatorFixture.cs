namespace MedId.Fido.Uaf.Tests;

/// <summary>One authenticator for the tests of a class, started by the first that needs it.</summary>
public sealed class NodeAuthenticatorFixture : IDisposable
{
    private NodeAuthenticator? _node;

    internal NodeAuthenticator Node => _node ??= NodeAuthenticator.Start();

    /// <inheritdoc/>
    public void Dispose() => _node?.Dispose();
}
