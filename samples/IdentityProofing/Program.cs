using System.Text;
using MedId.Samples.IdentityProofing;

const string usage = """
    identity-proofing: a person is proofed by a My Number card, enrols a phone, signs in, and consents at a clinic's terminal. Everything is synthetic.

      --scenario NAME|all   which story (default basic)
      --list                the stories
      --json                one JSON object a step
      --keep FOLDER         leave database, log and telemetry there
    """;

Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
if (ProofingArguments.TryParse(args) is not { } options)
{
    await Console.Error.WriteLineAsync(usage);
    return 2;
}

if (options.List)
{
    foreach (var one in ScenarioTable.All)
    {
        Console.WriteLine($"{one.Name,-16}{one.Text}");
    }

    return 0;
}

using var stop = new CancellationTokenSource();
Console.CancelKeyPress += (_, press) =>
{
    press.Cancel = true;
    stop.Cancel();
};
return await ScenarioRunner.RunAsync(options, Console.Out, stop.Token) ? 0 : 1;
