using MedId.Core;

namespace MedId.Fido.Metadata;

/// <summary>What is wrong with a JSON document: the first finding, as a member's name and a rule; never a value.</summary>
internal sealed class JsonProblem
{
    public string? First { get; private set; }

    public void Add(string member, string rule) => First ??= $"{member}: {rule}";

    public MedIdError ToError(string code, string section) => new(code, ErrorCategory.Malformed, section, First);
}
