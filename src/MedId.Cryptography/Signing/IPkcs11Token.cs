namespace MedId.Cryptography;

/// <summary>
/// One private key in a card, an HSM or anything else that speaks PKCS#11, as small as signing needs it: C_SignInit with a mechanism, then C_Sign (PKCS#11 v3.1
/// §5.13). The integrator writes it over the driver that the operator chose; session, login and PIN stay on its side.
/// </summary>
public interface IPkcs11Token
{
    /// <summary>Signs with the key.</summary>
    /// <param name="request">The mechanism, its parameters and the input.</param>
    /// <param name="cancellationToken">Stops waiting; a token that cannot stop finishes unheard.</param>
    /// <returns>The bytes that C_Sign gives: of RSA as long as the modulus, of ECDSA r and s of the order's length, of EdDSA R and S.</returns>
    ValueTask<byte[]> SignAsync(Pkcs11SignRequest request, CancellationToken cancellationToken);
}
