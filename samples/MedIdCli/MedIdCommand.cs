using MedId.Cli.Codes;
using MedId.Cli.Requirements;

namespace MedId.Cli;

/// <summary>The command line: finds the verb, and turns a wrong call into exit code 2.</summary>
internal static class MedIdCommand
{
    public const int Accepted = 0;
    public const int WrongCall = 2;

    private const string Help = """
        medid: the verifiers of MedIdSdk on a command line

          medid codes [--lang en|ja] [--json]    every error code with its text and the section it comes from
          medid conformance                      the conformance table, as it stands in build/docs/conformance.md
          medid --help                           this text

        Exit codes: 0 all accepted, 1 at least one not accepted, 2 at least one unusable, or a wrong call.
        """;

    public static int Run(IReadOnlyList<string> arguments, TextWriter output, TextWriter errors)
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
            default:
                errors.WriteLine($"medid: unknown call '{string.Join(' ', arguments)}'. See medid --help.");
                return WrongCall;
        }
    }
}
