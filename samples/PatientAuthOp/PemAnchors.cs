using System.Security.Cryptography.X509Certificates;
using MedId.Pki;

namespace MedId.Samples.PatientAuthOp;

/// <summary>Trust anchors from a file of PEM certificates.</summary>
internal static class PemAnchors
{
    public static IEnumerable<TrustAnchor> Read(string flag, string file)
    {
        var certificates = new X509Certificate2Collection();
        certificates.ImportFromPemFile(file);
        foreach (var one in certificates)
        {
            var read = Certificate.Parse(one.RawDataMemory);
            one.Dispose();
            yield return read.Succeeded ? TrustAnchor.FromCertificate(read.Value, file) : throw new ArgumentException($"{flag}: {read.Error}");
        }
    }
}
