using System.Diagnostics.CodeAnalysis;

namespace MedId.Signatures;

/// <summary>One of the four canonical forms that are written here. Canonical XML 1.1 is refused by name.</summary>
/// <param name="Exclusive">Exclusive XML Canonicalization 1.0, else Canonical XML 1.0.</param>
/// <param name="WithComments">Whether comments that are in the node set are written.</param>
/// <param name="Prefixes">InclusiveNamespaces PrefixList of the exclusive form; the default namespace as the empty string.</param>
internal sealed record XmlCanonicalForm(bool Exclusive, bool WithComments, IReadOnlyList<string> Prefixes)
{
    /// <summary>Canonical XML 1.0 without comments, which is meant where nothing is said (XML-DSig §4.4.3.2).</summary>
    public static XmlCanonicalForm Implicit { get; } = new(false, false, []);

    /// <summary>Exclusive XML Canonicalization 1.0 without comments.</summary>
    public static XmlCanonicalForm ExclusiveForm { get; } = new(true, false, []);

    public static bool TryFind(string? algorithm, [NotNullWhen(true)] out XmlCanonicalForm? form)
    {
        form = algorithm switch
        {
            XmlNames.C14N => Implicit,
            XmlNames.C14NWithComments => new(false, true, []),
            XmlNames.ExclusiveC14N => ExclusiveForm,
            XmlNames.ExclusiveC14NWithComments => new(true, true, []),
            _ => null,
        };
        return form is not null;
    }
}
