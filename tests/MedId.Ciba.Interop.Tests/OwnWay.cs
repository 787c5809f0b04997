using MedId.Ciba.Client;

namespace MedId.Ciba.Interop.Tests;

/// <summary>How our client proves itself, and what its tokens are bound to.</summary>
/// <param name="Profile">The rules.</param>
/// <param name="Method">Its authentication, by the standards' name.</param>
/// <param name="Algorithm">Of assertions, requests and proofs.</param>
/// <param name="Mode">How it gets its tokens.</param>
/// <param name="ByProof">Whether tokens are bound by DPoP; else to the certificate.</param>
/// <param name="Signs">Whether requests are signed.</param>
internal sealed record OwnWay(CibaClientProfile Profile, string Method, string Algorithm, TokenDeliveryMode Mode, bool ByProof = false, bool Signs = true)
{
    public bool ShowsCertificate => Method != "private_key_jwt" || !ByProof;
}
