using System.Text.Json.Nodes;
using MedId.Samples.Hosting;

namespace MedId.Samples.IdentityProofing;

/// <summary>Tells the steps, for people or as one JSON object a line.</summary>
internal sealed class Report(TextWriter output, bool json)
{
    public void Scenario(Scenario scenario)
    {
        if (!json)
        {
            output.WriteLine();
            output.WriteLine($"{scenario.Name}: {scenario.Text}");
        }
    }

    /// <summary>A step with its refusal, if it was refused, and facts in pairs of name and value.</summary>
    public void Step(string name, string? code, params string?[] facts)
    {
        if (json)
        {
            var line = new JsonObject { ["step"] = name, ["code"] = code };
            for (var index = 0; index + 1 < facts.Length; index += 2)
            {
                line[facts[index]!] = facts[index + 1];
            }

            output.WriteLine(SampleJson.ToText(line));
            return;
        }

        var pairs = facts.Chunk(2).Select(pair => $"{pair[0]}: {pair[1]}").Prepend(code is null ? null : "refused: " + code).Where(part => part is not null);
        output.WriteLine($"  {(code is null ? "✓" : "×")} {name}{string.Concat(pairs.Select(part => "\n      " + part))}");
    }

    public void End(string scenario, string? failure)
    {
        if (json)
        {
            output.WriteLine(SampleJson.ToText(new JsonObject { ["scenario"] = scenario, ["ok"] = failure is null, ["failure"] = failure }));
        }
        else if (failure is not null)
        {
            output.WriteLine("  failed: " + failure);
        }
    }
}
