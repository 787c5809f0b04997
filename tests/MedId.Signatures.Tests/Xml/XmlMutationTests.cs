using System.Text;
using MedId.TestSupport;

namespace MedId.Signatures.Tests.Xml;

/// <summary>Signed documents changed by a seed, byte by byte and element by element: nothing throws, and what is accepted covers exactly the same octets.</summary>
public sealed class XmlMutationTests
{
    [Theory]
    [InlineData(XmlSignatureForm.Enveloped, 1)]
    [InlineData(XmlSignatureForm.Detached, 2)]
    public async Task Verify_ChangedBytes_AreRefusedOrCoverTheSameOctets(XmlSignatureForm form, int seed)
    {
        var original = await SignedAsync(form);
        var accepted = Run(original, new SeededMutator(seed).Mutate(XmlScene.Bytes(original), 4000).Select(m => (m.How, m.Bytes)));
        Assert.True(accepted > 0, "no mutant was accepted: the comparison was never made");
    }

    [Theory]
    [InlineData(XmlSignatureForm.Enveloped, 1)]
    [InlineData(XmlSignatureForm.Detached, 2)]
    public async Task Verify_ChangedStructure_IsRefusedOrCoversTheSameOctets(XmlSignatureForm form, int seed)
    {
        var original = await SignedAsync(form);
        var accepted = Run(original, new XmlStructureMutator(seed).Mutate(original, 1500).Select(m => (m.How, XmlScene.Bytes(m.Text))));
        Assert.True(accepted > 0, "no mutant was accepted: the comparison was never made");
    }

    [Fact]
    public async Task Verify_EveryTruncation_IsRefused()
    {
        var original = XmlScene.Bytes((await SignedAsync(XmlSignatureForm.Enveloped)).TrimEnd());
        foreach (var mutant in SeededMutator.EveryTruncation(original))
        {
            Assert.False(Verify(mutant.Bytes).IsAccepted, mutant.How);
        }
    }

    private static async Task<string> SignedAsync(XmlSignatureForm form) => await XmlSignerTests.StampAsync(
        await XmlScene.SignAsync(XmlScene.Order, XmlScene.Request with { Form = form, ElementIds = form == XmlSignatureForm.Detached ? ["item"] : [] }));

    private static int Run(string original, IEnumerable<(string How, byte[] Bytes)> mutants)
    {
        var expected = Covered(Verify(XmlScene.Bytes(original)));
        var accepted = 0;
        foreach (var (how, bytes) in mutants)
        {
            var verification = Verify(bytes);
            if (verification.IsAccepted)
            {
                Assert.True(expected == Covered(verification), how);
                accepted++;
            }
        }

        return accepted;
    }

    private static DocumentVerification Verify(byte[] document) =>
        XmlSignatureVerifier.Verify(document, XmlCoverage.ReportOnly, SignatureScene.Policy, SignatureScene.Evidence, SignatureScene.Now);

    private static string Covered(DocumentVerification verification) =>
        string.Join('|', verification.Signers.SelectMany(s => s.Covered).Select(c => c.Reference + " " + Encoding.UTF8.GetString(c.Octets.Span)));
}
