using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using MedId.OAuth.Server.Tests;
using MedId.TestSupport;

namespace MedId.Ciba.Server.Tests;

public sealed partial class MutationTests
{
    [Fact]
    public void NotificationToken_Mutants_AreTakenAsAnotherReaderTakesThem()
    {
        const string Good = "synthetic.notification-token_~+/0123456789==";
        foreach (var mutant in new SeededMutator(4301).Mutate(Good, 4000))
        {
            Assert.True(NotificationToken.IsValid(mutant.Text) == Bearer().IsMatch(mutant.Text), mutant.How);
        }
    }

    [Fact]
    public async Task RequestContext_Mutants_AreRefusedOrObjects()
    {
        var op = new TestOp(o => o.MaxPendingOfSubject = 10_000);
        foreach (var mutant in new SeededMutator(4302).Mutate("""{"place":{"ward":"A-7","floor":3},"device":"kiosk","seen":[1,2,true,null]}""", 800))
        {
            var answer = await op.SendPlainAsync(("request_context", mutant.Text));
            var taken = answer.Status == 200;
            Assert.True(taken || answer.Error?.Code is CibaErrorCodes.RequestContextMalformed, mutant.How);

            // An empty parameter counts as left out (RFC 6749 §3.1); lone surrogates never come out of a form.
            Assert.True(!taken || mutant.Text.Length == 0 || IsObject(mutant.Text), mutant.How);
        }
    }

    [Fact]
    public async Task AuthorizationDetails_MutantsInASignedRequest_AreRefusedOrArraysOfTypedObjects()
    {
        var op = new TestOp(o => o.MaxPendingOfSubject = 10_000);
        var taken = 0;
        foreach (var mutant in new SeededMutator(4303).Mutate("""[{"type":"one","locations":["https://api.example/fhir"],"n":1}]""", 400))
        {
            System.Text.Json.Nodes.JsonNode? node;
            try
            {
                node = System.Text.Json.Nodes.JsonNode.Parse(mutant.Text);
            }
            catch (JsonException)
            {
                continue;
            }

            var answer = await op.SendAsync(c => c["authorization_details"] = node);
            Assert.True(answer.Status == 200 || answer.Error?.Code is CibaErrorCodes.AuthorizationDetailsMalformed or CibaErrorCodes.ParameterMalformed || answer.Error!.Code.StartsWith("jose.", StringComparison.Ordinal), mutant.How);
            if (answer.Status == 200)
            {
                taken++;
                using var kept = JsonDocument.Parse(op.Opened!.Parameters.AuthorizationDetails!);
                Assert.All(kept.RootElement.EnumerateArray(), one => Assert.Equal(JsonValueKind.String, one.GetProperty("type").ValueKind));
            }
        }

        Assert.True(taken > 0);
    }

    private static bool IsObject(string text)
    {
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
            return reader.Read() && reader.TokenType == JsonTokenType.StartObject && reader.TrySkip() && !reader.Read();
        }
        catch (JsonException)
        {
            return false;
        }
    }

    [GeneratedRegex(@"\A(?=[\s\S]{22,1024}\z)[A-Za-z0-9\-._~+/]+=*\z")]
    private static partial Regex Bearer();
}
