namespace MedId.Jpki.Certificates;

/// <summary>One contract for both ways of checking a person's signature: here, or at a platform operator (mission row B7).</summary>
/// <remarks>Infrastructure that is broken lets its exception pass; everything else is in the decision, which names the standing.</remarks>
public interface IJpkiIdentityVerifier
{
    /// <summary>Under which standing it checks.</summary>
    JpkiStanding Standing { get; }

    /// <summary>Checks that the holder of a certificate of this kind signed a message.</summary>
    /// <param name="request">The message, its signature and the certificate.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<JpkiDecision> VerifyAsync(JpkiIdentityRequest request, CancellationToken cancellationToken = default);
}
