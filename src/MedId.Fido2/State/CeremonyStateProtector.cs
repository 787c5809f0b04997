using MedId.Core;
using MedId.Cryptography;

namespace MedId.Fido2;

/// <summary>Encrypts and authenticates a <see cref="CeremonyState"/>, so that the client can carry it: bound to the session, the user and the kind of ceremony.</summary>
public sealed class CeremonyStateProtector
{
    private readonly FieldCipher _cipher;

    /// <summary>Makes a protector.</summary>
    /// <param name="cipher">The tenant's cipher.</param>
    public CeremonyStateProtector(FieldCipher cipher)
    {
        ArgumentNullException.ThrowIfNull(cipher);
        _cipher = cipher;
    }

    /// <summary>Protects a state.</summary>
    /// <param name="state">The state.</param>
    /// <param name="session">A value that only this browser session has: a session id, the digest of a cookie.</param>
    /// <returns>Base64url without padding.</returns>
    public string Protect(CeremonyState state, string session)
    {
        _ = _cipher;
        throw new NotSupportedException();
    }

    /// <summary>Opens what <see cref="Protect"/> made.</summary>
    /// <param name="token">What the client gave back.</param>
    /// <param name="kind">The ceremony that the response is for.</param>
    /// <param name="session">The same value.</param>
    /// <param name="user">The account, as the state names it; null where nobody is known yet.</param>
    /// <param name="now">The time.</param>
    /// <returns>The state, whose <see cref="CeremonyState.ReplayKey"/> is consumed once; <c>fido2.state_not_authentic</c>, <c>fido2.state_expired</c>.</returns>
    public MedIdResult<CeremonyState> Open(string token, CeremonyKind kind, string session, string? user, DateTimeOffset now) => throw new NotSupportedException();
}
