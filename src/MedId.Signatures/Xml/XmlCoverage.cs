namespace MedId.Signatures;

/// <summary>What a signature has to cover to be accepted. Most attacks on XML signatures leave a valid signature over something that nobody reads; say what you are going to read.</summary>
public sealed class XmlCoverage
{
    private XmlCoverage(bool isWholeDocument, IReadOnlyList<string> paths)
    {
        IsWholeDocument = isWholeDocument;
        Paths = paths;
    }

    /// <summary>Everything but the signature itself.</summary>
    public static XmlCoverage WholeDocument { get; } = new(true, []);

    /// <summary>Nothing is asked for: the caller reads the octets of <see cref="SignerReport.Covered"/> and never the document.</summary>
    public static XmlCoverage ReportOnly { get; } = new(false, []);

    /// <summary>Whether the whole document has to be covered.</summary>
    public bool IsWholeDocument { get; }

    /// <summary>The elements that have to be covered, each by its path from the root.</summary>
    public IReadOnlyList<string> Paths { get; }

    /// <summary>These elements, with all they hold.</summary>
    /// <param name="paths">
    /// Paths from the root, each step with its place among the siblings of its name, names in a namespace as <c>{namespace}local</c>: <c>/Document[1]/Prescription[1]</c>. At least one. A path names a place;
    /// an identifier names whatever an attacker gave it to.
    /// </param>
    /// <exception cref="ArgumentException">Nothing is asked for.</exception>
    public static XmlCoverage Elements(params IReadOnlyList<string> paths) =>
        paths.Count == 0 ? throw new ArgumentException("Name at least one element.", nameof(paths)) : new(false, [.. paths]);
}
