using MedId.Cryptography;

namespace MedId.Fido2;

/// <summary>Verifies authentication responses by the 25 steps of WebAuthn L3 §7.2.</summary>
/// <remarks>
/// Pure: the same expectations and response always give the same answer. The caller finds the record by the response's credential id before, consumes the
/// challenge atomically and stores <see cref="AuthenticationEvidence.Update"/> after.
/// </remarks>
public sealed class AuthenticationVerifier
{
    private readonly PublicKeyCache? _keys;

    /// <summary>A verifier; one for the process is enough.</summary>
    /// <param name="keys">Imported keys, shared with the registration verifier; null for a cache that all verifiers share.</param>
    public AuthenticationVerifier(PublicKeyCache? keys = null) => _keys = keys;

    /// <summary>Verifies a response.</summary>
    /// <param name="expectations">What was sent, and what is trusted.</param>
    /// <param name="response">The response.</param>
    public AuthenticationVerification Verify(AuthenticationExpectations expectations, AuthenticationResponse response)
    {
        ArgumentNullException.ThrowIfNull(expectations);
        ArgumentNullException.ThrowIfNull(response);
        _ = _keys;
        throw new NotSupportedException();
    }
}
