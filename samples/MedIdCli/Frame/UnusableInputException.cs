namespace MedId.Cli.Frame;

/// <summary>The input is not what the verb takes; answered with <c>unusable</c>, and the run goes on.</summary>
internal sealed class UnusableInputException(string code, string detail) : Exception(detail)
{
    public string Code { get; } = code;
}
