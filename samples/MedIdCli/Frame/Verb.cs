namespace MedId.Cli.Frame;

/// <summary>One verb of an area. It reads its input, calls a package and writes what came of it; it holds no rule.</summary>
internal abstract class Verb(string area, string name, string summary)
{
    public string Area { get; } = area;

    public string Name { get; } = name;

    public string Summary { get; } = summary;

    /// <summary>Whether it takes now where no time is given; what judges certificates for their own sake asks for one.</summary>
    public virtual bool IsAboutThePresent => false;

    /// <summary>Whether it talks to a server that the input names. Its answer is one line, and its example is accepted where that server runs.</summary>
    public virtual bool NeedsServer => false;

    /// <summary>A complete input that is accepted.</summary>
    public string Example
    {
        get
        {
            using var stream = typeof(Verb).Assembly.GetManifestResourceStream($"examples/{Area}-{Name}")
                ?? throw new InvalidOperationException($"The example of {Area} {Name} is not in the program.");
            using var reader = new StreamReader(stream);
            return reader.ReadToEnd();
        }
    }

    /// <summary>As <see cref="Read"/>, for a verb that waits for somebody else.</summary>
    public virtual Func<Task<Answer>> ReadAsync(CallInput input, CommonInput common)
    {
        var judge = Read(input, common);
        return () => Task.FromResult(judge());
    }

    /// <summary>Takes every member that the verb knows out of the input and says how to judge it. Nothing is judged while a member may still be unknown.</summary>
    public abstract Func<Answer> Read(CallInput input, CommonInput common);
}
