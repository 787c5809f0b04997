namespace MedId.Fido.Metadata;

/// <summary>One stolen key: <c>RogueListEntry</c>. FIDO MDS 3.0 §3.1.5.</summary>
/// <param name="SecretKey"><c>sk</c>: the secret key of the ECDAA authenticator, base64url.</param>
/// <param name="Date"><c>date</c> since when it is rogue.</param>
public sealed record RogueListEntry(string SecretKey, DateOnly Date)
{
    /// <summary>The date alone.</summary>
    public override string ToString() => $"rogue since {Date:yyyy-MM-dd}";
}
