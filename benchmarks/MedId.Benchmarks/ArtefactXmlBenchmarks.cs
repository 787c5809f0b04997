using System.Security.Cryptography;
using System.Text;
using BenchmarkDotNet.Attributes;
using MedId.Consent;
using MedId.Cryptography;
using MedId.Pki;
using MedId.Signatures;
using MedId.Testing;

namespace MedId.Benchmarks;

/// <summary>A MeitY consent with the signatures of the person and of the collector, each under a certificate: two signatures and two certificates are four verifications.</summary>
public class ArtefactXmlBenchmarks : IChecked
{
    private static readonly DateTimeOffset At = new(2026, 4, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly Rotation _turn = new();
    private (byte[] Document, int Signers)[] _documents = null!;
    private ArtefactVerificationPolicy _policy = null!;
    private BareP256 _bare = null!;

    [GlobalSetup]
    public void Setup()
    {
        var (persons, collectors) = (TestAuthority.CreateRoot(TestName.Common("Test persons root")), TestAuthority.CreateRoot(TestName.Common("Test collectors root"), new() { Seed = 7 }));
        TrustAnchor[] anchors = [.. new[] { persons, collectors }.Select(a => TrustAnchor.FromCertificate(Right.Accepted(Certificate.Parse(a.Certificate.Der))))];
        _policy = new()
        {
            Signers = [new() { Role = ArtefactSignerRole.User, Anchors = [anchors[0]] }, new() { Role = ArtefactSignerRole.Collector, Anchors = [anchors[1]] }],
            Required = [ArtefactSignerRole.User, ArtefactSignerRole.Collector],
            Documents = new()
            {
                Algorithms = AlgorithmPolicy.Default,
                Anchors = anchors,
                Path = new() { Algorithms = AlgorithmPolicy.Default, Revocation = RevocationRequirement.NotRequired },
            },
        };
        var pairs = Enumerable.Range(0, Rotation.Keys).Select(index => new[] { Issue(persons, index), Issue(collectors, index) }).ToList();
        _documents = [.. Enumerable.Range(0, Rotation.Inputs).Select(index => (SignAsync(pairs[index % pairs.Count], index).AsTask().GetAwaiter().GetResult(), index))];
        _bare = BareP256.Generate();
    }

    [Benchmark(Description = "four bare verifications")]
    public bool Bare() => _bare.Verify() & _bare.Verify() & _bare.Verify() & _bare.Verify();

    [Benchmark(Baseline = true, Description = "its two bare XML signatures")]
    public DocumentVerification Signatures()
    {
        var result = XmlSignatureVerifier.Verify(
            _documents[_turn.Next()].Document, XmlCoverage.WholeDocument, _policy.Documents!, ValidationEvidence.None, At, XmlVerificationOptions.Default with { AllowSiblingSignatures = true });
        return result.IsAccepted ? result : throw new InvalidOperationException($"{result.Error?.Code}.");
    }

    [Benchmark(Description = "MeitY consent, two signers")]
    public ConsentArtefact Consent()
    {
        var result = ArtefactVerifier.VerifyXml(_documents[_turn.Next()].Document, _policy, ValidationEvidence.None, At);
        return result.IsAccepted ? result.Content : throw new InvalidOperationException($"{result.Error?.Code}.");
    }

    /// <inheritdoc/>
    public Task CheckAsync()
    {
        var changed = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(_documents[0].Document).Replace("VIEW", "STORE", StringComparison.Ordinal));
        Right.Is(Consent().Id.Length == 36, "the artefact is read");
        Right.Is(ArtefactVerifier.VerifyXml(changed, _policy, ValidationEvidence.None, At).Error?.Code == SignaturesErrorCodes.XmlDigest, "a changed one is refused");
        return Task.CompletedTask;
    }

    private static TestCertificate Issue(TestAuthority authority, int index) => authority.Issue(TestName.Common($"Test signer {index}"), TestKey.Shared(TestKeyKind.P256));

    private static async ValueTask<byte[]> SignAsync(TestCertificate[] signers, int index)
    {
        var id = new Guid(SHA256.HashData(Encoding.ASCII.GetBytes($"synthetic {index}")).AsSpan(0, 16)).ToString("D");
        var document = Encoding.UTF8.GetBytes(
            $"<Consent xmlns=\"http://meity.gov.in\" timestamp=\"2026-04-01T00:00:00Z\"><Def id=\"{id}\" expiry=\"2026-09-30T00:00:00Z\" revocable=\"true\"/>"
            + "<DataConsumer type=\"URI\" value=\"https://ehr.clinic-a.example.jp\"/><DataProvider type=\"URI\" value=\"https://fhir.hospital-b.example.jp\"/><User type=\"MOBILE\" value=\"0000000000\"/>"
            + "<Data-Items><Data id=\"Observation\" type=\"PROFILE\"><Access mode=\"VIEW\"/><Datalife unit=\"MONTH\" value=\"6\"/></Data></Data-Items><Purpose code=\"TREAT\">Treatment</Purpose></Consent>");
        foreach (var (signer, role) in signers.Zip([ArtefactSignerRole.User, ArtefactSignerRole.Collector]))
        {
            using var key = LocalSigningKey.FromPkcs8(signer.Key.ExportPkcs8(), SignatureAlgorithm.ES256);
            document = Right.Accepted(await ArtefactSigner.SignXmlAsync(document, role, Right.Accepted(Certificate.Parse(signer.Der)), At, key).ConfigureAwait(false));
        }

        return document;
    }
}
