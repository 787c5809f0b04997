namespace MedId.Fido2;

/// <summary>The output of <c>prf</c> (WebAuthn L3 §10.1.4). The results are secrets of the client and seldom sent.</summary>
/// <param name="Enabled">Whether the credential can do it; at registration only.</param>
/// <param name="First">The first result; null without.</param>
/// <param name="Second">The second result; null without.</param>
public sealed record PrfOutput(bool? Enabled, ReadOnlyMemory<byte>? First, ReadOnlyMemory<byte>? Second)
{
    /// <summary>Nothing of the results.</summary>
    public override string ToString() => nameof(PrfOutput);
}
