using MedId.Core;
using MedId.Jpki.Certificates;

namespace MedId.Provider.Tests;

/// <summary>JPKI's linking information in memory: everything that was linked is one person's.</summary>
internal sealed class CardLinks : IJpkiCertificateLinks
{
    private readonly List<JpkiCertificateReference> _person = [];

    public bool Unreachable { get; set; }

    public void Link(params JpkiCertificateReference[] certificates) => _person.AddRange(certificates);

    public Task<MedIdResult<IReadOnlyList<JpkiCertificateReference>>> FindAsync(JpkiCertificateReference certificate, CancellationToken cancellationToken = default) => Task.FromResult(
        Unreachable ? new MedIdError(JpkiErrorCodes.LinkUnavailable, ErrorCategory.State, "test")
        : (MedIdResult<IReadOnlyList<JpkiCertificateReference>>)(_person.Contains(certificate) ? _person.Where(other => !other.Equals(certificate)).ToList() : []));
}
