using System.Text.Json;
using MedId.Cli;

namespace MedId.House.Tests.Cli;

public sealed class MedIdCommandTests
{
    [Fact]
    public void Run_Help_ListsTheVerbs()
    {
        var (exit, output, errors) = Run("--help");

        Assert.Equal(0, exit);
        Assert.Contains("medid codes", output, StringComparison.Ordinal);
        Assert.Empty(errors);
    }

    [Theory]
    [InlineData("en")]
    [InlineData("ja")]
    public void Run_CodesAsJson_GivesEachCodeWithTextAndRows(string language)
    {
        var (exit, output, _) = Run("codes", "--json", "--lang", language);

        Assert.Equal(0, exit);
        using var json = JsonDocument.Parse(output);
        Assert.NotEmpty(json.RootElement.EnumerateArray());
        Assert.All(json.RootElement.EnumerateArray(), code =>
        {
            Assert.NotEmpty(code.GetProperty("text").GetString()!);
            Assert.All(code.GetProperty("rows").EnumerateArray(), row => Assert.NotEmpty(row.GetProperty("section").GetString()!));
        });
        Assert.Equal(
            Requirements.ErrorCodeConstant.All.Select(constant => constant.Code).Order(StringComparer.Ordinal),
            json.RootElement.EnumerateArray().Select(code => code.GetProperty("code").GetString()));
    }

    [Fact]
    public void Run_Codes_NamesEveryCode()
    {
        var (exit, output, _) = Run("codes");

        Assert.Equal(0, exit);
        Assert.All(Requirements.ErrorCodeConstant.All, constant => Assert.Contains($"{constant.Code}  ({constant.Package})", output, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData]
    [InlineData("cod")]
    [InlineData("codes", "--lang")]
    [InlineData("codes", "--lang", "fr")]
    [InlineData("codes", "--jsn")]
    [InlineData("conformance", "more")]
    [InlineData("--help", "more")]
    public void Run_WrongCall_IsExit2AndSaysSoOnTheErrorStream(params string[] arguments)
    {
        var (exit, output, errors) = Run(arguments);

        Assert.Equal(2, exit);
        Assert.Empty(output);
        Assert.NotEmpty(errors);
    }

    private static (int Exit, string Output, string Errors) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        return (MedIdCommand.RunAsync(arguments, output, errors).GetAwaiter().GetResult(), output.ToString(), errors.ToString());
    }
}
