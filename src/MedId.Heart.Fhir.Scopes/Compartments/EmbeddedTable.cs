namespace MedId.Heart.Fhir.Scopes;

/// <summary>The tables that ship inside the assembly: one record a line, <c>#</c> begins a comment line.</summary>
internal static class EmbeddedTable
{
    public static IEnumerable<string> Lines(string name)
    {
        using var stream = typeof(EmbeddedTable).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException("The assembly lacks its table " + name + ".");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.Length != 0 && line[0] != '#')
            {
                yield return line;
            }
        }
    }
}
