using System.Security.Cryptography;
using System.Text;
using MedId.Core;
using MedId.Cryptography;

namespace MedId.Fido2;

/// <summary>Encrypts and authenticates a <see cref="CeremonyState"/>, so that the client can carry it: bound to the session, the user and the kind of ceremony.</summary>
/// <remarks>
/// Who has the token cannot read it, change it, use it in another session, for another user or for the other ceremony, nor after its end. That it is used once is the
/// caller's: consume <see cref="CeremonyState.ReplayKey"/> when the response was verified, whatever came of it.
/// </remarks>
public sealed class CeremonyStateProtector
{
    private const string Section = "MedIdSdk ceremony state";
    private const int LongestToken = 64 * 1024;
    private const int ShortestChallenge = 16;

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
    /// <exception cref="ArgumentException">The challenge has fewer than 16 bytes (WebAuthn L3 §13.4.3), or there is no session.</exception>
    public string Protect(CeremonyState state, string session)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentException.ThrowIfNullOrEmpty(session);
        return state.Challenge.Length < ShortestChallenge
            ? throw new ArgumentException("A challenge has at least 16 bytes.", nameof(state))
            : StrictBase64Url.Encode(_cipher.ProtectText(Purpose(state.Kind, session, state.User), CeremonyStateJson.Write(state)));
    }

    /// <summary>Opens what <see cref="Protect"/> made.</summary>
    /// <param name="token">What the client gave back.</param>
    /// <param name="kind">The ceremony that the response is for.</param>
    /// <param name="session">The same value.</param>
    /// <param name="user">The account, as the state names it; null where nobody is known yet.</param>
    /// <param name="now">The time.</param>
    /// <returns>The state, whose <see cref="CeremonyState.ReplayKey"/> is consumed once; <c>fido2.state_not_authentic</c>, <c>fido2.state_expired</c>.</returns>
    public MedIdResult<CeremonyState> Open(string token, WebAuthnCeremony kind, string session, string? user, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(token);
        ArgumentException.ThrowIfNullOrEmpty(session);
        var envelope = StrictBase64Url.Decode(token, LongestToken);
        var opened = envelope.Succeeded ? _cipher.UnprotectText(Purpose(kind, session, user), envelope.Value) : envelope.Error;
        var state = opened.Then(CeremonyStateJson.Parse);
        return !state.Succeeded || state.Value.Kind != kind ? new MedIdError(Fido2ErrorCodes.StateNotAuthentic, ErrorCategory.Untrusted, Section, state.Error?.Code)
            : now >= state.Value.ExpiresAt ? new MedIdError(Fido2ErrorCodes.StateExpired, ErrorCategory.State, Section)
            : state;
    }

    private static string Purpose(WebAuthnCeremony kind, string session, string? user) =>
        $"fido2 ceremony 1/{(kind == WebAuthnCeremony.Registration ? "create" : "get")}/{Digest(session)}/{(user is null ? "nobody" : Digest(user))}";

    private static string Digest(string text) => StrictBase64Url.Encode(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
