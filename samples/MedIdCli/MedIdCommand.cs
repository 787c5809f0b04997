using System.Globalization;
using MedId.Cli.Codes;
using MedId.Cli.Frame;
using MedId.Cli.Requirements;

namespace MedId.Cli;

/// <summary>The command line: finds the verb, and turns a wrong call into exit code 2.</summary>
internal static class MedIdCommand
{
    public const int Accepted = 0;
    public const int NotAccepted = 1;
    public const int WrongCall = 2;

    private static readonly string Help = $"""
        medid: the verifiers of MedIdSdk on a command line

          medid AREA VERB [FILE | -] [--batch]   JSON in from the file or standard input, JSON out; --batch: one object a line
          medid AREA VERB --example              a complete example input
          medid codes [--lang en|ja] [--json]    every error code with its text and the section it comes from
          medid conformance                      the conformance table, as it stands in build/docs/conformance.md
          medid --help                           this text

        Verbs:
        {string.Join('\n', Verbs.All.Select(v => string.Create(CultureInfo.InvariantCulture, $"  {v.Area + " " + v.Name,-20} {v.Summary}")))}

        An input that a verb does not take is answered with outcome "unusable" and cli.malformed, cli.unknown_member, cli.missing_member, cli.member_type or
        cli.member_value; every other code is a package's: medid codes.
        Exit codes: 0 all accepted, 1 at least one not accepted, 2 at least one unusable, or a wrong call.
        """;

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, TextWriter errors, Func<Stream>? standardInput = null)
    {
        var rest = arguments.Skip(1).ToArray();
        switch (arguments.Count > 0 ? arguments[0] : null)
        {
            case "codes":
                return CodesCommand.Run(rest, RequirementSet.Embedded(), output, errors);
            case "conformance" when rest.Length == 0:
                output.Write(ConformanceTable.Write(RequirementSet.Embedded()));
                return Accepted;
            case "--help" or "-h" when rest.Length == 0:
                output.WriteLine(Help);
                return Accepted;
            case null:
                errors.WriteLine(Help);
                return WrongCall;
            case { } area when rest.Length > 0 && Verbs.Find(area, rest[0]) is { } verb:
                return await VerbRunner.RunAsync(verb, rest[1..], standardInput ?? (() => Stream.Null), output, errors);
            default:
                errors.WriteLine($"medid: unknown call '{string.Join(' ', arguments)}'. See medid --help.");
                return WrongCall;
        }
    }
}
