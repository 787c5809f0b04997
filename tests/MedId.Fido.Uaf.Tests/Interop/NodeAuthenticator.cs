using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using MedId.Fido.Metadata;
using MedId.TestSupport;

namespace MedId.Fido.Uaf.Tests;

/// <summary>The UAF authenticator of tests/interop/uaf-authenticator.mjs, which shares no code with src.</summary>
internal sealed class NodeAuthenticator : IDisposable
{
    private readonly Process _process;

    private NodeAuthenticator(Process process) => _process = process;

    /// <summary>Starts it; skips, saying why, where node is not there. In CI that is a failure.</summary>
    public static NodeAuthenticator Start()
    {
        var start = new ProcessStartInfo("node", ["uaf-authenticator.mjs"])
        {
            WorkingDirectory = Path.Combine(Checkout.Root, "tests", "interop"),
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        };
        try
        {
            return new(Process.Start(start)!);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", "In CI the independent authenticator has to run: node 20 or later is not installed");
            Assert.Skip("The independent authenticator needs node 20 or later.");
            throw;
        }
    }

    public JsonNode Ask(JsonObject line)
    {
        _process.StandardInput.WriteLine(line.ToJsonString());
        _process.StandardInput.Flush();
        return JsonNode.Parse(_process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The authenticator ended."))!;
    }

    public UafMetadataStatement Model(string aaid, FidoAlgorithm algorithm, FidoKeyFormat format, string attestation, string display = "text", int version = 1, bool counters = true)
    {
        var answer = Ask(new()
        {
            ["do"] = "model",
            ["aaid"] = aaid,
            ["algorithm"] = (int)algorithm,
            ["keyFormat"] = (int)format,
            ["attestation"] = attestation,
            ["display"] = display,
            ["version"] = version,
            ["counters"] = counters,
        });
        return Ceremony.Accepted(UafMetadataStatement.Parse(answer["statement"]!.ToJsonString()));
    }

    public string Respond(string what, string aaid, string request, string? fault = null)
    {
        var answer = Ask(new() { ["do"] = what, ["aaid"] = aaid, ["request"] = request, ["facet"] = Ceremony.Facet, ["fault"] = fault });
        return (string?)answer["response"] ?? throw new InvalidOperationException((string?)answer["error"]);
    }

    public IReadOnlyList<string> Check(string request) =>
        [.. Ask(new() { ["do"] = "check", ["request"] = request })["problems"]!.AsArray().Select(problem => (string)problem!)];

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit(5000);
        _process.Dispose();
    }
}
