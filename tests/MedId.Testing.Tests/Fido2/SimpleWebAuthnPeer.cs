using System.Buffers.Text;
using System.Diagnostics;
using System.Text.Json.Nodes;
using MedId.TestSupport;

namespace MedId.Testing.Tests;

/// <summary>@simplewebauthn/server in node (tests/interop/webauthn-peer.mjs): a relying party that nobody of this project wrote.</summary>
internal static class SimpleWebAuthnPeer
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    private static string Folder { get; } = Checkout.PathOf("tests", "interop");

    public static JsonObject Registration(string id, string challenge, string response, VirtualFido2Authenticator authenticator) => new()
    {
        ["id"] = id,
        ["kind"] = "registration",
        ["rpId"] = RelyingParty.RpId,
        ["origin"] = RelyingParty.Origin,
        ["challenge"] = challenge,
        ["userVerification"] = false,
        ["algorithms"] = new JsonArray([.. VirtualFido2Authenticator.SupportedAlgorithms.Select(algorithm => (JsonNode)algorithm)]),
        ["roots"] = new JsonArray(authenticator.AttestationRoot.Pem + "\n"),
        ["response"] = JsonNode.Parse(response),
    };

    public static JsonObject Authentication(string id, string challenge, string response, VirtualFido2Credential credential, uint counter) => new()
    {
        ["id"] = id,
        ["kind"] = "authentication",
        ["rpId"] = RelyingParty.RpId,
        ["origin"] = RelyingParty.Origin,
        ["challenge"] = challenge,
        ["userVerification"] = false,
        ["credential"] = new JsonObject { ["id"] = credential.Id, ["publicKey"] = Base64Url.EncodeToString(credential.PublicKey.Span), ["counter"] = counter },
        ["response"] = JsonNode.Parse(response),
    };

    /// <summary>What the peer says of each line, by its id.</summary>
    public static async Task<IReadOnlyDictionary<string, JsonObject>> JudgeAsync(IReadOnlyList<JsonObject> lines)
    {
        Require();
        var start = new ProcessStartInfo("node", ["webauthn-peer.mjs"]) { WorkingDirectory = Folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        using var limit = new CancellationTokenSource(Limit);
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(limit.Token), process.StandardError.ReadToEndAsync(limit.Token));
        foreach (var line in lines)
        {
            await process.StandardInput.WriteLineAsync(line.ToJsonString());
        }

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

        Assert.True(process.ExitCode == 0, await errors);
        return (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject()).ToDictionary(answer => (string)answer["id"]!);
    }

    /// <summary>Skips, saying why, where node or the package is not there; in CI that is a failure.</summary>
    private static void Require()
    {
        var why = !Answers("node", "--version") ? "node 20 or later is not installed"
            : !Directory.Exists(Path.Combine(Folder, "node_modules", "@simplewebauthn", "server")) ? "run 'npm ci' in tests/interop first"
            : null;
        if (why is not null)
        {
            Assert.False(TestVectors.IsContinuousIntegration, "In CI the peer relying party has to run: " + why);
            Assert.Skip("The peer relying party needs node with the package @simplewebauthn/server: " + why);
        }
    }

    private static bool Answers(string program, string argument)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, argument) { RedirectStandardOutput = true });
            process!.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
