namespace MedId.Fido2;

/// <summary>The first member that could not be read, by its name in the standard: never its value.</summary>
internal sealed class JsonProblem
{
    private const int LongestName = 64;

    public string? First { get; private set; }

    public void Add(string name) => First ??= name.Length <= LongestName && name.All(char.IsAsciiLetterOrDigit) ? name : "a member";
}
