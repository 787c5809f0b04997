using System.Text;
using System.Text.Json;
using MedId.Cli;

namespace MedId.Cli.Tests;

/// <summary>Calls the program in this process.</summary>
internal static class Medid
{
    public static (int Exit, string Output, string Errors) Run(string input, params string[] arguments) => Run(Encoding.UTF8.GetBytes(input), arguments);

    public static (int Exit, string Output, string Errors) Run(byte[] input, params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        var exit = MedIdCommand.Run(arguments, output, errors, () => new MemoryStream(input));
        return (exit, output.ToString(), errors.ToString());
    }

    public static JsonElement One(string area, string verb, string input)
    {
        var (exit, output, errors) = Run(input, area, verb);
        Assert.Empty(errors);
        var answer = JsonElement.Parse(output);
        Assert.Equal(answer.GetProperty("outcome").GetString() switch { "accepted" => 0, "unusable" => 2, _ => 1 }, exit);
        return answer;
    }

    public static List<JsonElement> Lines(string output) => [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];
}
