using System.Diagnostics;
using System.Text.Json.Nodes;
using MedId.TestSupport;

namespace MedId.Consent.Tests.Artefacts;

/// <summary>jose and ajv in node (tests/interop/consent-peer.mjs), and xmlsec1: nothing of them was written by this project.</summary>
internal static class ConsentPeer
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static string Folder { get; } = Checkout.PathOf("tests", "interop");

    /// <summary>What the peer says of each line, in order.</summary>
    public static async Task<IReadOnlyList<JsonObject>> JudgeAsync(params IEnumerable<JsonObject> lines)
    {
        Require("node", "node 20 or later is not installed", Path.Combine(Folder, "node_modules", "@medplum", "definitions"));
        var text = string.Concat(lines.Select((l, i) =>
        {
            l["id"] = i;
            return l.ToJsonString() + "\n";
        }));
        var (code, output) = await RunAsync("node", ["consent-peer.mjs"], text);
        Assert.True(code == 0, output);
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject())];
    }

    /// <summary>Whether xmlsec1 accepts one signature of a document by its identifier, with a pinned certificate.</summary>
    public static async Task<bool> XmlSecVerifiesAsync(byte[] document, string signatureId, string certificatePem)
    {
        Require("xmlsec1", "the xmlsec1 command is not installed (apt-get install xmlsec1)", null);
        var folder = Directory.CreateTempSubdirectory("medid-consent-");
        try
        {
            var (file, certificate) = (Path.Combine(folder.FullName, "consent.xml"), Path.Combine(folder.FullName, "certificate.pem"));
            await File.WriteAllBytesAsync(file, document, TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(certificate, certificatePem, TestContext.Current.CancellationToken);
            var (code, _) = await RunAsync(
                "xmlsec1",
                [
                    "--verify", "--pubkey-cert-pem", certificate, "--id-attr:Id", "http://uri.etsi.org/01903/v1.3.2#:SignedProperties",
                    "--node-xpath", $"//*[local-name()='Signature' and @Id='{signatureId}']", file,
                ],
                null);
            return code == 0;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string program, IEnumerable<string> arguments, string? input)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = Folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Limit);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail("The peer did not end.");
        }

        return (process.ExitCode, process.ExitCode == 0 ? await output : await errors);
    }

    // Skips, saying why, where the peer is not there; in CI that is a failure.
    private static void Require(string program, string missing, string? folder)
    {
        var why = !Answers(program) ? missing : folder is not null && !Directory.Exists(folder) ? "run 'npm ci' in tests/interop first" : null;
        if (why is not null)
        {
            Assert.False(TestVectors.IsContinuousIntegration, "In CI the peer has to run: " + why);
            Assert.Skip("The peer is not there: " + why);
        }
    }

    private static bool Answers(string program)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, "--version") { RedirectStandardOutput = true });
            process!.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
