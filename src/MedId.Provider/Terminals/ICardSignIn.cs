using MedId.Jpki.Certificates;

namespace MedId.Provider;

/// <summary>Has a card's answer to a challenge verified: gathers the revocation evidence and judges it here, or asks a platform operator (row B2).</summary>
public interface ICardSignIn
{
    /// <summary>Verifies an answer.</summary>
    /// <param name="challenge">The challenge as it was issued.</param>
    /// <param name="signature">The card's signature.</param>
    /// <param name="certificate">The authentication certificate in DER, as the card gave it; untrusted.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The decision of <see cref="JpkiSignInVerifier"/> or of the platform operator's adapter; nobody else can make one.</returns>
    ValueTask<JpkiSignInDecision> VerifyAsync(JpkiSignInChallenge challenge, ReadOnlyMemory<byte> signature, ReadOnlyMemory<byte> certificate, CancellationToken cancellationToken = default);
}
