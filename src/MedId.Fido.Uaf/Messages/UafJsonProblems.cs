namespace MedId.Fido.Uaf;

/// <summary>What is wrong with a JSON message: the first finding, as a member's name and a rule; never a value.</summary>
internal sealed class UafJsonProblems
{
    public string? First { get; private set; }

    /// <summary>Whether the first finding is an encoding that is not strict base64url.</summary>
    public bool IsEncoding { get; private set; }

    public void Add(string member, string rule, bool encoding = false)
    {
        if (First is null)
        {
            First = $"{member}: {rule}";
            IsEncoding = encoding;
        }
    }

    public MedId.Core.MedIdError ToError(string code, string section) =>
        new(IsEncoding ? UafErrorCodes.Encoding : code, MedId.Core.ErrorCategory.Malformed, section, First);
}
