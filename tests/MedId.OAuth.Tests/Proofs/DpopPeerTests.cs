using System.Diagnostics;
using System.Text.Json.Nodes;
using MedId.Cryptography;
using MedId.TestSupport;

namespace MedId.OAuth.Tests.Proofs;

/// <summary>Proofs that go between this library and another (npm jose), both ways.</summary>
public sealed class DpopPeerTests
{
    [Fact]
    public async Task Proofs_OfEitherSide_AreAcceptedByTheOther()
    {
        var (uri, time) = (new Uri(TestProof.Uri), new ManualTimeProvider(TestProof.Now));
        var ours = new JsonArray();
        var expected = new List<(string Thumbprint, string Algorithm)>();
        foreach (var algorithm in (SignatureAlgorithm[])[SignatureAlgorithm.ES256, SignatureAlgorithm.ES384, SignatureAlgorithm.ES512, SignatureAlgorithm.PS256])
        {
            using var key = LocalSigningKey.Generate(algorithm);
            ours.Add(await new DpopProofs(key, time).MakeAsync("POST", uri, TestProof.Token));
            expected.Add((key.PublicKey.Thumbprint, algorithm.JoseName!));
        }

        var answer = await AskAsync(new JsonObject
        {
            ["proofs"] = ours,
            ["method"] = "POST",
            ["uri"] = TestProof.Uri,
            ["iat"] = TestProof.Now.ToUnixTimeSeconds(),
            ["token"] = TestProof.Token,
        });

        Assert.Equal(expected, answer["verified"]!.AsArray().Select(one => ((string)one!["jkt"]!, (string)one["alg"]!)));
        Assert.All(answer["verified"]!.AsArray(), one => Assert.Equal(("POST", TestProof.Uri), ((string?)one!["htm"], (string?)one["htu"])));
        var made = answer["made"]!.AsArray();
        Assert.Equal(8, made.Count);
        foreach (var one in made)
        {
            var proof = DpopProofVerifier.Verify([(string?)one!["proof"]], TestProof.ExpectedAtResource with { KeyThumbprint = (string?)one["jkt"] });
            Assert.True(proof.Succeeded, $"{one["alg"]}: {proof.Error}");
            Assert.Equal("jose-" + (string?)one["alg"], proof.Value!.ReplayKey.Id);
        }
    }

    private static async Task<JsonNode> AskAsync(JsonObject question)
    {
        var folder = Checkout.PathOf("tests", "interop");
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "jose")))
        {
            Assert.False(TestVectors.IsContinuousIntegration, "In CI the peer has to be there: run 'npm ci' in tests/interop.");
            Assert.Skip("The peer needs node with the package jose: run 'npm ci' in tests/interop first.");
        }

        using var process = Process.Start(new ProcessStartInfo("node", ["dpop-peer.mjs"])
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.StandardInput.WriteAsync(question.ToJsonString());
        process.StandardInput.Close();
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        await process.WaitForExitAsync(limit.Token);
        Assert.True(process.ExitCode == 0, await errors);
        return JsonNode.Parse(await output)!;
    }
}
