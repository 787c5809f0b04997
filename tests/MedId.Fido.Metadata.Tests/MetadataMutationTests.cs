using System.Diagnostics;
using System.Text;
using System.Text.Json;
using MedId.TestSupport;

namespace MedId.Fido.Metadata.Tests;

/// <summary>Whatever bytes come: no parser throws or hangs, and what is accepted says nothing that the bytes do not.</summary>
public sealed class MetadataMutationTests
{
    private const int Mutants = 200_000;

    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(20);

    [Fact]
    public void Parse_MutatedStatements_NeverThrowAndReadWhatIsThere()
    {
        var original = new MetadataWorld().Statement;
        var (clock, seen, accepted) = (Stopwatch.StartNew(), 0, 0);
        foreach (var mutant in new SeededMutator(20261122).Mutate(original, Mutants))
        {
            var read = MetadataStatement.Parse(mutant.Bytes);
            seen++;
            if (read.Succeeded)
            {
                accepted++;

                // An accepted mutant is JSON that names a model; its model is the one that the platform's reader finds.
                using var document = JsonDocument.Parse(mutant.Bytes);
                var named = document.RootElement.TryGetProperty("aaguid", out var aaguid) ? aaguid.GetGuid() : (Guid?)null;
                Assert.True(named == read.Value.Aaguid, mutant.How);
            }

            if (clock.Elapsed > Budget)
            {
                break;
            }
        }

        Assert.True(accepted > 0 && accepted < seen && seen >= 10_000, $"{seen} mutants, {accepted} accepted");
    }

    [Fact]
    public void Parse_MutatedPayloads_NeverThrow()
    {
        var original = new MetadataWorld().Payload(reports: [("FIDO_CERTIFIED_L2", MetadataWorld.Today), ("REVOKED", MetadataWorld.Today)]);
        var (clock, seen, accepted) = (Stopwatch.StartNew(), 0, 0);
        foreach (var mutant in new SeededMutator(20261123).Mutate(original, Mutants))
        {
            var read = BlobPayload.Parse(mutant.Bytes);
            seen++;
            if (read.Succeeded)
            {
                accepted++;
                foreach (var entry in read.Value.Entries)
                {
                    // A model whose entry lost its reports is never taken for one with nothing against it.
                    var judged = MetadataStatusPolicy.Default.Judge(entry, null, MetadataWorld.Now);
                    Assert.True(!judged.IsAccepted || !entry.StatusReports.Any(report => report.Status == AuthenticatorStatus.Revoked && report.IsEffectiveAt(MetadataWorld.Now)), mutant.How);
                    Assert.True(entry.Problem is not null || entry.StatusReports.Count > 0, mutant.How);
                }
            }

            if (clock.Elapsed > Budget)
            {
                break;
            }
        }

        Assert.True(accepted > 0 && accepted < seen && seen >= 10_000, $"{seen} mutants, {accepted} accepted");
    }

    [Fact]
    public void Verify_MutatedBlobs_AreTheSameBlobOrRefused()
    {
        var world = new MetadataWorld();
        var (original, rules) = (world.Jws(), world.Rules);
        var (clock, seen, digest) = (Stopwatch.StartNew(), 0, world.Accepted(original).PayloadSha256);
        foreach (var mutant in new SeededMutator(20261124).Mutate(Encoding.ASCII.GetBytes(original), Mutants))
        {
            var decision = MetadataBlob.Verify(mutant.Text, rules);
            seen++;
            Assert.True(!decision.IsAccepted || decision.Blob.PayloadSha256 == digest, mutant.How);
            Assert.True(decision.IsAccepted || decision.Error.Code.StartsWith("metadata.", StringComparison.Ordinal), mutant.How);
            if (clock.Elapsed > Budget)
            {
                break;
            }
        }

        Assert.True(seen >= 1_000, $"{seen} mutants");
    }
}
