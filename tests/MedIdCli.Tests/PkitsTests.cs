using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using MedId.Cryptography;
using MedId.TestSupport;

namespace MedId.Cli.Tests;

/// <summary>The NIST Public Key Interoperability Test Suite through <c>medid pki validate --batch</c>: one process, one line a case.</summary>
public sealed class PkitsTests
{
    private const string Published = "csrc.nist.gov, PKITS 1.0.1 (public domain)";

    [Fact]
    public void Validate_EveryCaseOfPkits_IsDecidedAsPublished()
    {
        var folder = TestVectors.RequireVectors("pkits", Published);
        var cases = JsonElement.Parse(File.ReadAllText(Path.Combine(folder, "pkits.json"))).EnumerateArray().ToList();
        var (exit, output, errors) = Medid.Run(Encoding.UTF8.GetBytes(string.Join('\n', cases.Select(c => Input(folder, c).ToJsonString()))), "pki", "validate", "--batch");
        var answers = Medid.Lines(output);

        Assert.Equal((1, ""), (exit, errors));
        Assert.Equal(247, answers.Count);
        Assert.Equal(cases.Select(c => c.GetProperty("id").GetString()), answers.Select(a => a.GetProperty("id").GetString()));
        var wrong = cases.Zip(answers).Where(pair => pair.First.TryGetProperty("error", out _) == pair.Second.GetProperty("valid").GetBoolean())
            .Select(pair => $"{pair.First.GetProperty("id")} {pair.First.GetProperty("name")}: {pair.Second.GetProperty("outcome")} {pair.Second.GetProperty("code")}");
        Assert.Equal("", string.Join("\n", wrong));
        Assert.All(answers.Where(a => !a.GetProperty("valid").GetBoolean()), a => Assert.Equal(JsonValueKind.String, a.GetProperty("refusedAt").GetProperty("section").ValueKind));

        // Only the DSA cases need an exception of the policy, and say so.
        Assert.Equal(["40104", "40105"], answers.Where(a => a.GetProperty("weak").GetBoolean() && a.GetProperty("valid").GetBoolean()).Select(a => a.GetProperty("id").GetString()));
    }

    private static JsonObject Input(string folder, JsonElement test)
    {
        var json = new JsonObject
        {
            ["id"] = test.GetProperty("id").GetString(),
            ["at"] = "2011-04-15T00:00:00Z",
            ["certificate"] = Read(folder, "certs", test.GetProperty("cert").GetString()!),
            ["intermediates"] = Read(folder, "certs", test, "other_certs"),
            ["trustAnchors"] = new JsonArray(Read(folder, "certs", "TrustAnchorRootCertificate.crt")),
            ["crls"] = Read(folder, "crls", test, "crls", "TrustAnchorRootCRL.crl"),
            ["revocation"] = new JsonObject { ["require"] = test.TryGetProperty("revocation", out var revocation) && !revocation.GetBoolean() ? "none" : "chain" },
        };
        if (test.GetProperty("id").GetString() is "40104" or "40105" or "40106")
        {
            json["algorithmPolicy"] = new JsonObject { ["allow"] = new JsonArray("dsa") };
        }

        if (test.TryGetProperty("params", out var parameters))
        {
            foreach (var member in parameters.EnumerateObject())
            {
                json[member.Name switch
                {
                    "user_initial_policy_set" => "initialPolicies",
                    "initial_explicit_policy" => "explicitPolicy",
                    "initial_policy_mapping_inhibit" => "inhibitPolicyMapping",
                    _ => "inhibitAnyPolicy",
                }] = JsonNode.Parse(member.Value.GetRawText());
            }
        }

        return json;
    }

    /// <summary>The files that a case names; the anchor's own CRL goes with every case.</summary>
    private static JsonArray Read(string folder, string kind, JsonElement test, string member, params string[] always) =>
        [.. (test.TryGetProperty(member, out var names) ? names.EnumerateArray().Select(name => name.GetString()!) : []).Concat(always).Select(name => Read(folder, kind, name))];

    private static JsonValue Read(string folder, string kind, string name) => JsonValue.Create(StrictBase64Url.Encode(File.ReadAllBytes(Path.Combine(folder, kind, name))));
}
