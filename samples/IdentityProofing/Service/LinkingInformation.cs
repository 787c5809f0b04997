using System.Collections.Concurrent;
using MedId.Core;
using MedId.Jpki.Certificates;

namespace MedId.Samples.IdentityProofing;

/// <summary>A double of JPKI's linking information: the certificates of one person's card, and those before a renewal.</summary>
internal sealed class LinkingInformation : IJpkiCertificateLinks
{
    private readonly ConcurrentBag<JpkiCertificateReference[]> _people = [];

    public bool IsDown { get; set; }

    public void Link(params JpkiCertificateReference[] certificates) => _people.Add(certificates);

    public Task<MedIdResult<IReadOnlyList<JpkiCertificateReference>>> FindAsync(JpkiCertificateReference certificate, CancellationToken cancellationToken = default)
    {
        MedIdResult<IReadOnlyList<JpkiCertificateReference>> answer = IsDown
            ? new MedIdError(JpkiErrorCodes.LinkUnavailable, ErrorCategory.State, "sample: linking information")
            : _people.Where(person => person.Contains(certificate)).SelectMany(person => person).Where(other => !other.Equals(certificate)).Distinct().ToList();
        return Task.FromResult(answer);
    }
}
