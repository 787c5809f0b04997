using MedId.Cryptography;
using MedId.Fido2;
using Microsoft.AspNetCore.Http;

namespace MedId.AspNetCore.Identity;

/// <summary>How attestations of new passkeys are judged. One of <see cref="Policy"/> and <see cref="PolicySource"/> is set; nothing is trusted by default.</summary>
public sealed class PasskeyAttestationOptions
{
    /// <summary>Which attestations are good enough.</summary>
    /// <value>Null by default.</value>
    public AttestationTrustPolicy? Policy { get; set; }

    /// <summary>Gives the policy for a request, where it changes while the host runs: fresh metadata, revocation evidence, one policy per tenant.</summary>
    /// <value>Null by default. What it throws passes through.</value>
    public Func<HttpContext, ValueTask<AttestationTrustPolicy>>? PolicySource { get; set; }

    /// <summary>Which algorithms may sign attestations and their certificates.</summary>
    /// <value><see cref="AlgorithmPolicy.Default"/>.</value>
    public AlgorithmPolicy Algorithms { get; set; } = AlgorithmPolicy.Default;
}
