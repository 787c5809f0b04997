using System.Security.Cryptography;
using System.Text;

namespace MedId.Pki;

/// <summary>Reads evidence from files: what a closed network delivers, what an archive kept.</summary>
public static class EvidenceFiles
{
    private const string CertificateLabel = "CERTIFICATE";
    private const string CrlLabel = "X509 CRL";
    private const int MaxFiles = 10_000;

    /// <summary>Reads the files of a folder that are evidence; a certificate, CRL or OCSP response each in DER, or certificates and CRLs in PEM.</summary>
    /// <param name="folder">The folder; folders inside are not read.</param>
    /// <param name="limits">How large a file may be; null for <see cref="CrlLimits.Default"/>.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The evidence, and the names of the files that are none.</returns>
    /// <exception cref="IOException">The folder or a file cannot be read.</exception>
    public static async Task<(PathEvidence Evidence, IReadOnlyList<string> Unread)> ReadFolderAsync(
        string folder, CrlLimits? limits = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        limits ??= CrlLimits.Default;
        var evidence = new Collected();
        var unread = new List<string>();
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles().OrderBy(f => f.Name, StringComparer.Ordinal).Take(MaxFiles))
        {
            if (file.Length > limits.MaxBytes || !evidence.Take(await File.ReadAllBytesAsync(file.FullName, cancellationToken).ConfigureAwait(false), limits))
            {
                unread.Add(file.Name);
            }
        }

        return (evidence.ToEvidence(), unread);
    }

    private sealed class Collected
    {
        private readonly List<Certificate> _certificates = [];
        private readonly List<CertificateRevocationList> _crls = [];
        private readonly List<OcspResponse> _responses = [];

        public PathEvidence ToEvidence() => new() { Certificates = _certificates, Crls = _crls, OcspResponses = _responses };

        public bool Take(ReadOnlyMemory<byte> content, CrlLimits limits)
        {
            if (!content.Span.StartsWith("-----BEGIN"u8))
            {
                return TakeDer(content, limits);
            }

            var text = Encoding.ASCII.GetString(content.Span);
            var rest = text.AsSpan();
            var any = false;
            while (PemEncoding.TryFind(rest, out var fields))
            {
                var der = new byte[fields.DecodedDataLength];
                var isEvidence = rest[fields.Label] is CertificateLabel or CrlLabel && Convert.TryFromBase64Chars(rest[fields.Base64Data], der, out _) && TakeDer(der, limits);
                any |= isEvidence;
                rest = rest[fields.Location.End..];
            }

            return any;
        }

        private bool TakeDer(ReadOnlyMemory<byte> der, CrlLimits limits)
        {
            if (Certificate.Parse(der) is { Succeeded: true } certificate)
            {
                _certificates.Add(certificate.Value);
                return true;
            }

            if (OcspResponse.Parse(der) is { Succeeded: true } response)
            {
                _responses.Add(response.Value);
                return true;
            }

            if (CertificateRevocationList.Parse(der, limits) is { Succeeded: true } crl)
            {
                _crls.Add(crl.Value);
                return true;
            }

            return false;
        }
    }
}
