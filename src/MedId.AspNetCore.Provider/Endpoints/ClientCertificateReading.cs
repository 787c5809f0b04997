using MedId.Core;
using MedId.OAuth;

namespace MedId.AspNetCore.Provider;

/// <summary>What was found about a client's certificate.</summary>
/// <param name="Certificate">The certificate; null for none.</param>
/// <param name="Refusal">Why the request is refused whatever else it carries; null when it is not.</param>
public readonly record struct ClientCertificateReading(PresentedCertificate? Certificate, MedIdError? Refusal = null);
